package io.datapoints.connect.telnet;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of KairosDB's commands {@code put}, {@code putm} and {@code puts}, followed by name, time,
 * value and tags. It becomes a metric as it is: the rules for metrics, which the intake applies,
 * find what is missing or wrong.
 *
 * <p>Unlike in KairosDB, a tag's value goes on behind a second "=", and lines are UTF-8.
 */
enum PutCommand {
  /** The time is in seconds, unless it is too large for that. */
  PUT,
  /** The time is in milliseconds. */
  PUTM,
  /** The time is in milliseconds, and the value is a text. */
  PUTS;

  /** Below it a number of {@link #PUT} is one of seconds, as in KairosDB. */
  private static final long SECONDS_BELOW = 3_000_000_000L;

  private static final int MILLIS = 1_000;
  private static final int NAME = 1;
  private static final int TIME = 2;
  private static final int VALUE = 3;
  private static final int TAGS = 4;
  private static final String TTL = "kairos_opt.ttl";

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Whether a line's first word is this command. */
  boolean isIn(List<String> words) {
    return !words.isEmpty() && words.get(0).equals(word);
  }

  /** Writes the line as a metric object of KairosDB's JSON. */
  void write(List<String> words, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (words.size() > NAME) {
      json.writeStringField("name", words.get(NAME));
    }
    List<String> tags = new ArrayList<>(words.subList(Math.min(TAGS, words.size()), words.size()));
    writeTtl(tags, json);
    writeTags(tags, json);
    json.writeArrayFieldStart("datapoints");
    json.writeStartArray();
    if (words.size() > TIME) {
      writeTime(words.get(TIME), json);
    }
    if (words.size() > VALUE) {
      json.writeString(words.get(VALUE));
      json.writeString(type(words.get(VALUE)));
    }
    json.writeEndArray();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeTtl(List<String> tags, JsonGenerator json) throws IOException {
    for (String tag : tags) {
      if (tag.startsWith(TTL + "=")) {
        json.writeStringField("ttl", tag.substring(TTL.length() + 1));
      }
    }
    tags.removeIf(tag -> tag.startsWith(TTL + "="));
  }

  /** A point without tags gets one, as in KairosDB. */
  private static void writeTags(List<String> tags, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("tags");
    if (tags.isEmpty()) {
      json.writeStringField("add", "tag");
    }
    for (String tag : tags) {
      int equals = tag.indexOf('=');
      json.writeStringField(
          equals < 0 ? tag : tag.substring(0, equals), equals < 0 ? "" : tag.substring(equals + 1));
    }
    json.writeEndObject();
  }

  private void writeTime(String time, JsonGenerator json) throws IOException {
    try {
      long number = Long.parseLong(time);
      json.writeNumber(this == PUT && number < SECONDS_BELOW ? number * MILLIS : number);
    } catch (NumberFormatException noTime) {
      json.writeString(time);
    }
  }

  private String type(String value) {
    if (this == PUTS) {
      return "string";
    }
    return value.indexOf('.') < 0 ? "long" : "double";
  }
}
