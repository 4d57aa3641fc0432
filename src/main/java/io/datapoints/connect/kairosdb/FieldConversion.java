package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Converts the typed fields of a metric as KairosDB does. Texts are read more freely than by {@link
 * ElementConversion}, so that 7.0, 1e3, "7" and "7.0" are whole numbers; 7.5 is not.
 */
final class FieldConversion {

  private static final double LONG_BOUND = 0x1p63;

  private FieldConversion() {}

  /** Whether the field is a whole number within the range of a long. */
  static boolean isLong(RawColumn column, int row) {
    return column.kind(row) == Kind.LONG ? !column.enclosed(row) : parsed(column, row) != null;
  }

  /** The whole number of a field that {@link #isLong}. */
  static long toLong(RawColumn column, int row) {
    if (column.kind(row) == Kind.LONG) {
      return column.longAt(row);
    }
    Long whole = parsed(column, row);
    if (whole == null) {
      throw new IllegalArgumentException(column.kind(row) + " is no whole number");
    }
    return whole;
  }

  /** Whether the field is a whole number within the range of an int. */
  static boolean isInt(RawColumn column, int row) {
    return isLong(column, row) && toLong(column, row) == (int) toLong(column, row);
  }

  /** Whether the field is true, false, or a text; every text but "true" counts as false. */
  static boolean isBoolean(RawColumn column, int row) {
    return switch (column.kind(row)) {
      case TRUE, FALSE, TEXT -> !column.enclosed(row);
      default -> false;
    };
  }

  /** The value of a field that {@link #isBoolean}; false for a missing field. */
  static boolean toBoolean(RawColumn column, int row) {
    return column.kind(row) == Kind.TRUE
        || (column.kind(row) == Kind.TEXT && Boolean.parseBoolean(column.literal(row)));
  }

  private static @Nullable Long parsed(RawColumn column, int row) {
    if (column.enclosed(row)) {
      return null;
    }
    return switch (column.kind(row)) {
      case LONG -> column.longAt(row);
      case DOUBLE -> whole(column.doubleAt(row));
      case NUMBER -> whole(ElementConversion.parseDouble(column, row));
      case TEXT -> {
        Long whole = ElementConversion.parseLong(column, row);
        yield whole != null ? whole : whole(ElementConversion.parseDouble(column, row));
      }
      case ABSENT, NULL, TIME, TRUE, FALSE, EMPTY_ARRAY, COMPOSITE, VALUE -> null;
    };
  }

  /** 2^63 itself passes and becomes the largest long, as in KairosDB. */
  private static @Nullable Long whole(@Nullable Double number) {
    if (number == null || Math.rint(number) != number || Math.abs(number) > LONG_BOUND) {
      return null;
    }
    return number.longValue();
  }
}
