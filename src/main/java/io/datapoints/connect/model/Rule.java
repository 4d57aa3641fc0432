package io.datapoints.connect.model;

import java.util.Locale;

/**
 * The rule that a part of a record breaks. The set is closed and independent of payloads, so that a
 * rule can name a metric.
 */
public enum Rule {
  /** The record has no value: a tombstone, or an empty payload. */
  NO_VALUE,
  /** Damaged or truncated gzip data. */
  GZIP,
  /** Invalid or truncated JSON, a limit of the parser, or more than one value. */
  JSON,
  /** Another type than the object, array or class that is expected. */
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
  /** The record has no mapping, or its fields do not fit the mapping. */
  MAPPING,
  /** A valid value that this store cannot hold. */
  STORE_LIMIT,
  /** The store rejected it. */
  STORE_REFUSAL,
  /** An unexpected exception, which is a bug of the reader. */
  UNEXPECTED;

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The rule in metrics: lower case, with hyphens. */
  public String id() {
    return id;
  }
}
