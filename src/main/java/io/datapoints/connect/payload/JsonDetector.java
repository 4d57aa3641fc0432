package io.datapoints.connect.payload;

import java.nio.ByteBuffer;

/** Recognises JSON by its first characters, and finds where it begins. */
public final class JsonDetector {

  private static final char MARK = '\uFEFF';
  private static final int MARK_BYTES = 3;

  private JsonDetector() {}

  /**
   * Whether a text or bytes may be a JSON object or array: they begin like one, or are gzip data,
   * which may hold one.
   */
  public static boolean mayBeJson(Object value) {
    if (value instanceof String text) {
      int at = !text.isEmpty() && text.charAt(0) == MARK ? 1 : 0;
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
      return at < text.length() && opens(text.charAt(at));
    }
    ByteBuffer bytes =
        value instanceof byte[] array ? ByteBuffer.wrap(array) : ((ByteBuffer) value).slice();
    int length = bytes.limit();
    if (length >= 2 && GzipDecoder.isMagic(bytes.get(0), bytes.get(1))) {
      return true;
    }
    boolean marked = length >= MARK_BYTES && isMark(bytes.get(0), bytes.get(1), bytes.get(2));
    int at = marked ? MARK_BYTES : 0;
    while (at < length && isBlank((char) bytes.get(at))) {
      at++;
    }
    return at < length && opens((char) bytes.get(at));
  }

  /** How many bytes before the JSON are a byte order mark. */
  static int markLength(byte[] bytes, int offset, int length) {
    boolean marked =
        length >= MARK_BYTES && isMark(bytes[offset], bytes[offset + 1], bytes[offset + 2]);
    return marked ? MARK_BYTES : 0;
  }

  /** The mark in UTF-8. */
  private static boolean isMark(byte first, byte second, byte third) {
    return first == (byte) 0xEF && second == (byte) 0xBB && third == (byte) 0xBF;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private static boolean opens(char c) {
    return c == '{' || c == '[';
  }
}
