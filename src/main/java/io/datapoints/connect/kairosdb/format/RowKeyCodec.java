package io.datapoints.connect.kairosdb.format;

import io.datapoints.connect.model.Tags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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

  /** What a key says beside metric and row time. */
  public record TypeAndTags(String dataType, Tags tags) {}

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
   * Reads a key that {@link #encode} has made.
   *
   * @param metric that of the key: the bytes do not say where it ends
   */
  public static TypeAndTags decode(byte[] key, String metric) {
    int type = metric.getBytes(StandardCharsets.UTF_8).length + 1 + Long.BYTES + 2;
    int tags = type + key[type - 1];
    return new TypeAndTags(
        new String(key, type, tags - type, StandardCharsets.UTF_8),
        tags(new String(key, tags, key.length - tags, StandardCharsets.UTF_8)));
  }

  private static Tags tags(String text) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int position = 0;
    while (position < text.length()) {
      position = readEscaped(text, position, ESCAPE_IN_NAME, END_OF_NAME, part);
      names.add(part.toString());
      position = readEscaped(text, position, ESCAPE_IN_VALUE, END_OF_VALUE, part);
      values.add(part.toString());
    }
    return Tags.ofSorted(names.toArray(String[]::new), values.toArray(String[]::new));
  }

  /** Reads a text up to its end character; returns the position after that. */
  private static int readEscaped(
      String text, int start, char escape, char end, StringBuilder target) {
    target.setLength(0);
    int position = start;
    while (text.charAt(position) != end) {
      if (text.charAt(position) == escape) {
        position++;
      }
      target.append(text.charAt(position++));
    }
    return position + 1;
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
    if (text.indexOf(':') < 0 && text.indexOf('=') < 0) {
      target.append(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' || c == '=') {
        target.append(escape);
      }
      target.append(c);
    }
  }
}
