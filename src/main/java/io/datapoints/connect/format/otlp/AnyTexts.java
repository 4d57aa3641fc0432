package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.format.protobuf.Span;
import io.datapoints.connect.format.protobuf.Utf8Decoder;
import io.datapoints.connect.model.Rule;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Values of attributes as texts: booleans and numbers as they are written, bytes in base64, arrays
 * and maps as JSON. For one thread.
 */
final class AnyTexts {

  /** Levels of arrays and maps. */
  static final int MAX_DEPTH = 32;

  private static final int ELEMENT = 1 << 3 | MessageReader.LENGTH;
  private static final String HEX = "0123456789abcdef";

  private final Utf8Decoder utf8;
  private final NumberTexts numbers;

  AnyTexts(Utf8Decoder utf8, NumberTexts numbers) {
    this.utf8 = utf8;
    this.numbers = numbers;
  }

  /** The text of a value; empty if there is none. */
  String text(byte[] bytes, AnyKind kind, long value) throws PartFault, IOException {
    return switch (kind) {
      case NONE -> "";
      case TEXT -> {
        String text = utf8.string(bytes, value);
        if (text == null) {
          throw noText();
        }
        yield text;
      }
      case LOGICAL -> value == 0 ? "false" : "true";
      case WHOLE -> numbers.of(value);
      case DECIMAL -> numbers.of(Double.longBitsToDouble(value));
      case BYTES -> base64(bytes, value);
      case ARRAY, MAP -> {
        StringBuilder json = new StringBuilder();
        append(json, bytes, kind, value, 1);
        yield json.toString();
      }
    };
  }

  /** That a text is not UTF-8. */
  static PartFault noText() {
    return new PartFault(Rule.SHAPE, " has an attribute that is not UTF-8.");
  }

  private static String base64(byte[] bytes, long span) {
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOfRange(bytes, Span.start(span), Span.end(span)));
  }

  private void append(StringBuilder json, byte[] bytes, AnyKind kind, long value, int depth)
      throws PartFault, IOException {
    switch (kind) {
      case NONE -> json.append("null");
      case TEXT -> quoted(json, bytes, value);
      case LOGICAL, WHOLE -> json.append(text(bytes, kind, value));
      case DECIMAL -> decimal(json, Double.longBitsToDouble(value));
      case BYTES -> json.append('"').append(base64(bytes, value)).append('"');
      case ARRAY, MAP -> {
        if (depth > MAX_DEPTH) {
          throw new PartFault(
              Rule.SIZE, " has an attribute of more than " + MAX_DEPTH + " levels.");
        }
        MessageReader in = new MessageReader(bytes, Span.start(value), Span.length(value));
        if (kind == AnyKind.ARRAY) {
          array(json, in, depth);
        } else {
          map(json, in, depth);
        }
      }
    }
  }

  private void array(StringBuilder json, MessageReader in, int depth)
      throws PartFault, IOException {
    KeyValue element = new KeyValue();
    char before = '[';
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == ELEMENT) {
        element.readValue(in);
        json.append(before);
        append(json, in.bytes(), element.kind(), element.value(), depth + 1);
        before = ',';
      } else {
        in.skip(tag);
      }
    }
    json.append(before == '[' ? "[]" : "]");
  }

  private void map(StringBuilder json, MessageReader in, int depth) throws PartFault, IOException {
    KeyValue pair = new KeyValue();
    char before = '{';
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == ELEMENT) {
        pair.readPair(in);
        quoted(json.append(before), in.bytes(), pair.key());
        append(json.append(':'), in.bytes(), pair.kind(), pair.value(), depth + 1);
        before = ',';
      } else {
        in.skip(tag);
      }
    }
    json.append(before == '{' ? "{}" : "}");
  }

  /** JSON has no word for what is not a number. */
  private void decimal(StringBuilder json, double number) {
    if (Double.isFinite(number)) {
      json.append(numbers.of(number));
    } else {
      json.append('"').append(number).append('"');
    }
  }

  private void quoted(StringBuilder json, byte[] bytes, long span) throws PartFault {
    int length = utf8.decode(bytes, span);
    if (length < 0) {
      throw noText();
    }
    char[] chars = utf8.chars();
    json.append('"');
    for (int i = 0; i < length; i++) {
      char c = chars[i];
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
