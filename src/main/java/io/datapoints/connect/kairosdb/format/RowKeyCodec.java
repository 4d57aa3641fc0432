package io.datapoints.connect.kairosdb.format;

import io.datapoints.connect.model.Tags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The key of a row of {@code data_points}, to the byte as KairosDB builds it:
 *
 * <pre>
 * utf8(metric) 00 int64be(row time) 00 byte(length of type) utf8(type) utf8(tags)
 * </pre>
 *
 * The tags are {@code name=value:} one after the other in the order of {@link Tags}. In a name, a
 * {@code :} stands before each {@code :} and {@code =}; in a value, a {@code =} does.
 *
 * <p>An unpaired surrogate becomes {@code ?}, as it does in KairosDB.
 */
public final class RowKeyCodec {

  private static final char END_OF_NAME = '=';
  private static final char END_OF_VALUE = ':';
  private static final char ESCAPE_IN_NAME = ':';
  private static final char ESCAPE_IN_VALUE = '=';

  /** KairosDB reads the length of the type as a signed byte. */
  private static final int LONGEST_TYPE = Byte.MAX_VALUE;

  private RowKeyCodec() {}

  /**
   * What a row key says.
   *
   * @param metric the metric's name
   * @param rowTime milliseconds since the epoch
   * @param dataType KairosDB's name of the data type
   * @param tags the tags
   */
  public record Decoded(String metric, long rowTime, String dataType, Tags tags) {}

  /**
   * The row key as bytes.
   *
   * @throws IllegalArgumentException for a data type without a name, or with one of more than 127
   *     bytes
   */
  public static byte[] encode(String metric, long rowTime, String dataType, Tags tags) {
    byte[] name = metric.getBytes(StandardCharsets.UTF_8);
    byte[] type = dataType.getBytes(StandardCharsets.UTF_8);
    byte[] tagBytes = tagString(tags).getBytes(StandardCharsets.UTF_8);
    if (type.length == 0 || type.length > LONGEST_TYPE) {
      throw new IllegalArgumentException(
          "the name of a data type has 1 to " + LONGEST_TYPE + " bytes, not " + type.length);
    }
    byte[] key = new byte[name.length + 1 + Long.BYTES + 2 + type.length + tagBytes.length];
    ByteBuffer.wrap(key)
        .put(name)
        .put((byte) 0)
        .putLong(rowTime)
        .put((byte) 0)
        .put((byte) type.length)
        .put(type)
        .put(tagBytes);
    return key;
  }

  /**
   * What the key says. The metric ends at the first NUL, so a metric whose name contains one is not
   * read back; KairosDB rebuilds keys from its index tables and does not read them.
   *
   * @throws IllegalArgumentException when the bytes are not a row key
   */
  public static Decoded decode(byte[] key) {
    int endOfMetric = 0;
    while (endOfMetric < key.length && key[endOfMetric] != 0) {
      endOfMetric++;
    }
    int startOfType = endOfMetric + 1 + Long.BYTES + 2;
    if (startOfType > key.length || key[startOfType - 2] != 0) {
      throw new IllegalArgumentException("row key has no data type");
    }
    int endOfType = startOfType + key[startOfType - 1];
    if (endOfType < startOfType || endOfType > key.length) {
      throw new IllegalArgumentException("row key ends within its data type");
    }
    return new Decoded(
        text(key, 0, endOfMetric),
        ByteBuffer.wrap(key).getLong(endOfMetric + 1),
        text(key, startOfType, endOfType),
        parseTags(text(key, endOfType, key.length)));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static String tagString(Tags tags) {
    StringBuilder text = new StringBuilder(32 * tags.size());
    for (int i = 0; i < tags.size(); i++) {
      appendEscaped(text, tags.name(i), ESCAPE_IN_NAME);
      text.append(END_OF_NAME);
      appendEscaped(text, tags.value(i), ESCAPE_IN_VALUE);
      text.append(END_OF_VALUE);
    }
    return text.toString();
  }

  private static void appendEscaped(StringBuilder target, String text, char escape) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' || c == '=') {
        target.append(escape);
      }
      target.append(c);
    }
  }

  private static Tags parseTags(String text) {
    Map<String, String> tags = new HashMap<>();
    StringBuilder part = new StringBuilder();
    int position = 0;
    while (position < text.length()) {
      position = readUntil(text, position, ESCAPE_IN_NAME, END_OF_NAME, part);
      String name = part.toString();
      position = readUntil(text, position, ESCAPE_IN_VALUE, END_OF_VALUE, part);
      if (tags.put(name, part.toString()) != null) {
        throw new IllegalArgumentException("row key has a tag twice");
      }
    }
    return Tags.of(tags);
  }

  /** Reads an escaped text into {@code part}; returns the position after its end character. */
  private static int readUntil(String text, int start, char escape, char end, StringBuilder part) {
    part.setLength(0);
    int position = start;
    while (position < text.length() && text.charAt(position) != end) {
      if (text.charAt(position) == escape) {
        position++;
      }
      if (position < text.length()) {
        part.append(text.charAt(position++));
      }
    }
    if (position >= text.length()) {
      throw new IllegalArgumentException("row key ends within a tag");
    }
    return position + 1;
  }
}
