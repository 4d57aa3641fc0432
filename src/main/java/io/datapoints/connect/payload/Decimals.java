package io.datapoints.connect.payload;

import com.fasterxml.jackson.core.io.NumberInput;

/**
 * Converts decimal texts to doubles, correctly rounded. A text of up to 15 digits is the quotient
 * of two integers that a double holds exactly, so that a single division, which rounds once, is
 * correct (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990).
 */
public final class Decimals {

  private static final int MAX_EXACT_DIGITS = 15;
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private Decimals() {}

  /** The double of a JSON number that has a ".". */
  public static double parse(char[] chars, int offset, int length) {
    int start = chars[offset] == '-' || chars[offset] == '+' ? offset + 1 : offset;
    int end = offset + length;
    if (end - start > MAX_EXACT_DIGITS + 1) {
      return NumberInput.parseDouble(chars, offset, length, true);
    }
    long digits = 0;
    int point = end - 1;
    for (int i = start; i < end; i++) {
      int digit = chars[i] - '0';
      if (chars[i] == '.') {
        point = i;
      } else if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
      } else {
        return NumberInput.parseDouble(chars, offset, length, true);
      }
    }
    double value = digits / POWERS_OF_TEN[end - 1 - point];
    return chars[offset] == '-' ? -value : value;
  }
}
