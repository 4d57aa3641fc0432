package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.model.Rule;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of OpenTelemetry's messages as JSON names them, in lowerCamelCase or as they are in
 * the protocol. Those that say nothing here are unknown.
 */
final class JsonFields {

  /** How the value of a field is written on the wire. */
  enum Form {
    TEXT,
    BASE64,
    LOGICAL,
    DECIMAL,
    FIXED,
    SIGNED_FIXED,
    VARINT,
    SIGNED_VARINT,
    ZIGZAG,
    MESSAGE
  }

  /**
   * A field.
   *
   * @param number on the wire
   * @param repeated whether the value is an array
   * @param part whether each element is a part of its own, so that a fault costs no more than it
   * @param fields those of the message in it, null if it is none
   * @param problem what is wrong with a part that has a value of another kind
   */
  record Field(
      int number,
      Form form,
      boolean repeated,
      boolean part,
      @Nullable JsonFields fields,
      String problem) {

    /** That a value is of another kind. */
    PartFault fault() {
      return new PartFault(Rule.SHAPE, problem);
    }
  }

  /** Those of a resource with all that it holds. */
  static final JsonFields RESOURCE_METRICS = resourceMetrics();

  private final Map<String, Field> byName = new HashMap<>();

  /** The field of this name, null for one that is unknown. */
  @Nullable Field get(String name) {
    return byName.get(name);
  }

  private static JsonFields resourceMetrics() {
    JsonFields pair = pairs();
    JsonFields metric =
        new JsonFields()
            .value("name", 1, Form.TEXT)
            .message("gauge", 5, data(number(pair)))
            .message("sum", 7, data(number(pair)))
            .message("histogram", 9, data(histogram(pair)))
            .message("exponentialHistogram", 10, data(exponential(pair)))
            .message("summary", 11, data(summary(pair)));
    JsonFields scope = new JsonFields().value("name", 1, Form.TEXT).value("version", 2, Form.TEXT);
    JsonFields scopeMetrics =
        new JsonFields().message("scope", 1, scope).parts("metrics", 2, metric);
    return new JsonFields()
        .message("resource", 1, new JsonFields().messages("attributes", 1, pair))
        .parts("scopeMetrics", 2, scopeMetrics);
  }

  private static JsonFields pairs() {
    JsonFields any = new JsonFields();
    JsonFields pair = new JsonFields().value("key", 1, Form.TEXT).message("value", 2, any);
    any.value("stringValue", 1, Form.TEXT)
        .value("boolValue", 2, Form.LOGICAL)
        .value("intValue", 3, Form.SIGNED_VARINT)
        .value("doubleValue", 4, Form.DECIMAL)
        .message("arrayValue", 5, new JsonFields().messages("values", 1, any))
        .message("kvlistValue", 6, new JsonFields().messages("values", 1, pair))
        .value("bytesValue", 7, Form.BASE64);
    return pair;
  }

  private static JsonFields data(JsonFields point) {
    return new JsonFields().parts("dataPoints", 1, point);
  }

  private static JsonFields number(JsonFields pair) {
    return new JsonFields()
        .value("timeUnixNano", 3, Form.FIXED)
        .value("asDouble", 4, Form.DECIMAL)
        .value("asInt", 6, Form.SIGNED_FIXED)
        .messages("attributes", 7, pair)
        .value("flags", 8, Form.VARINT);
  }

  private static JsonFields histogram(JsonFields pair) {
    return new JsonFields()
        .value("timeUnixNano", 3, Form.FIXED)
        .value("count", 4, Form.FIXED)
        .value("sum", 5, Form.DECIMAL)
        .values("bucketCounts", 6, Form.FIXED)
        .values("explicitBounds", 7, Form.DECIMAL)
        .messages("attributes", 9, pair)
        .value("flags", 10, Form.VARINT)
        .value("min", 11, Form.DECIMAL)
        .value("max", 12, Form.DECIMAL);
  }

  private static JsonFields exponential(JsonFields pair) {
    JsonFields buckets =
        new JsonFields().value("offset", 1, Form.ZIGZAG).values("bucketCounts", 2, Form.VARINT);
    return new JsonFields()
        .messages("attributes", 1, pair)
        .value("timeUnixNano", 3, Form.FIXED)
        .value("count", 4, Form.FIXED)
        .value("sum", 5, Form.DECIMAL)
        .value("scale", 6, Form.ZIGZAG)
        .value("zeroCount", 7, Form.FIXED)
        .message("positive", 8, buckets)
        .message("negative", 9, buckets)
        .value("flags", 10, Form.VARINT)
        .value("min", 12, Form.DECIMAL)
        .value("max", 13, Form.DECIMAL)
        .value("zeroThreshold", 14, Form.DECIMAL);
  }

  private static JsonFields summary(JsonFields pair) {
    JsonFields quantile =
        new JsonFields().value("quantile", 1, Form.DECIMAL).value("value", 2, Form.DECIMAL);
    return new JsonFields()
        .value("timeUnixNano", 3, Form.FIXED)
        .value("count", 4, Form.FIXED)
        .value("sum", 5, Form.DECIMAL)
        .messages("quantileValues", 6, quantile)
        .messages("attributes", 7, pair)
        .value("flags", 8, Form.VARINT);
  }

  private JsonFields value(String name, int number, Form form) {
    return add(name, number, form, false, false, null);
  }

  private JsonFields values(String name, int number, Form form) {
    return add(name, number, form, true, false, null);
  }

  private JsonFields message(String name, int number, JsonFields fields) {
    return add(name, number, Form.MESSAGE, false, false, fields);
  }

  private JsonFields messages(String name, int number, JsonFields fields) {
    return add(name, number, Form.MESSAGE, true, false, fields);
  }

  private JsonFields parts(String name, int number, JsonFields fields) {
    return add(name, number, Form.MESSAGE, true, true, fields);
  }

  private JsonFields add(
      String name,
      int number,
      Form form,
      boolean repeated,
      boolean part,
      @Nullable JsonFields fields) {
    String kind = repeated ? kindOfArray(form) : kind(form);
    String problem = "." + name + " is not " + kind + ".";
    Field field = new Field(number, form, repeated, part, fields, problem);
    byName.put(name, field);
    byName.put(name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), field);
    return this;
  }

  private static String kindOfArray(Form form) {
    return form == Form.MESSAGE ? "an array of objects" : "an array of numbers";
  }

  private static String kind(Form form) {
    return switch (form) {
      case TEXT -> "a text";
      case BASE64 -> "a text in base64";
      case LOGICAL -> "a boolean";
      case DECIMAL -> "a number";
      case FIXED, VARINT -> "a 64-bit number without a sign";
      case SIGNED_FIXED, SIGNED_VARINT -> "a 64-bit number";
      case ZIGZAG -> "a 32-bit number";
      case MESSAGE -> "an object";
    };
  }
}
