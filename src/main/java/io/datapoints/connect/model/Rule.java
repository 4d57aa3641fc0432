package io.datapoints.connect.model;

import java.util.Locale;

/**
 * What a part of a record broke. The set is closed and says nothing of a payload, so that it can
 * name a metric.
 */
public enum Rule {
  /** There is no value: a tombstone, or an empty payload. */
  NO_VALUE,
  /** Damaged or truncated gzip data. */
  GZIP,
  /** Not JSON, not complete, beyond a limit of the parser, or more than one value. */
  JSON,
  /** Something else than the object, array or class that belongs there. */
  SHAPE,
  /** Too large, too long or too many. */
  SIZE,
  /** The name of a metric. */
  NAME,
  /** The tags of a metric. */
  TAGS,
  /** A time. */
  TIMESTAMP,
  /** A value. */
  VALUE,
  /** The type of a point. */
  TYPE,
  /** A time to live. */
  TTL,
  /** An address of a flow. */
  ADDRESS,
  /** A port of a flow. */
  PORT,
  /** The protocol of a flow. */
  PROTOCOL,
  /** The key of the record. */
  KEY,
  /** No mapping is for the record, or its fields do not fit the mapping. */
  MAPPING,
  /** It was good, but this store cannot hold it. */
  STORE_LIMIT,
  /** The store answered that it does not take it. */
  STORE_REFUSAL,
  /** The reader has a bug with it. */
  UNEXPECTED;

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The rule in metrics: lower case, with hyphens. */
  public String id() {
    return id;
  }
}
