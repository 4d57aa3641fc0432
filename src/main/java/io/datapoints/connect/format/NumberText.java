package io.datapoints.connect.format;

import org.jspecify.annotations.Nullable;

/** Numbers that stand in texts. Stateless. */
public final class NumberText {

  /** Digits, sign, point and exponent of a number. */
  private static final int MAX_CHARS = 64;

  private NumberText() {}

  /**
   * The number that a text is: a {@link Scalar.Whole} or a {@link Scalar.Decimal}. Null for all
   * else, also for what Java takes for a number and formats do not, such as NaN and 0x1p3.
   */
  public static @Nullable Scalar parse(String text) {
    if (!isNumber(text)) {
      return null;
    }
    try {
      return isWhole(text)
          ? new Scalar.Whole(Long.parseLong(text))
          : new Scalar.Decimal(Double.parseDouble(text));
    } catch (NumberFormatException beyondLong) {
      return decimal(text);
    }
  }

  private static @Nullable Scalar decimal(String text) {
    try {
      return new Scalar.Decimal(Double.parseDouble(text));
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  /** Whether a text has a number's characters, and no more of them than a number needs. */
  public static boolean isNumber(String text) {
    return text.length() <= MAX_CHARS
        && text.chars().allMatch(c -> isDigit(c) || "+-.eE".indexOf(c) >= 0);
  }

  private static boolean isWhole(String text) {
    return text.chars().skip(1).allMatch(NumberText::isDigit);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
