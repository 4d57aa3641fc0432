package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.model.InvalidValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the timestamps of points. Those in milliseconds follow KairosDB, which wants a whole number
 * for a top-level one and truncates one of a datapoint towards zero. Those in another unit follow
 * {@link Times#strict}. Points in time from a converter are taken whatever the unit.
 */
final class PointTimes {

  private static final String NO_LONG = " is not a long.";

  /** The characters of a number with 15 digits at most: one of them is the ".". */
  private static final int EXACT_CHARS = 16;

  private static final double EXACT_BOUND = 1e15;

  /** Null for milliseconds. */
  private final @Nullable Times times;

  PointTimes(Times times) {
    this.times = times.unit() == TimestampUnit.MS ? null : times;
  }

  /** Why a metric's own timestamp is none, as the rest of a sentence; null if it is one. */
  @Nullable String faultOfField(RawColumn column, int row) {
    if (times != null) {
      return column.enclosed(row) ? NO_LONG : fault(times, column, row);
    }
    return isTime(column, row) || FieldConversion.isLong(column, row) ? null : NO_LONG;
  }

  /** Milliseconds since the epoch, of a timestamp without a fault. */
  long ofField(RawColumn column, int row) {
    if (times != null) {
      return millis(times, column, row);
    }
    return isTime(column, row) ? column.longAt(row) : FieldConversion.toLong(column, row);
  }

  /** Why the timestamp of a datapoint is none, as the rest of a sentence; null if it is one. */
  @Nullable String faultOfElement(RawColumn column, int row) {
    if (times != null) {
      return fault(times, column, row);
    }
    return column.kind(row) == Kind.LONG || truncated(column, row) != null ? null : NO_LONG;
  }

  /** Milliseconds since the epoch, of a timestamp without a fault. */
  long ofElement(RawColumn column, int row) {
    if (times != null) {
      return millis(times, column, row);
    }
    if (column.kind(row) == Kind.LONG) {
      return column.longAt(row);
    }
    Long millis = truncated(column, row);
    if (millis == null) {
      throw new IllegalArgumentException(column.kind(row) + " is no time");
    }
    return millis;
  }

  private static boolean isTime(RawColumn column, int row) {
    return column.kind(row) == Kind.TIME && !column.enclosed(row);
  }

  private static @Nullable Long truncated(RawColumn column, int row) {
    if (column.kind(row) == Kind.DOUBLE && isShort(column, row)) {
      return (long) column.doubleAt(row);
    }
    return switch (column.kind(row)) {
      case LONG, TIME -> column.longAt(row);
      case DOUBLE, NUMBER -> ElementConversion.truncated(ElementConversion.decimal(column, row));
      case TEXT -> ElementConversion.parseLong(column, row);
      case ABSENT, NULL, TRUE, FALSE, EMPTY_ARRAY, COMPOSITE, VALUE -> null;
    };
  }

  /** Whether the number has at most 15 digits, and so the same whole part as its double. */
  private static boolean isShort(RawColumn column, int row) {
    return column.hasLiteral(row)
        && column.length(row) <= EXACT_CHARS
        && Math.abs(column.doubleAt(row)) < EXACT_BOUND;
  }

  private static @Nullable String fault(Times times, RawColumn column, int row) {
    try {
      millis(times, column, row);
      return null;
    } catch (InvalidValue noTime) {
      return " " + noTime.getMessage() + ".";
    }
  }

  private static long millis(Times times, RawColumn column, int row) {
    return times.strict(asWritten(column, row)).toEpochMilli();
  }

  private static Object asWritten(RawColumn column, int row) {
    return switch (column.kind(row)) {
      case LONG -> column.longAt(row);
      case TIME -> Instant.ofEpochMilli(column.longAt(row));
      case DOUBLE, NUMBER, TEXT -> column.text(row);
      case ABSENT, NULL, TRUE, FALSE, EMPTY_ARRAY, COMPOSITE, VALUE -> column.kind(row);
    };
  }
}
