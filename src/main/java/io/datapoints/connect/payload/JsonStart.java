package io.datapoints.connect.payload;

import java.nio.ByteBuffer;

/** Tells JSON objects and arrays from other texts and bytes by how they start. */
public final class JsonStart {

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private JsonStart() {}

  /** Whether a text, or bytes, can be an object or an array, or gzip data, which may hold one. */
  public static boolean recognised(Object value) {
    if (value instanceof String text) {
      int at = text.startsWith("\uFEFF") ? 1 : 0;
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
      return at < text.length() && opens(text.charAt(at));
    }
    ByteBuffer bytes =
        value instanceof byte[] array ? ByteBuffer.wrap(array) : ((ByteBuffer) value).slice();
    if (bytes.remaining() >= 2 && bytes.get(0) == (byte) 0x1f && bytes.get(1) == (byte) 0x8b) {
      return true;
    }
    int at = startsWithMark(bytes) ? MARK.length : 0;
    while (at < bytes.limit() && isBlank((char) bytes.get(at))) {
      at++;
    }
    return at < bytes.limit() && opens((char) bytes.get(at));
  }

  private static boolean startsWithMark(ByteBuffer bytes) {
    for (int i = 0; i < MARK.length; i++) {
      if (i >= bytes.limit() || bytes.get(i) != MARK[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private static boolean opens(char c) {
    return c == '{' || c == '[';
  }
}
