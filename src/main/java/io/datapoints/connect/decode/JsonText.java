package io.datapoints.connect.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;

/**
 * JSON text, as bytes or characters, to metrics; whatever is wrong with the text becomes one
 * reason. Accepts what KairosDB's lenient reader does, except bare words for texts: comments,
 * single quotes, unquoted names, odd escapes, control characters in texts, NaN, and numbers with a
 * plus, leading zeros or a leading point.
 *
 * <p>One instance a task, used on its thread: the parsers share the names they have seen.
 */
final class JsonText {

  /** Levels of nesting. A metric needs four; the rest is for fields that nobody reads. */
  static final int MAX_DEPTH = 1_000;

  static final int MAX_TEXT_CHARS = 16_777_216;

  static final int MAX_NAME_CHARS = 65_535;

  static final int MAX_NUMBER_CHARS = 1_000;

  private final JsonFactory factory = factory();
  private final JsonMetricReader reader;

  JsonText(JsonMetricReader reader) {
    this.reader = reader;
  }

  private static JsonFactory factory() {
    JsonFactoryBuilder builder = new JsonFactoryBuilder();
    return builder
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_TEXT_CHARS)
                .maxNameLength(MAX_NAME_CHARS)
                .maxNumberLength(MAX_NUMBER_CHARS)
                .build())
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .enable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        // Interning in the JVM's own table, or refusing names that collide, would let a producer
        // fill that table or make good records fail.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .enable(
            JsonReadFeature.ALLOW_JAVA_COMMENTS,
            JsonReadFeature.ALLOW_YAML_COMMENTS,
            JsonReadFeature.ALLOW_SINGLE_QUOTES,
            JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
            JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
            JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
            JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
            JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS,
            JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS,
            JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
        .build();
  }

  /** Reads UTF-8 (UTF-16 and UTF-32 are recognised too). */
  void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    try (JsonParser json = factory.createParser(bytes, offset, length)) {
      decode(json, origin, sink);
    } catch (IOException unreadable) {
      sink.reject(reason(unreadable));
    }
  }

  void decode(String text, RecordOrigin origin, SampleSink sink) {
    try (JsonParser json = factory.createParser(text)) {
      decode(json, origin, sink);
    } catch (IOException unreadable) {
      sink.reject(reason(unreadable));
    }
  }

  private void decode(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException {
    reader.read(json, origin, sink);
    if (json.currentToken() != null && !ended(json)) {
      sink.reject(Faults.trailing(json.currentLocation()));
    }
  }

  private static boolean ended(JsonParser json) {
    try {
      return json.nextToken() == null;
    } catch (IOException trailingText) {
      return false;
    }
  }

  /** Built here because the parser's own message can quote the text. */
  private static String reason(IOException unreadable) {
    if (!(unreadable instanceof JsonProcessingException failure) || failure.getLocation() == null) {
      return Faults.invalid(JsonLocation.NA);
    }
    if (unreadable instanceof JsonEOFException) {
      return Faults.truncated(failure.getLocation());
    }
    return unreadable instanceof StreamConstraintsException
        ? Faults.beyondLimits(failure.getLocation())
        : Faults.invalid(failure.getLocation());
  }
}
