package io.datapoints.connect.kairosdb.format;

import java.util.Optional;

/**
 * What a column of {@code data_points} counts, as the keyspace's {@code spec} row {@code
 * row_time_unit} names it. KairosDB reads that row at its start and it wins over any configuration,
 * so a writer has to read it too.
 */
public enum ColumnUnit {
  /** Milliseconds since the row time: keyspaces created by KairosDB 1.3. */
  MILLISECONDS,

  /**
   * Seconds since the row time. KairosDB applies the width, which is stored in seconds, to a
   * timestamp in milliseconds; rows are therefore a thousandth as wide as the width says. That is a
   * defect of KairosDB, and what is on disk.
   */
  SECONDS,

  /**
   * Milliseconds since the row time, shifted left by one bit: keyspaces created before KairosDB
   * 1.3. The lowest bit once told a long from a double and is always 0 today.
   */
  LEGACY;

  /** The unit of this name, empty for a name that KairosDB 1.3 does not know. */
  public static Optional<ColumnUnit> named(String name) {
    for (ColumnUnit unit : values()) {
      if (unit.name().equals(name)) {
        return Optional.of(unit);
      }
    }
    return Optional.empty();
  }
}
