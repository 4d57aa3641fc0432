package io.datapoints.connect.mapping;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.WrittenValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values as numbers, without loss, except that a floating point type takes the nearest value. A
 * text counts as the number it spells; true and false count as 1 and 0.
 */
public final class Numbers {

  /**
   * The most digits before or after the decimal point. Without this limit, a short text such as
   * 1e999999999 would become a number of gigabytes, here or in the reader of the data.
   */
  public static final int MAX_DIGITS = 10_000;

  /** The most bits of a number with {@link #MAX_DIGITS} digits. */
  private static final int MAX_BITS = 33_220;

  /** Means "no whole number". The least long is never a meaningful value where this is used. */
  static final long NONE = Long.MIN_VALUE;

  /** A long has 19 digits. */
  private static final int MAX_LONG_DIGITS = 19;

  /** Bounds the time of a conversion, which grows with the square of the length. */
  private static final int MAX_STRICT_CHARS = 1_000;

  /** From here on, Java writes a double with an exponent. */
  private static final double FIRST_WITH_EXPONENT = 1e7;

  private static final double MAX_PLAIN = 1e15;

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");

  private static final String NO_NUMBER = "must be a number";
  private static final String NO_WHOLE_NUMBER = "must be a whole number";
  private static final String TOO_LONG = "must have at most " + MAX_DIGITS + " digits";
  private static final String NOT_FINITE = "must be a finite number";

  private Numbers() {}

  /** A whole number in these bounds. */
  public static long whole(Object value, long least, long most) {
    long number;
    if (value instanceof Long || value instanceof Integer) {
      number = ((Number) value).longValue();
    } else {
      BigInteger big = whole(value);
      if (big.bitLength() >= Long.SIZE) {
        throw outside(least, most);
      }
      number = big.longValue();
    }
    if (number < least || number > most) {
      throw outside(least, most);
    }
    return number;
  }

  private static InvalidValue outside(long least, long most) {
    return new InvalidValue("must be from " + least + " to " + most);
  }

  /** A whole number of any size. */
  public static BigInteger whole(Object value) {
    if (value instanceof BigInteger number) {
      return bounded(number);
    }
    if (isSmall(value)) {
      return BigInteger.valueOf(((Number) value).longValue());
    }
    BigDecimal decimal =
        isFloating(value) ? new BigDecimal(finiteOnly((Number) value)) : decimal(value);
    try {
      return decimal.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new InvalidValue(NO_WHOLE_NUMBER);
    }
  }

