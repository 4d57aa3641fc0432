package io.datapoints.connect.validate;

import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.StringValue;
import org.jspecify.annotations.Nullable;

/** Refuses values that KairosDB would accept and then lose, or fail every query that meets them. */
final class Storable {

  /** What the two bytes of length before a stored string can count. */
  private static final int MAX_STRING_BYTES = 65_535;

  private static final int MAX_BYTES_PER_CHAR = 3;

  private Storable() {}

  /** What keeps this value from being stored and read again, or null when nothing does. */
  static @Nullable String problem(Value value) {
    if (value instanceof DoubleValue number) {
      return Double.isFinite(number.value()) ? null : " is not a finite number.";
    }
    if (value instanceof StringValue text) {
      return tooLong(text.value()) ? " needs more than " + MAX_STRING_BYTES + " bytes." : null;
    }
    if (value instanceof ComplexValue complex) {
      boolean finite = Double.isFinite(complex.real()) && Double.isFinite(complex.imaginary());
      return finite ? null : " is not a finite number.";
    }
    return null;
  }

  private static boolean tooLong(String text) {
    return text.length() > MAX_STRING_BYTES / MAX_BYTES_PER_CHAR
        && encodedLength(text) > MAX_STRING_BYTES;
  }

  private static long encodedLength(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c > 0 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
    return bytes;
  }
}
