package io.datapoints.connect.kairosdb.raw;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.payload.Decimals;
import java.io.IOException;

/** Writes a JSON value into a row of a column. Stateless. */
final class JsonScalar {

  /** A number token of this many characters fits a long whatever its digits. */
  private static final int SAFE_LONG_CHARS = 18;

  private JsonScalar() {}

  /** Reads the value that starts with this token, to its end. */
  static void read(JsonParser json, JsonToken token, RawColumn column, int row) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT -> integer(json, column, row);
      case VALUE_NUMBER_FLOAT -> decimal(json, column, row);
      case VALUE_STRING -> text(json, column, row);
      case VALUE_TRUE -> column.set(row, Kind.TRUE);
      case VALUE_FALSE -> column.set(row, Kind.FALSE);
      case START_ARRAY -> array(json, column, row);
      case START_OBJECT -> object(json, column, row);
      default -> column.set(row, Kind.NULL);
    }
  }

  /**
   * Reads a value of which only the literal text counts: a name, a tag's value, a type. A number or
   * a boolean is its text, an object or an array is {@link Kind#COMPOSITE}.
   */
  static void readText(JsonParser json, JsonToken token, RawColumn column, int row)
      throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      text(json, column, row);
    } else if (token.isStructStart()) {
      json.skipChildren();
      column.set(row, Kind.COMPOSITE);
    } else {
      read(json, token, column, row);
      if (!column.missing(row)) {
        column.setText(row, column.text(row));
      }
    }
  }

  private static void text(JsonParser json, RawColumn column, int row) throws IOException {
    column.setText(row, json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
  }

  private static void integer(JsonParser json, RawColumn column, int row) throws IOException {
    char[] chars = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    if (length <= SAFE_LONG_CHARS || fitsLong(chars, offset, length)) {
      column.setLong(row, json.getLongValue());
    } else {
      column.setNumber(row, chars, offset, length);
    }
  }

  private static boolean fitsLong(char[] chars, int offset, int length) {
    boolean negative = chars[offset] == '-';
    boolean signed = negative || chars[offset] == '+';
    int digits = signed ? 1 : 0;
    return NumberInput.inLongRange(chars, offset + digits, length - digits, negative);
  }

  private static void decimal(JsonParser json, RawColumn column, int row) throws IOException {
    char[] chars = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    if (chars[offset + length - 1] > '9') {
      // NaN, Infinity: to KairosDB's lenient reader any bare word is a text.
      column.setText(row, chars, offset, length);
    } else if (pointed(chars, offset, length)) {
      double value = Decimals.parse(chars, offset, length);
      column.setDouble(row, value, chars, offset, length);
    } else {
      column.setNumber(row, chars, offset, length);
    }
  }

  private static boolean pointed(char[] chars, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (chars[i] == '.') {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads an array: a scalar alone in it, at any depth, is that scalar. There is no recursion, so
   * that no depth overflows the stack.
   */
  private static void array(JsonParser json, RawColumn column, int row) throws IOException {
    int depth = 0;
    JsonToken token = JsonToken.START_ARRAY;
    while (token == JsonToken.START_ARRAY) {
      depth++;
      token = json.nextToken();
    }
    if (token == JsonToken.END_ARRAY) {
      column.set(row, depth == 1 ? Kind.EMPTY_ARRAY : Kind.COMPOSITE);
      depth--;
    } else {
      read(json, token, column, row);
      column.enclose(row);
    }
    while (depth > 0) {
      token = json.nextToken();
      if (token == JsonToken.END_ARRAY) {
        depth--;
      } else {
        json.skipChildren();
        column.set(row, Kind.COMPOSITE);
      }
    }
  }

  /**
   * Reads an object: one of a real and an imaginary number is a complex number, any other is
   * composite.
   */
  private static void object(JsonParser json, RawColumn column, int row) throws IOException {
    double real = Double.NaN;
    double imaginary = Double.NaN;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (token.isNumeric() && name.equals("real")) {
        real = json.getDoubleValue();
      } else if (token.isNumeric() && name.equals("imaginary")) {
        imaginary = json.getDoubleValue();
      } else {
        json.skipChildren();
      }
    }
    if (Double.isNaN(real) || Double.isNaN(imaginary)) {
      column.set(row, Kind.COMPOSITE);
    } else {
      column.setValue(row, new ComplexValue(real, imaginary));
    }
  }
}
