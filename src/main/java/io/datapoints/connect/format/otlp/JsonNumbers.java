package io.datapoints.connect.format.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.format.NumberText;
import io.datapoints.connect.format.PartFault;
import java.io.IOException;

/** Numbers of JSON as Protobuf has them: 64 bits as a text or as a number. Stateless. */
final class JsonNumbers {

  private static final int MAX_DIGITS = 20;

  /** Whole numbers up to here have no other double near them. */
  private static final double MAX_EXACT = 1L << 53;

  private JsonNumbers() {}

  /**
   * A whole number.
   *
   * @param signed whether it may be negative; otherwise it may have all 64 bits
   * @param field has the fault of anything else
   */
  static long whole(JsonParser json, JsonToken token, boolean signed, JsonFields.Field field)
      throws IOException, PartFault {
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      double number = json.getDoubleValue();
      if (number != Math.rint(number) || Math.abs(number) > MAX_EXACT || (number < 0 && !signed)) {
        throw field.fault();
      }
      return (long) number;
    }
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_STRING) {
      throw field.fault();
    }
    if (json.getTextLength() > MAX_DIGITS) {
      throw field.fault();
    }
    try {
      String text = json.getText();
      return signed ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    } catch (NumberFormatException beyond) {
      throw field.fault();
    }
  }

  /** A number with a sign in 32 bits. */
  static int whole32(JsonParser json, JsonToken token, JsonFields.Field field)
      throws IOException, PartFault {
    long number = whole(json, token, true, field);
    if (number != (int) number) {
      throw field.fault();
    }
    return (int) number;
  }

  /** A number, or a text of one, or of what is none. */
  static double decimal(JsonParser json, JsonToken token, JsonFields.Field field)
      throws IOException, PartFault {
    if (token.isNumeric()) {
      return json.getDoubleValue();
    }
    if (token != JsonToken.VALUE_STRING) {
      throw field.fault();
    }
    String text = json.getText();
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> parsed(text, field);
    };
  }

  private static double parsed(String text, JsonFields.Field field) throws PartFault {
    if (!NumberText.isNumber(text)) {
      throw field.fault();
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException noNumber) {
      throw field.fault();
    }
  }
}
