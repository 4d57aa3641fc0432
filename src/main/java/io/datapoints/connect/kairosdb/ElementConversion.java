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
 * What KairosDB makes of the elements of a datapoint, [timestamp, value], and of a top-level value,
 * given their type. A scalar alone in an array counts as that scalar.
 */
final class ElementConversion {

  /** Longer numbers are refused: the time to convert one grows with the square of its length. */
  private static final int MAX_NUMBER_CHARS = 1_100;

  /** At least one of these is the ".". */
  private static final int EXACT_CHARS = 16;

  private static final double EXACT_BOUND = 1e15;

  private ElementConversion() {}

  /** The value of the given type, or null when the payload does not give one. */
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

  /** Whether {@link #toLong} has an answer. */
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
   * 9223372036854775808 is the smallest long; a text as a long only where it is the decimal form of
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

  /** Whether the number and its double have the same whole part: it has at most 15 digits. */
  private static boolean isShort(RawColumn column, int row) {
    return column.hasLiteral(row)
        && column.length(row) <= EXACT_CHARS
        && Math.abs(column.doubleAt(row)) < EXACT_BOUND;
  }

  /** The number as written, whatever its size; null for an exponent beyond every bound. */
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

  /** Filters most invalid texts, since the exception costs far more than the text itself. */
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

  /** Java's own grammar, as KairosDB: also "NaN", "Infinity", "0x1p3" and "1d". */
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
