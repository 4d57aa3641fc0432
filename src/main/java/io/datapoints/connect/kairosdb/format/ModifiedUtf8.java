package io.datapoints.connect.kairosdb.format;

/**
 * The modified UTF-8 of {@link java.io.DataInput}: NUL takes two bytes, and a supplementary
 * character is its two surrogates of three bytes each. Encodes straight from the string, without a
 * stream and its buffers, because it runs once a point.
 */
public final class ModifiedUtf8 {

  /** The most bytes that KairosDB's two-byte length can announce. */
  public static final int MAX_LENGTH = 65_535;

  private ModifiedUtf8() {}

  /** How many bytes a text takes, the length prefix not counted; saturates at the int's maximum. */
  public static int encodedLength(String text) {
    long length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c == 0) {
        length += c >= 0x800 ? 2 : 1;
      }
    }
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  /**
   * Writes a text, without a length, into an array that has room for {@link #encodedLength} bytes.
   *
   * @return the position after the last byte written
   */
  static int encode(String text, byte[] target, int start) {
    int position = start;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && c != 0) {
        target[position++] = (byte) c;
      } else if (c < 0x800) {
        target[position++] = (byte) (0xC0 | (c >> 6));
        target[position++] = (byte) (0x80 | (c & 0x3F));
      } else {
        target[position++] = (byte) (0xE0 | (c >> 12));
        target[position++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        target[position++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    return position;
  }
}
