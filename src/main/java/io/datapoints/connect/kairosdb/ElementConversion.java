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
import java.math.RoundingMode;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of points to their type as KairosDB does, but for numbers that a long does
 * not hold: KairosDB truncates 1.9 to 1 and wraps 2^64 to 0, and here neither is a long. A scalar
 * alone in an array counts as that scalar.
 */
final class ElementConversion {

  /**
   * Longer numbers are rejected, because the time to convert one grows with the square of its
   * length.
   */
  private static final int MAX_NUMBER_CHARS = 1_100;

  /** A long has 19 digits. */
  private static final int MAX_LONG_DIGITS = 19;

  private ElementConversion() {}

  /** The value of the given type, or null if it cannot be converted to that type. */
  static @Nullable Value value(ApiType type, RawColumn column, int row) {
    return switch (type) {
      case LONG -> longValue(column, row);
      case DOUBLE -> doubleValue(column, row);
      case STRING -> scalar(column, row) ? new StringValue(column.text(row)) : null;
      case COMPLEX ->
          column.kind(row) == Kind.VALUE && column.valueAt(row) instanceof ComplexValue complex
              ? complex
              : null;
      case BINARY -> binaryValue(column, row);
    };
  }

  private static @Nullable Value longValue(RawColumn column, int row) {
    if (column.kind(row) == Kind.LONG) {
      return new LongValue(column.longAt(row));
    }
    Long number = exactLong(column, row);
    return number == null ? null : new LongValue(number);
  }

  /**
   * The long that is exactly the number, such as 5 for 5.0 and 1000 for 1e3, or that a text is the
   * decimal form of; null if there is none.
   */
  static @Nullable Long exactLong(RawColumn column, int row) {
    return switch (column.kind(row)) {
      case LONG, TIME -> column.longAt(row);
      case DOUBLE, NUMBER -> exact(decimal(column, row));
      case TEXT -> parseLong(column, row);
      case ABSENT, NULL, TRUE, FALSE, EMPTY_ARRAY, COMPOSITE, VALUE -> null;
    };
  }

  private static @Nullable Long exact(@Nullable BigDecimal number) {
    Long truncated = truncated(number);
    return truncated != null && BigDecimal.valueOf(truncated).compareTo(number) == 0
        ? truncated
        : null;
  }

  /**
   * The number without its fraction, or null beyond the range of a long. There are no exceptions,
   * because numbers with an exponent usually have a fraction, and no digits are made of exponents.
   */
  static @Nullable Long truncated(@Nullable BigDecimal number) {
    if (number == null) {
      return null;
    }
    long digits = (long) number.precision() - number.scale();
    if (digits < 1 || number.signum() == 0) {
      return 0L;
    }
    if (digits > MAX_LONG_DIGITS) {
      return null;
    }
    BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
    return whole.unscaledValue().bitLength() < Long.SIZE ? Long.valueOf(whole.longValue()) : null;
  }

  private static boolean scalar(RawColumn column, int row) {
    return switch (column.kind(row)) {
      case LONG, DOUBLE, NUMBER, TIME, TEXT, TRUE, FALSE -> true;
      case ABSENT, NULL, EMPTY_ARRAY, COMPOSITE, VALUE -> false;
    };
  }

  private static @Nullable Value doubleValue(RawColumn column, int row) {
    return switch (column.kind(row)) {
      case LONG, TIME -> new DoubleValue(column.longAt(row));
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

  /**
   * A {@link Kind#DOUBLE} or {@link Kind#NUMBER} as it was written; null if it is not finite, too
   * long, or its exponent is out of range.
   */
  static @Nullable BigDecimal decimal(RawColumn column, int row) {
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
