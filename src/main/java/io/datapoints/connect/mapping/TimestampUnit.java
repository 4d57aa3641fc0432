package io.datapoints.connect.mapping;

/** How a record writes its time. */
public enum TimestampUnit {
  /** Seconds since the epoch. */
  S,

  /** Milliseconds since the epoch. */
  MS,

  /** Microseconds since the epoch. */
  US,

  /** Nanoseconds since the epoch. */
  NS,

  /** ISO 8601 date and time with an offset from UTC. */
  ISO8601
}
