package io.datapoints.connect.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON text in UTF-8 to the reader of a layout; whatever is wrong with the text becomes one reason.
 * Accepts what KairosDB's lenient reader does, except bare words for texts: comments, single
 * quotes, unquoted names, odd escapes, control characters in texts, NaN, and numbers with a plus,
 * leading zeros or a leading point.
 *
 * <p>One parser reads record after record, since making one costs a fifth of reading a small
 * record. It is given up at the first fault, and from time to time so that the names it remembers
 * stay few. One instance a task, used on its thread.
 */
public final class JsonText {

  /** Levels of nesting. A layout needs a few; the rest is for fields that nobody reads. */
  static final int MAX_DEPTH = 1_000;

  static final int MAX_TEXT_CHARS = 16_777_216;

  static final int MAX_NAME_CHARS = 65_535;

  public static final int MAX_NUMBER_CHARS = 1_000;

  /**
   * Values in a mapped one: each takes up to a hundred bytes of memory, and a few of a record that
   * compression has made small.
   */
  public static final int MAX_VALUES = 1_000_000;

  /** Powers of ten, of a number that is converted: its digits would be as many. */
  public static final int MAX_EXPONENT = 1_000;

  /**
   * A parser that has read so much is followed by a new one, and so is a factory, to which each
   * parser leaves the names it met: thousands of them, and a name may be long.
   */
  private static final long MAX_BYTES_A_PARSER = 1_048_576;

  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

  private JsonFactory factory = factory();
  private long readByFactory;
  private final JsonFeed feed = new JsonFeed();
  private final JsonReader reader;
  private @Nullable JsonParser parser;

  JsonText(JsonReader reader) {
    this.reader = reader;
  }

  private static JsonFactory factory() {
    return new JsonFactoryBuilder()
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
        // The first record would decide the encoding of those after it.
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
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

  /** Reads one text, with or without a byte order mark. */
  void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    int mark = startsWithMark(bytes, offset, length) ? 3 : 0;
    JsonSource source = new JsonSource(bytes, offset + mark, length - mark);
    boolean reusable = false;
    feed.offer(bytes, offset + mark, length - mark);
    try {
      JsonParser json = parser();
      reader.read(json, origin, sink);
      reusable = ended(json, source, sink);
    } catch (IOException unreadable) {
      sink.reject(Rule.JSON, reason(unreadable, source));
    } finally {
      feed.release();
      if (!reusable || feed.fedBefore() > MAX_BYTES_A_PARSER) {
        discard();
      }
    }
  }

  private static boolean startsWithMark(byte[] bytes, int offset, int length) {
    return length >= 3
        && bytes[offset] == (byte) 0xEF
        && bytes[offset + 1] == (byte) 0xBB
        && bytes[offset + 2] == (byte) 0xBF;
  }

  private JsonParser parser() throws IOException {
    JsonParser json = parser;
    if (json == null) {
      feed.restart();
      json = factory.createParser(feed);
      parser = json;
    }
    return json;
  }

  private void discard() {
    readByFactory += feed.fedBefore();
    try (JsonParser used = parser) {
      parser = null;
      if (readByFactory > MAX_BYTES_A_PARSER) {
        factory = factory();
        readByFactory = 0;
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("the feed does not fail to close", impossible);
    }
  }

  /**
   * Whether the parser stands behind a complete value at the end of the record. KairosDB ignores
   * what follows the first value, and so loses the points in it.
   */
  private boolean ended(JsonParser json, JsonSource source, SampleSink sink) throws IOException {
    if (json.isClosed() || json.currentToken() == null || json.currentToken().isScalarValue()) {
      return false;
    }
    int end = feed.consumed() - Math.max(0, json.releaseBuffered(NOWHERE));
    if (source.blankFrom(end)) {
      return feed.consumed() == source.length();
    }
    if (!onlyComments(source, end)) {
      sink.reject(Rule.JSON, Faults.trailing(source.position(end)));
    }
    return false;
  }

  private boolean onlyComments(JsonSource source, int end) {
    int rest = source.length() - end;
    try (JsonParser json = factory.createParser(source.bytes(), source.offset() + end, rest)) {
      return json.nextToken() == null;
    } catch (IOException trailingText) {
      return false;
    }
  }

  /** Built here because the parser's own message can quote the text. */
  private String reason(IOException unreadable, JsonSource source) {
    int fault = source.length();
    if (unreadable instanceof JsonProcessingException failure && failure.getLocation() != null) {
      fault = (int) (failure.getLocation().getByteOffset() - feed.fedBefore());
    }
    String position = source.position(fault);
    if (unreadable instanceof StreamConstraintsException) {
      return Faults.beyondLimits(position);
    }
    return unreadable instanceof JsonEOFException || fault >= source.length()
        ? Faults.truncated(position)
        : Faults.invalid(position);
  }
}
