package io.datapoints.connect.kairosdb.format;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.BinaryValue;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.model.Value.StringValue;

/**
 * The bytes of a value in {@code data_points}.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><td>kairos_long</td><td>zigzag, then base-128 groups, lowest first: 1 to 10 bytes</td></tr>
 * <tr><td>kairos_double</td><td>8 bytes, big endian, every NaN the canonical one</td></tr>
 * <tr><td>kairos_string</td><td>uint16 length, big endian, then modified UTF-8</td></tr>
 * <tr><td>kairos_complex</td><td>real, then imaginary part as doubles</td></tr>
 * <tr><td>kairos_binary</td><td>the bytes themselves</td></tr>
 * </table>
 *
 * <p>Encoding runs once a point and allocates the result and nothing else.
 */
public final class ValueCodec {

  private ValueCodec() {}

  /** KairosDB's name of the data type, which is part of the row key. */
  public static String dataType(Value value) {
    if (value instanceof DoubleValue) {
      return KairosNames.DOUBLE_TYPE;
    } else if (value instanceof LongValue) {
      return KairosNames.LONG_TYPE;
    } else if (value instanceof StringValue) {
      return KairosNames.STRING_TYPE;
    } else if (value instanceof ComplexValue) {
      return KairosNames.COMPLEX_TYPE;
    }
    return KairosNames.BINARY_TYPE;
  }

  /**
   * The value's bytes, in an array that has no room to spare. For a {@link BinaryValue} it is the
   * value's own array, which must not be changed.
   *
   * @throws InvalidValue for a text of more than {@link ModifiedUtf8#MAX_LENGTH} bytes
   */
  public static byte[] encode(Value value) {
    if (value instanceof DoubleValue number) {
      byte[] bytes = new byte[Double.BYTES];
      putDouble(number.value(), bytes, 0);
      return bytes;
    } else if (value instanceof LongValue number) {
      return encodeLong(number.value());
    } else if (value instanceof StringValue text) {
      return encodeString(text.value());
    } else if (value instanceof ComplexValue number) {
      byte[] bytes = new byte[2 * Double.BYTES];
      putDouble(number.real(), bytes, 0);
      putDouble(number.imaginary(), bytes, Double.BYTES);
      return bytes;
    }
    return ((BinaryValue) value).value();
  }

  private static byte[] encodeLong(long value) {
    long rest = (value << 1) ^ (value >> 63);
    // 7 bits a byte: (bits + 6) / 7 groups, and one for zero.
    byte[] bytes = new byte[Math.max(1, (70 - Long.numberOfLeadingZeros(rest)) / 7)];
    int last = bytes.length - 1;
    for (int i = 0; i < last; i++) {
      bytes[i] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[last] = (byte) rest;
    return bytes;
  }

  private static byte[] encodeString(String text) {
    int length = ModifiedUtf8.encodedLength(text);
    if (length > ModifiedUtf8.MAX_LENGTH) {
      throw new InvalidValue(
          "text of " + length + " bytes; at most " + ModifiedUtf8.MAX_LENGTH + " can be stored");
    }
    byte[] bytes = new byte[Short.BYTES + length];
    bytes[0] = (byte) (length >> 8);
    bytes[1] = (byte) length;
    ModifiedUtf8.encode(text, bytes, Short.BYTES);
    return bytes;
  }

  private static void putDouble(double value, byte[] target, int start) {
    long bits = Double.doubleToLongBits(value);
    for (int i = 0; i < Double.BYTES; i++) {
      target[start + i] = (byte) (bits >>> (8 * (Double.BYTES - 1 - i)));
    }
  }
}
