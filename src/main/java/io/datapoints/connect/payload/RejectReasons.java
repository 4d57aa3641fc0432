package io.datapoints.connect.payload;

import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;

/**
 * The reasons for which a record, or a part of it, cannot be read. They name places and classes
 * only, because a value could be anything, a password included.
 */
public final class RejectReasons {

  public static final String NO_MAPPING = "No mapping is for the topic of the record.";

  static final String GZIP = "The record value is damaged or truncated gzip data.";

  private RejectReasons() {}

  /** There are no bytes, or nothing but white space and comments. */
  public static String empty(String text) {
    return "The " + text + " is empty.";
  }

  public static String array(String part) {
    return "The record " + part + " is an array, but the mapping asks for fields of an object.";
  }

  public static String noObject(String part) {
    return "The record " + part + " is no object, but the mapping asks for fields of one.";
  }

  public static String key(String reason) {
    return "In the record key: " + reason;
  }

  public static String noObjects(String text, String noun) {
    return "The "
        + text
        + " is neither a "
        + noun
        + " object nor an array of "
        + noun
        + " objects.";
  }

  public static void rejectNoObject(String noun, int index, SampleSink sink) {
    sink.reject(Rule.SHAPE, () -> noObject(noun, index));
  }

  public static String noObject(String noun, int index) {
    return noun + "[" + index + "] is not an object.";
  }

  public static String unsupported(Class<?> type) {
    return "The record value is a "
        + type.getName()
        + ", not JSON (bytes or text), a map or a struct.";
  }

  /** A compressed value is too large. */
  public static String inflated(int limit) {
    return "The record value inflates to more than " + limit + " bytes.";
  }

  static String invalid(String position) {
    return "Invalid JSON" + position + "; nothing from there on was read.";
  }

  static String truncated(String position) {
    return "The JSON ends before it is complete" + position + ".";
  }

  static String beyondLimits(String position) {
    return "The JSON exceeds a limit (depth "
        + JsonLimits.MAX_DEPTH
        + ", "
        + JsonLimits.MAX_TEXT_CHARS
        + " characters in a text, "
        + JsonLimits.MAX_NAME_CHARS
        + " in a field name, "
        + JsonLimits.MAX_NUMBER_CHARS
        + " in a number, an exponent of "
        + JsonLimits.MAX_EXPONENT
        + " in a mapped one, "
        + JsonLimits.MAX_VALUES
        + " mapped values)"
        + position
        + "; nothing from there on was read.";
  }

  static String trailing(String position) {
    return "Text follows the first JSON value" + position + "; it was not read.";
  }
}
