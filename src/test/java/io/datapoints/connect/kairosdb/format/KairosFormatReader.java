package io.datapoints.connect.kairosdb.format;

import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.BinaryValue;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.model.Value.StringValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads what the codecs write, as KairosDB reads it. */
public final class KairosFormatReader {

  private static final int LONGEST_VARINT = 10;

  private KairosFormatReader() {}

  /**
   * What a row key says.
   *
   * @param metric the metric's name
   * @param rowTime milliseconds since the epoch
   * @param dataType KairosDB's name of the data type
   * @param tags the tags
   */
  public record RowKey(String metric, long rowTime, String dataType, Tags tags) {}

  /**
   * What the key says. The metric ends at the first NUL, so a metric whose name contains one is not
   * read back; KairosDB rebuilds keys from its index tables and does not read them.
   *
   * @throws IllegalArgumentException when the bytes are not a row key
   */
  public static RowKey rowKey(byte[] key) {
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
    return new RowKey(
        text(key, 0, endOfMetric),
        ByteBuffer.wrap(key).getLong(endOfMetric + 1),
        text(key, startOfType, endOfType),
        parseTags(text(key, endOfType, key.length)));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static Tags parseTags(String text) {
    Map<String, String> tags = new HashMap<>();
    StringBuilder part = new StringBuilder();
    int position = 0;
    while (position < text.length()) {
      position = readUntil(text, position, ':', '=', part);
      String name = part.toString();
      position = readUntil(text, position, '=', ':', part);
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

  /**
   * The timestamp that KairosDB reads from a row time and a column: the one that was written, less
   * what {@link ColumnUnit#SECONDS} cuts off.
   */
  public static long timestamp(RowLayout layout, long rowTime, int column) {
    return switch (layout.unit()) {
      case MILLISECONDS -> rowTime + column;
      case SECONDS -> rowTime + column * 1000L;
      case LEGACY -> rowTime + (column >>> 1);
    };
  }

  /**
   * The value that KairosDB would read.
   *
   * @throws IllegalArgumentException for an unknown data type, or bytes that are not of its format
   */
  public static Value value(String dataType, byte[] bytes) {
    return switch (dataType) {
      case KairosNames.LONG_TYPE -> new LongValue(decodeLong(bytes));
      case KairosNames.DOUBLE_TYPE -> {
        requireLength(dataType, bytes, Double.BYTES);
        yield new DoubleValue(ByteBuffer.wrap(bytes).getDouble());
      }
      case KairosNames.STRING_TYPE -> new StringValue(decodeString(bytes));
      case KairosNames.COMPLEX_TYPE -> {
        requireLength(dataType, bytes, 2 * Double.BYTES);
        ByteBuffer parts = ByteBuffer.wrap(bytes);
        yield new ComplexValue(parts.getDouble(), parts.getDouble());
      }
      case KairosNames.BINARY_TYPE -> new BinaryValue(bytes);
      default -> throw new IllegalArgumentException("unknown data type " + dataType);
    };
  }

  private static long decodeLong(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > LONGEST_VARINT || bytes[bytes.length - 1] < 0) {
      throw new IllegalArgumentException("not one whole varint: " + bytes.length + " bytes");
    }
    long zigzag = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (i < bytes.length - 1 && bytes[i] >= 0) {
        throw new IllegalArgumentException("varint ends before the value does, at byte " + i);
      }
      zigzag |= (bytes[i] & 0x7FL) << (7 * i);
    }
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  private static String decodeString(byte[] bytes) {
    if (bytes.length < Short.BYTES
        || bytes.length - Short.BYTES != Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort())) {
      throw new IllegalArgumentException("text does not have the length that it announces");
    }
    return modifiedUtf8(bytes, Short.BYTES);
  }

  private static void requireLength(String dataType, byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(
          dataType + " has " + length + " bytes, not " + bytes.length);
    }
  }

  static String modifiedUtf8(byte[] source, int start) {
    StringBuilder text = new StringBuilder(source.length - start);
    int position = start;
    while (position < source.length) {
      int first = source[position++] & 0xFF;
      if (first < 0x80) {
        text.append((char) first);
      } else if (first >> 5 == 0b110) {
        text.append((char) (((first & 0x1F) << 6) | continuation(source, position++)));
      } else if (first >> 4 == 0b1110) {
        int high = ((first & 0x0F) << 12) | (continuation(source, position++) << 6);
        text.append((char) (high | continuation(source, position++)));
      } else {
        throw malformed(position - 1);
      }
    }
    return text.toString();
  }

  private static int continuation(byte[] source, int position) {
    if (position >= source.length || (source[position] & 0xC0) != 0x80) {
      throw malformed(position);
    }
    return source[position] & 0x3F;
  }

  private static IllegalArgumentException malformed(int position) {
    return new IllegalArgumentException("not modified UTF-8 at byte " + position);
  }
}
