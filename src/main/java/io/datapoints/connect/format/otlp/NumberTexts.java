package io.datapoints.connect.format.otlp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as texts of tags. A number has the same text on every Java, since rows are found by it:
 * what {@link Double#toString(double)} gives has changed. Numbers come again and again, as bounds
 * and status codes do, so that the texts of recent ones are kept. For one thread.
 */
final class NumberTexts {

  private static final int PLACES = 512;

  /** Whole numbers below are exact. */
  private static final double MAX_WHOLE = 1e15;

  /** Between these bounds a text has no exponent. */
  private static final double MIN_PLAIN = 1e-20;

  private static final double MAX_PLAIN = 1e21;

  /** The digits that some doubles have enough of, and those that all have. */
  private static final int MIN_DIGITS = 15;

  private static final int MAX_DIGITS = 17;

  private final long[] wholes = new long[PLACES];
  private final @Nullable String[] wholeTexts = new String[PLACES];
  private final long[] decimals = new long[PLACES];
  private final @Nullable String[] decimalTexts = new String[PLACES];

  String of(long number) {
    int place = place(number);
    String known = wholeTexts[place];
    if (known == null || wholes[place] != number) {
      known = Long.toString(number);
      wholes[place] = number;
      wholeTexts[place] = known;
    }
    return known;
  }

  /** The shortest text that is the number: {@code 1}, {@code 2.5}, {@code 0.00001}. */
  String of(double number) {
    long bits = Double.doubleToRawLongBits(number);
    int place = place(bits);
    String known = decimalTexts[place];
    if (known == null || decimals[place] != bits) {
      known = text(number);
      decimals[place] = bits;
      decimalTexts[place] = known;
    }
    return known;
  }

  private static int place(long bits) {
    return (int) ((bits * 0x9E37_79B9_7F4A_7C15L) >>> 40) & (PLACES - 1);
  }

  private static String text(double number) {
    double size = Math.abs(number);
    if (size < MAX_WHOLE && number == Math.rint(number)) {
      return Long.toString((long) number);
    }
    return size >= MIN_PLAIN && size < MAX_PLAIN ? plain(number) : Double.toString(number);
  }

  private static String plain(double number) {
    BigDecimal exact = new BigDecimal(number);
    BigDecimal rounded = exact;
    for (int digits = MIN_DIGITS; digits <= MAX_DIGITS; digits++) {
      rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == number) {
        break;
      }
    }
    return rounded.stripTrailingZeros().toPlainString();
  }
}
