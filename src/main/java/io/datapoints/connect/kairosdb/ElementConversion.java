package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.BinaryValue;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.model.Value.StringValue;
import java.math.BigDecimal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Converts the elements of a datapoint, [timestamp, value], and a top-level value to their type as
 * KairosDB does. A scalar alone in an array counts as that scalar.
 */
final class ElementConversion {

  /**
   * Longer numbers are rejected, because the time to convert one grows with the square of its
   * length.
   */
  private static final int MAX_NUMBER_CHARS = 1_100;

  /** The characters of a number with 15 digits at most: one of them is the ".". */
  private static final int EXACT_CHARS = 16;

  private static final double EXACT_BOUND = 1e15;

  private ElementConversion() {}

  /** The value of the given type, or null if it cannot be converted to that type. */
  static @Nullable Value value(ApiType type, RawColumn column, int row) {
    return switch (type) {
      case LONG -> convertibleToLong(column, row) ? new LongValue(toLong(column, row)) : null;
      case DOUBLE -> doubleValue(column, row);
      case STRING -> scalar(column, row) ? new StringValue(column.text(row)) : null;
      case COMPLEX ->
          column.kind(row) == Kind.VALUE && column.valueAt(row) instanceof ComplexValue complex
              ? complex
              : null;
      case BINARY -> binaryValue(column, row);
    };
  }

  /** Whether {@link #toLong} has a result. */
  static boolean convertibleToLong(RawColumn column, int row) {
    return switch (column.kind(row)) {
      case LONG -> true;
      case DOUBLE -> isShort(column, row) || exact(column, row) != null;
      case NUMBER -> exact(column, row) != null;
      case TEXT -> parseLong(column, row) != null;
      case ABSENT, NULL, TRUE, FALSE, EMPTY_ARRAY, COMPOSITE, VALUE -> false;
    };
  }

  /**
   * A number as a long, truncated towards zero and wrapped modulo 2^64, so that 1.9 is 1 and
   * 9223372036854775808 is the smallest long; a text as a long only if it is the decimal form of
   * one.
   */
  static long toLong(RawColumn column, int row) {
    Kind kind = column.kind(row);
    if (kind == Kind.LONG) {
      return column.longAt(row);
    }
    if (kind == Kind.DOUBLE && isShort(column, row)) {
      return (long) column.doubleAt(row);
    }
    Number number = kind == Kind.TEXT ? parseLong(column, row) : exact(column, row);
    if (number == null) {
      throw new IllegalArgumentException(kind + " is no long");
    }
    return number.longValue();
  }

  private static boolean scalar(RawColumn column, int row) {
    return switch (column.kind(row)) {
      case LONG, DOUBLE, NUMBER, TEXT, TRUE, FALSE -> true;
      case ABSENT, NULL, EMPTY_ARRAY, COMPOSITE, VALUE -> false;
    };
  }

  private static @Nullable Value doubleValue(RawColumn column, int row) {
    return switch (column.kind(row)) {
      case LONG -> new DoubleValue(column.longAt(row));
      case DOUBLE -> new DoubleValue(column.doubleAt(row));
      case NUMBER, TEXT -> {
        Double parsed = parseDouble(column, row);
        yield parsed == null ? null : new DoubleValue(parsed);
      }
      case ABSENT, NULL, TRUE, FALSE, EMPTY_ARRAY, COMPOSITE, VALUE -> null;
    };
  }

  private static @Nullable Value binaryValue(RawColumn column, int row) {
    if (column.kind(row) == Kind.VALUE) {
      return column.valueAt(row) instanceof BinaryValue binary ? binary : null;
    }
    if (column.kind(row) != Kind.TEXT) {
      return null;
    }
    try {
      return new BinaryValue(Base64.getDecoder().decode(column.literal(row)));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** Whether the number has at most 15 digits, and so the same whole part as its double. */
  private static boolean isShort(RawColumn column, int row) {
    return column.hasLiteral(row)
        && column.length(row) <= EXACT_CHARS
        && Math.abs(column.doubleAt(row)) < EXACT_BOUND;
  }

  /** The number as written; null if it is too long or its exponent is out of range. */
  private static @Nullable BigDecimal exact(RawColumn column, int row) {
    if (column.hasLiteral(row) && column.length(row) > MAX_NUMBER_CHARS) {
      return null;
    }
    try {
      return new BigDecimal(column.text(row));
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  static @Nullable Long parseLong(RawColumn column, int row) {
    if (!mayBeLong(column, row)) {
      return null;
    }
    try {
      return Long.valueOf(column.literal(row));
    } catch (NumberFormatException noLong) {
      return null;
    }
  }

  /**
   * Rules out most texts that are not longs, because an exception costs far more than this scan.
   */
  private static boolean mayBeLong(RawColumn column, int row) {
    int length = column.length(row);
    if (length == 0 || length > MAX_NUMBER_CHARS) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = column.charAt(row, i);
      boolean sign = i == 0 && (c == '-' || c == '+');
      if (!sign && !Character.isDigit(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Parses by Java's grammar, as KairosDB does; it includes "NaN", "Infinity", "0x1p3" and "1d".
   */
  static @Nullable Double parseDouble(RawColumn column, int row) {
    if (column.length(row) > MAX_NUMBER_CHARS) {
      return null;
    }
    try {
      return Double.valueOf(column.literal(row));
    } catch (NumberFormatException noDouble) {
      return null;
    }
  }
}
