package io.datapoints.connect.store;

import java.util.Locale;

/** Why an attempt has to be made again. The set is closed, so that it can name a metric. */
public enum Cause {
  /** No answer came in time. */
  TIMEOUT,
  /** Too few replicas are alive for the consistency asked for. */
  REPLICAS,
  /** The store has more to do than it can. */
  OVERLOAD,
  /** There is no connection, or it broke. */
  CONNECTION,
  /** The member asked is no primary or no longer one, or the shards have moved. */
  NOT_PRIMARY,
  /** The write is not acknowledged by as many members as asked for. */
  WRITE_CONCERN,
  /** It collided with another write. */
  CONFLICT,
  /** The schema is not there yet, or not everywhere. */
  SCHEMA,
  /** The disks of the store are full. */
  DISK_FULL,
  /** The store failed within. */
  SERVER,
  /** Anything else that may pass with time. */
  OTHER;

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The cause in metrics: lower case, with hyphens. */
  public String id() {
    return id;
  }
}
