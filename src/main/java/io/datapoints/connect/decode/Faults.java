package io.datapoints.connect.decode;

import com.fasterxml.jackson.core.JsonLocation;

/**
 * The reasons this room gives. They name places and classes only: what was written there could be
 * anything, a password included.
 */
final class Faults {

  /** As KairosDB says it. */
  static final String EMPTY = "Invalid json. No content due to end of input.";

  static final String NO_METRICS =
      "The record value is neither a metric object nor an array of metric objects.";

  static final String GZIP = "The record value is damaged or truncated gzip data.";

  static final String TAGS = ".tags is not an object of texts.";

  static final String DATAPOINTS = ".datapoints is not an array.";

  private Faults() {}

  static String noObject(int index) {
    return "metric[" + index + "] is not an object.";
  }

  static String unsupported(Class<?> type) {
    return "The record value is a "
        + type.getName()
        + ", not KairosDB JSON (bytes or text), a map or a struct.";
  }

  static String inflated(int limit) {
    return "The record value inflates to more than " + limit + " bytes.";
  }

  static String invalid(JsonLocation location) {
    return "Invalid JSON" + at(location) + "; nothing from there on was read.";
  }

  static String truncated(JsonLocation location) {
    return "The JSON ends before it is complete" + at(location) + ".";
  }

  static String beyondLimits(JsonLocation location) {
    return "The JSON exceeds a limit (depth "
        + JsonText.MAX_DEPTH
        + ", "
        + JsonText.MAX_TEXT_CHARS
        + " characters in a text, "
        + JsonText.MAX_NAME_CHARS
        + " in a field name, "
        + JsonText.MAX_NUMBER_CHARS
        + " in a number)"
        + at(location)
        + "; nothing from there on was read.";
  }

  static String trailing(JsonLocation location) {
    return "Text follows the first JSON value" + at(location) + "; it was not read.";
  }

  private static String at(JsonLocation location) {
    return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
