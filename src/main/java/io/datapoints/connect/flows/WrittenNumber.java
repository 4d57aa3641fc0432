package io.datapoints.connect.flows;

import io.datapoints.connect.payload.RawColumn;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The number that a field has, written as a number or as a text of one: decimal digits with an
 * optional sign, point and exponent. Nothing is truncated or wrapped. A number in an array is none.
 */
final class WrittenNumber {

  /** Stands for no whole number; no field of a flow can have this one. */
  static final long NONE = Long.MIN_VALUE;

  /** Longer numbers are refused: the time to convert one grows with the square of its length. */
  private static final int MAX_CHARS = 1_000;

  /** Every whole number up to this is a double. */
  private static final double EXACT_BOUND = 0x1p53;

  /** A long has 19 digits. */
  private static final int MAX_WHOLE_DIGITS = 19;

  private static final int SAFE_LONG_DIGITS = 18;

  private WrittenNumber() {}

  /** The whole number, such as 443, 443.0 or "443", or {@link #NONE}. */
  static long whole(RawColumn column, int row) {
    if (column.enclosed(row)) {
      return NONE;
    }
    return switch (column.kind(row)) {
      case LONG -> column.longAt(row);
      case DOUBLE -> {
        double number = column.doubleAt(row);
        yield Math.abs(number) <= EXACT_BOUND && Math.rint(number) == number
            ? (long) number
            : whole(exact(column, row));
      }
      case TEXT -> {
        long digits = digits(column, row);
        yield digits >= 0 ? digits : whole(exact(column, row));
      }
      case NUMBER -> whole(exact(column, row));
      case ABSENT, NULL, TRUE, FALSE, EMPTY_ARRAY, COMPOSITE, VALUE -> NONE;
    };
  }

  /** The number as a whole one, or {@link #NONE} when it has a fraction or is beyond a long. */
  static long whole(@Nullable BigDecimal number) {
    if (number == null || number.precision() - number.scale() > MAX_WHOLE_DIGITS) {
      return NONE;
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException fractionOrTooLarge) {
      return NONE;
    }
  }

  /** A text of a few digits and nothing else, or -1. */
  private static long digits(RawColumn column, int row) {
    int length = column.length(row);
    if (length == 0 || length > SAFE_LONG_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      int digit = column.charAt(row, i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** The finite double next to the number, or NaN. */
  static double real(RawColumn column, int row) {
    if (column.enclosed(row)) {
      return Double.NaN;
    }
    double number =
        switch (column.kind(row)) {
          case LONG -> column.longAt(row);
          case DOUBLE -> column.doubleAt(row);
          case NUMBER, TEXT ->
              isNumber(column, row) ? Double.parseDouble(column.literal(row)) : Double.NaN;
          case ABSENT, NULL, TRUE, FALSE, EMPTY_ARRAY, COMPOSITE, VALUE -> Double.NaN;
        };
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /** The number to its last digit, or null. */
  static @Nullable BigDecimal exact(RawColumn column, int row) {
    if (column.enclosed(row)) {
      return null;
    }
    return switch (column.kind(row)) {
      case LONG -> BigDecimal.valueOf(column.longAt(row));
      case DOUBLE -> {
        if (column.hasLiteral(row)) {
          yield parsed(column, row);
        }
        double number = column.doubleAt(row);
        yield Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
      }
      case NUMBER, TEXT -> parsed(column, row);
      case ABSENT, NULL, TRUE, FALSE, EMPTY_ARRAY, COMPOSITE, VALUE -> null;
    };
  }

  /** Null also for an exponent that nobody means: expanding it could take all memory. */
  private static @Nullable BigDecimal parsed(RawColumn column, int row) {
    if (!isNumber(column, row)) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(column.literal(row));
      return Math.abs((long) number.scale()) > MAX_CHARS ? null : number;
    } catch (NumberFormatException exponentBeyondAnInt) {
      return null;
    }
  }

  /** Java's own parsers also take "NaN", "0x1p3", "1d", blanks, and the digits of all scripts. */
  private static boolean isNumber(RawColumn column, int row) {
    int length = column.length(row);
    if (length > MAX_CHARS) {
      return false;
    }
    int i = 0;
    if (i < length && isSign(column.charAt(row, i))) {
      i++;
    }
    int digits = 0;
    boolean point = false;
    for (; i < length; i++) {
      char c = column.charAt(row, i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    return digits > 0 && (i == length || isExponent(column, row, i));
  }

  private static boolean isExponent(RawColumn column, int row, int start) {
    int length = column.length(row);
    char e = column.charAt(row, start);
    int i = start + 1;
    if ((e != 'e' && e != 'E') || i == length) {
      return false;
    }
    if (isSign(column.charAt(row, i))) {
      i++;
    }
    int first = i;
    while (i < length && column.charAt(row, i) >= '0' && column.charAt(row, i) <= '9') {
      i++;
    }
    return i > first && i == length;
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+';
  }
}
