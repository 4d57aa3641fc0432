package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.format.ModifiedUtf8;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.StringValue;
import org.jspecify.annotations.Nullable;

/** Refuses values that KairosDB would accept and then lose, or fail every query that meets them. */
final class Storable {

  private static final int MAX_BYTES_PER_CHAR = 3;

  private Storable() {}

  /** What keeps this value from being stored and read again, or null when nothing does. */
  static @Nullable String problem(Value value) {
    if (value instanceof DoubleValue number) {
      return Double.isFinite(number.value()) ? null : " is not a finite number.";
    }
    if (value instanceof StringValue text) {
      return tooLong(text.value())
          ? " needs more than " + ModifiedUtf8.MAX_LENGTH + " bytes."
          : null;
    }
    if (value instanceof ComplexValue complex) {
      boolean finite = Double.isFinite(complex.real()) && Double.isFinite(complex.imaginary());
      return finite ? null : " is not a finite number.";
    }
    return null;
  }

  private static boolean tooLong(String text) {
    return text.length() > ModifiedUtf8.MAX_LENGTH / MAX_BYTES_PER_CHAR
        && ModifiedUtf8.encodedLength(text) > ModifiedUtf8.MAX_LENGTH;
  }
}
