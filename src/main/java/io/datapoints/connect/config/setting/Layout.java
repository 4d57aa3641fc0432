package io.datapoints.connect.config.setting;

/** What a record is taken for, and how it is laid out in the store. */
public enum Layout {
  /** KairosDB data points; in Cassandra, in KairosDB's own tables. */
  KAIROSDB,

  /** Measurements of network traffic. */
  FLOWS,

  /** Any record, mapped field by field to tables or collections. */
  TABLE;

  /** The setting that chooses. */
  public static final String SETTING = "layout";
}
