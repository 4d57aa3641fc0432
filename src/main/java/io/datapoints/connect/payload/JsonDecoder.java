package io.datapoints.connect.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON in a text or in bytes (UTF-8, with or without a byte order mark, gzip compressed or
 * not) for the reader of a layout. An error of the parser becomes one reason against the record.
 *
 * <p>It accepts what KairosDB's lenient parser does, except bare words as texts: comments, single
 * quotes, unquoted names, odd escapes, control characters in texts, NaN, and numbers with a plus,
 * leading zeros or a leading point.
 *
 * <p>One Jackson parser reads record after record, since creating one costs a fifth of reading a
 * small record. It is replaced after an error, and after a megabyte, so that its table of field
 * names stays small. One instance a task, used on the task's thread.
 */
public final class JsonDecoder {

  /**
   * Bytes after which a parser is replaced, and the factory too: each parser leaves the factory the
   * field names it has met, which may be thousands of long ones.
   */
  private static final long MAX_BYTES_A_PARSER = 1_048_576;

  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

  private final JsonReader reader;
  private final GzipDecoder gzip;
  private final RecordInput input = new RecordInput();
  private JsonFactory factory = factory();
  private long bytesOfFactory;
  private @Nullable JsonParser parser;

  /**
   * @param maxInflatedBytes bytes that gzip data may inflate to at most
   * @param reader reads the parsed JSON
   */
  public JsonDecoder(int maxInflatedBytes, JsonReader reader) {
    this.reader = reader;
    this.gzip = new GzipDecoder(maxInflatedBytes);
  }

  private static JsonFactory factory() {
    return new JsonFactoryBuilder()
        .streamReadConstraints(JsonLimits.constraints())
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

  /**
   * Reads a text or bytes, and gives the sink the reason where they are not JSON.
   *
   * @return whether the value is a text or bytes; any other value is left unread
   */
  public boolean read(@Nullable Object value, RecordOrigin origin, SampleSink sink) {
    if (value instanceof byte[] bytes) {
      bytes(bytes, 0, bytes.length, origin, sink);
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      json(bytes, 0, bytes.length, origin, sink);
    } else if (value instanceof ByteBuffer buffer) {
      buffer(buffer, origin, sink);
    } else {
      return false;
    }
    return true;
  }

  /** Reads bytes that are JSON, compressed or not being no question. */
  public void readPlain(
      byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    json(bytes, offset, length, origin, sink);
  }

  private void buffer(ByteBuffer buffer, RecordOrigin origin, SampleSink sink) {
    if (buffer.hasArray()) {
      int offset = buffer.arrayOffset() + buffer.position();
      bytes(buffer.array(), offset, buffer.remaining(), origin, sink);
    } else {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      bytes(copy, 0, copy.length, origin, sink);
    }
  }

  private void bytes(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    if (GzipDecoder.isGzip(bytes, offset, length)) {
      ByteBuffer inflated = gzip.inflate(bytes, offset, length, sink);
      if (inflated != null) {
        json(inflated.array(), inflated.arrayOffset(), inflated.remaining(), origin, sink);
      }
    } else {
      json(bytes, offset, length, origin, sink);
    }
  }

  private void json(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    int mark = JsonDetector.markLength(bytes, offset, length);
    boolean reusable = false;
    input.open(bytes, offset + mark, length - mark);
    try {
      JsonParser json = parser();
      reader.begin(input.earlierBytes() - input.index(0));
      reader.read(json, origin, sink);
      reusable = ended(json, origin, sink);
    } catch (IOException unreadable) {
      sink.reject(Rule.JSON, reason(unreadable, input.earlierBytes()));
    } finally {
      input.release();
      if (!reusable || input.earlierBytes() > MAX_BYTES_A_PARSER) {
        discardParser();
      }
    }
  }

  private JsonParser parser() throws IOException {
    JsonParser json = parser;
    if (json == null) {
      input.restart();
      json = factory.createParser(input);
      parser = json;
    }
    return json;
  }

  private void discardParser() {
    bytesOfFactory += input.earlierBytes();
    try (JsonParser used = parser) {
      parser = null;
      if (bytesOfFactory > MAX_BYTES_A_PARSER) {
        factory = factory();
        bytesOfFactory = 0;
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("closing the input does not fail", impossible);
    }
  }

  /**
   * Reads or rejects what follows the first value: KairosDB ignores it and so loses the points in
   * it.
   *
   * @return whether the parser stands behind a complete value at the end of the record, and so can
   *     read the next one
   */
  private boolean ended(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException {
    if (json.isClosed() || json.currentToken() == null || json.currentToken().isScalarValue()) {
      return false;
    }
    int end = input.readBytes() - Math.max(0, json.releaseBuffered(NOWHERE));
    if (input.isBlankFrom(end)) {
      return input.readBytes() == input.length();
    }
    more(end, origin, sink);
    return false;
  }

  private void more(int end, RecordOrigin origin, SampleSink sink) throws IOException {
    try (JsonParser json = factory.createParser(input.from(end))) {
      JsonToken first = firstToken(json);
      reader.begin(-input.index(end));
      if (first != null && !readMore(json, first, end, origin, sink)) {
        sink.reject(Rule.JSON, RejectReasons.trailing(input.describe(end)));
      }
    }
  }

  /** The first token, {@link JsonToken#NOT_AVAILABLE} for text that is no JSON, null for none. */
  private static @Nullable JsonToken firstToken(JsonParser json) {
    try {
      return json.nextToken();
    } catch (IOException noJson) {
      return JsonToken.NOT_AVAILABLE;
    }
  }

  private boolean readMore(
      JsonParser json, JsonToken first, int start, RecordOrigin origin, SampleSink sink) {
    try {
      return first != JsonToken.NOT_AVAILABLE && reader.readMore(json, first, origin, sink);
    } catch (IOException unreadable) {
      sink.reject(Rule.JSON, reason(unreadable, -start));
      return true;
    }
  }

  /**
   * The reason in our own words: the parser's message can quote the record.
   *
   * @param before how many bytes the parser has read before this record
   */
  private String reason(IOException unreadable, long before) {
    int fault = input.length();
    if (unreadable instanceof JsonProcessingException failure && failure.getLocation() != null) {
      fault = (int) (failure.getLocation().getByteOffset() - before);
    }
    String position = input.describe(fault);
    if (unreadable instanceof StreamConstraintsException) {
      return RejectReasons.beyondLimits(position);
    }
    return unreadable instanceof JsonEOFException || fault >= input.length()
        ? RejectReasons.truncated(position)
        : RejectReasons.invalid(position);
  }
}
