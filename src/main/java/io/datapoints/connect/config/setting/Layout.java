package io.datapoints.connect.config.setting;

/** How records are interpreted, and how they are stored. */
public enum Layout {
  /** KairosDB data points; in Cassandra they are stored in KairosDB's own tables. */
  KAIROSDB,

  /** Measurements of network traffic. */
  FLOWS,

  /** Any record, mapped field by field to tables or collections. */
  TABLE;

  /** The setting that selects the layout. */
  public static final String SETTING = "layout";
}
