package io.datapoints.connect.mapping;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
  ISO8601;

  /** The word for this unit in a mapping and in the settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static @Nullable TimestampUnit of(String word) {
    for (TimestampUnit unit : values()) {
      if (unit.word().equals(word)) {
        return unit;
      }
    }
    return null;
  }
}