  /** A decimal number with at most {@link #MAX_DIGITS} digits on each side of its point. */
  public static BigDecimal decimal(Object value) {
    if (value instanceof BigDecimal number) {
      return bounded(number);
    }
    if (value instanceof BigInteger number) {
      return new BigDecimal(bounded(number));
    }
    if (isSmall(value)) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    if (value instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (isFloating(value)) {
      finiteOnly((Number) value);
      // The shortest decimal that stands for it, which is the intended value.
      return new BigDecimal(value.toString());
    }
    if (value instanceof String text) {
      return parse(text);
    }
    if (value instanceof WrittenValue known && known.written() instanceof Number number) {
      return decimal(number);
    }
    throw new InvalidValue(NO_NUMBER);
  }

  private static boolean isFloating(Object value) {
    return value instanceof Double || value instanceof Float;
  }

  private static double finiteOnly(Number value) {
    double number = value.doubleValue();
    if (!Double.isFinite(number)) {
      throw new InvalidValue(NOT_FINITE);
    }
    return number;
  }

  private static boolean isSmall(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  private static BigDecimal parse(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new InvalidValue(TOO_LONG);
    }
    try {
      return bounded(new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw new InvalidValue(NO_NUMBER);
    }
  }

  /** Compares only the lengths, which are known without any arithmetic. */
  private static BigDecimal bounded(BigDecimal number) {
    long scale = number.scale();
    if (Math.abs(scale) > MAX_DIGITS || number.precision() - scale > MAX_DIGITS) {
      throw new InvalidValue(TOO_LONG);
    }
    return number;
  }

  private static BigInteger bounded(BigInteger number) {
    if (number.bitLength() > MAX_BITS) {
      throw new InvalidValue(TOO_LONG);
    }
    return number;
  }

  /**
   * The text of a number: that of the record, where it is JSON. A double from ten million on is
   * written without the exponent of Java.
   */
  public static String text(Number number) {
    boolean plain =
        number instanceof Double real
            && Math.abs(real) >= FIRST_WITH_EXPONENT
            && Math.abs(real) < MAX_PLAIN;
    return plain ? plain(number.toString()) : number.toString();
  }

  private static String plain(String scientific) {
    String digits = new BigDecimal(scientific).toPlainString();
    return digits.indexOf('.') < 0 ? digits + ".0" : digits;
  }

  /** The nearest double. */
  public static double nearestDouble(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    if (isSmall(value)) {
      return ((Number) value).longValue();
    }
    if (value instanceof String text && spellsNoNumber(text)) {
      return Double.parseDouble(text);
    }
    return finite(decimal(value).doubleValue());
  }

  /** The nearest float. */
  public static float nearestFloat(Object value) {
    if (value instanceof Float number) {
      return number;
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return number.floatValue();
    }
    if (value instanceof Double number) {
      return (float) finite(number.floatValue());
    }
    if (isSmall(value)) {
      return ((Number) value).longValue();
    }
    if (value instanceof String text && spellsNoNumber(text)) {
      return Float.parseFloat(text);
    }
    return (float) finite(decimal(value).floatValue());
  }

  private static boolean spellsNoNumber(String text) {
    return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
  }

  private static double finite(double number) {
    if (Double.isInfinite(number)) {
      throw new InvalidValue("is out of the range of the type");
    }
    return number;
  }

  /**
   * Converts a count of one unit of time to another. Digits below the wanted unit are truncated
   * towards the past.
   *
   * @param digits by how many decimal digits the wanted unit is finer; negative if it is coarser
   */
  public static long scaled(Object value, int digits) {
    try {
      if (value instanceof Long || value instanceof Integer) {
        long number = ((Number) value).longValue();
        return digits >= 0
            ? Math.multiplyExact(number, power(digits))
            : Math.floorDiv(number, power(-digits));
      }
      return decimal(value)
          .scaleByPowerOfTen(digits)
          .setScale(0, RoundingMode.FLOOR)
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new InvalidValue("is out of the range of the type");
    }
  }

  static long power(int digits) {
    long power = 1;
    for (int i = 0; i < digits; i++) {
      power *= 10;
    }
    return power;
  }

  /**
   * The whole number that a value is, such as 443, 443.0 or "443", or {@link #NONE}. Unlike {@link
   * #whole}, this method rejects booleans, and texts with other than ASCII digits.
   */
  static long strictWhole(Object value) {
    if (isSmall(value)) {
      return ((Number) value).longValue();
    }
    if (value instanceof String text) {
      long digits = digits(text);
      if (digits >= 0) {
        return digits;
      }
    }
    BigDecimal number = strict(value);
    if (number == null || number.precision() - number.scale() > MAX_LONG_DIGITS) {
      return NONE;
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException fractionOrTooLarge) {
      return NONE;
    }
  }

  /** The value of a text that consists of a few digits only, or -1. */
  private static long digits(String text) {
    int length = text.length();
    if (length == 0 || length >= MAX_LONG_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** The finite double that is nearest to the number that a value is, or NaN. */
  static double strictReal(Object value) {
    if (value instanceof WrittenValue known) {
      return strictReal(known.written());
    }
    double number =
        value instanceof Number any
            ? any.doubleValue()
            : value instanceof String text && isDecimal(text)
                ? Double.parseDouble(text)
                : Double.NaN;
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /** The number that a value is, to its last digit, or null. */
  static @Nullable BigDecimal strict(Object value) {
    if (value instanceof BigDecimal number) {
      return withinReason(number);
    }
    if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    }
    if (isSmall(value)) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    if (isFloating(value)) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
    }
    if (value instanceof WrittenValue known && known.written() instanceof Number number) {
      return strict(number);
    }
    if (!(value instanceof String text) || !isDecimal(text)) {
      return null;
    }
    try {
      return withinReason(new BigDecimal(text));
    } catch (NumberFormatException exponentBeyondAnInt) {
      return null;
    }
  }

  /** Rejects large exponents: expanding one could exhaust the memory. */
  private static @Nullable BigDecimal withinReason(BigDecimal number) {
    return Math.abs((long) number.scale()) > MAX_STRICT_CHARS ? null : number;
  }

  /**
   * Whether a text is decimal digits with an optional sign, point and exponent. Java's own parsers
   * also take "NaN", "0x1p3", "1d", blanks, and the digits of all scripts.
   */
  private static boolean isDecimal(String text) {
    return text.length() <= MAX_STRICT_CHARS && DECIMAL.matcher(text).matches();
  }
}
