package io.datapoints.connect.kairosdb.format;

import io.datapoints.connect.model.Tags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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
