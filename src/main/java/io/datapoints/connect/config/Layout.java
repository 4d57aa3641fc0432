package io.datapoints.connect.config;

/** What a record is taken for, and how it is laid out in the store. */
public enum Layout {
  /** KairosDB data points, in KairosDB's own tables. */
  KAIROSDB
}
