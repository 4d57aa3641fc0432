package io.datapoints.connect.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;
import io.datapoints.connect.payload.Decimals;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads values of JSON. Stateless. */
public final class JsonScalars {

  /** A number token of this many characters fits a long whatever its digits. */
  private static final int SAFE_LONG_CHARS = 18;

  private static final double LONG_BOUND = 0x1p63;

  private JsonScalars() {}

  /** Reads the value that starts with this token, to its end. */
  public static Scalar read(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> new Scalar.Text(json.getText());
      case VALUE_NUMBER_INT -> integer(json);
      case VALUE_NUMBER_FLOAT -> new Scalar.Decimal(decimal(json));
      case VALUE_TRUE -> new Scalar.Logical(true);
      case VALUE_FALSE -> new Scalar.Logical(false);
      case START_ARRAY, START_OBJECT -> {
        json.skipChildren();
        yield Scalar.Other.COMPOSITE;
      }
      default -> Scalar.Other.NULL;
    };
  }

  /**
   * The whole number that a value is, in whatever form, in the range of a long; null if it is none.
   */
  public static @Nullable Long whole(Scalar value) {
    if (value instanceof Scalar.Whole whole) {
      return whole.value();
    }
    if (value instanceof Scalar.Decimal decimal
        && decimal.value() == Math.rint(decimal.value())
        && Math.abs(decimal.value()) < LONG_BOUND) {
      return (long) decimal.value();
    }
    return null;
  }

  private static Scalar integer(JsonParser json) throws IOException {
    char[] chars = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    if (length <= SAFE_LONG_CHARS || fitsLong(chars, offset, length)) {
      return new Scalar.Whole(json.getLongValue());
    }
    return new Scalar.Decimal(NumberInput.parseDouble(chars, offset, length, true));
  }

  private static boolean fitsLong(char[] chars, int offset, int length) {
    boolean negative = chars[offset] == '-';
    int sign = negative || chars[offset] == '+' ? 1 : 0;
    return NumberInput.inLongRange(chars, offset + sign, length - sign, negative);
  }

  private static double decimal(JsonParser json) throws IOException {
    char[] chars = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    boolean word = chars[offset + length - 1] > '9';
    // The words are NaN and the infinities, which the parser lets through.
    return word ? json.getDoubleValue() : Decimals.parse(chars, offset, length);
  }
}
