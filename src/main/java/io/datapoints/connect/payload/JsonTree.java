package io.datapoints.connect.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.NumberInput;
import io.datapoints.connect.model.InvalidValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value into the objects that a mapping works on. If several fields have the same
 * name, the last one counts. One instance per value, since it counts the objects that it creates.
 *
 * <p>A whole number is a Long, or a BigInteger beyond its range. A number with a fraction is a
 * Double if the text of that double is the text in the record, so that nothing is lost; otherwise
 * it is a BigDecimal.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // They have no stack trace.
public final class JsonTree {

  /** A number token of this many characters fits a long whatever its digits. */
  private static final int SAFE_LONG_CHARS = 18;

  /** A double represents every decimal number with this many digits. */
  private static final int SAFE_DOUBLE_DIGITS = 15;

  /** A double with more digits before the point is printed with an exponent. */
  private static final int PLAIN_DIGITS = 7;

  /** A double below a thousandth is printed with an exponent, too. */
  private static final int PLAIN_PLACES = 3;

  /** Most lists and objects within objects are small, and a record may have one in each 3 bytes. */
  private static final int USUAL_SIZE = 4;

  private static final InvalidValue BEYOND_LIMITS =
      new InvalidValue("is a number with an exponent beyond " + JsonLimits.MAX_EXPONENT);

  private int values;

  private JsonTree() {}

  /**
   * Reads the value that starts with this token, to its end. The parser bounds the depth. A number
   * beyond the limits is returned as an {@link InvalidValue}; within an object or a list it is
   * thrown.
   */
  public static @Nullable Object read(JsonParser json, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      Object number = decimal(json);
      return number == null ? BEYOND_LIMITS : number;
    }
    return value(json, token);
  }

  private static @Nullable Object value(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> integer(json);
      case VALUE_NUMBER_FLOAT -> bounded(json);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> new JsonTree().list(json);
      case START_OBJECT -> new JsonTree().object(json);
      default -> null;
    };
  }

  private @Nullable Object counted(JsonParser json, JsonToken token) throws IOException {
    if (++values > JsonLimits.MAX_VALUES) {
      throw new StreamConstraintsException("values", json.currentLocation());
    }
    return switch (token) {
      case START_ARRAY -> list(json);
      case START_OBJECT -> object(json);
      default -> value(json, token);
    };
  }

  private Map<String, @Nullable Object> object(JsonParser json) throws IOException {
    String name = json.nextFieldName();
    if (name == null) {
      return Map.of();
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(USUAL_SIZE);
    for (; name != null; name = json.nextFieldName()) {
      fields.put(name, counted(json, json.nextToken()));
    }
    return fields;
  }

  private List<@Nullable Object> list(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.END_ARRAY) {
      return List.of();
    }
    List<@Nullable Object> elements = new ArrayList<>(USUAL_SIZE);
    for (; token != JsonToken.END_ARRAY; token = json.nextToken()) {
      elements.add(counted(json, token));
    }
    return elements;
  }

  private static Object integer(JsonParser json) throws IOException {
    int length = json.getTextLength();
    if (length <= SAFE_LONG_CHARS || fitsLong(json, length)) {
      return json.getLongValue();
    }
    return json.getBigIntegerValue();
  }

  private static boolean fitsLong(JsonParser json, int length) throws IOException {
    char[] chars = json.getTextCharacters();
    int offset = json.getTextOffset();
    boolean negative = chars[offset] == '-';
    int sign = negative || chars[offset] == '+' ? 1 : 0;
    return NumberInput.inLongRange(chars, offset + sign, length - sign, negative);
  }

  private static Object bounded(JsonParser json) throws IOException {
    Object number = decimal(json);
    if (number == null) {
      throw new StreamConstraintsException("exponent", json.currentLocation());
    }
    return number;
  }

  /** Returns null if the exponent of the number is beyond the limits. */
  private static @Nullable Object decimal(JsonParser json) throws IOException {
    char[] chars = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    if (chars[offset + length - 1] > '9') {
      return json.getDoubleValue(); // NaN and the infinities, which the parser accepts.
    }
    if (isTextOfDouble(chars, offset, offset + length)) {
      return Decimals.parse(chars, offset, length);
    }
    BigDecimal exact = exact(json);
    if (exact == null
        || Math.abs((long) exact.scale()) > 2L * JsonLimits.MAX_EXPONENT
        || Math.abs((long) exact.precision() - exact.scale()) > JsonLimits.MAX_EXPONENT) {
      return null;
    }
    return exact;
  }

  /** Returns null if the exponent is beyond the range of a BigDecimal. */
  private static @Nullable BigDecimal exact(JsonParser json) throws IOException {
    try {
      return JsonDecimal.of(json.getText());
    } catch (NumberFormatException beyondEveryExponent) {
      return null;
    }
  }

  /**
   * Whether a number has the form in which the nearest double is printed, by the JDK or, from ten
   * million on, without an exponent.
   */
  private static boolean isTextOfDouble(char[] chars, int offset, int end) {
    int start = chars[offset] == '-' ? offset + 1 : offset;
    int point = start;
    while (point < end && isDigit(chars[point])) {
      point++;
    }
    int places = end - point - 1;
    if (point == start
        || places < 1
        || chars[point] != '.'
        || end - start > SAFE_DOUBLE_DIGITS + 1) {
      return false;
    }
    int zeros = 0;
    for (int i = point + 1; i < end; i++) {
      if (!isDigit(chars[i])) {
        return false;
      }
      zeros += zeros == i - point - 1 && chars[i] == '0' ? 1 : 0;
    }
    boolean whole = places == 1 && zeros == 1;
    if (chars[end - 1] == '0' && !whole) {
      return false;
    }
    return chars[start] == '0'
        ? point == start + 1 && (whole || zeros < PLAIN_PLACES)
        : !whole || point - start <= PLAIN_DIGITS;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
