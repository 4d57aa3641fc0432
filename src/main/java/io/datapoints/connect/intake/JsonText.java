package io.datapoints.connect.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing JSON text in ASCII. What is not ASCII is escaped, so that a half of a surrogate pair,
 * which JSON can hold and UTF-8 cannot, stays what it is.
 */
final class JsonText {

  private static final int INITIAL_BYTES = 256;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  int size() {
    return size;
  }

  int capacity() {
    return bytes.length;
  }

  void clear() {
    size = 0;
  }

  /** Drops what is behind this size. */
  void cut(int newSize) {
    size = newSize;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  JsonText raw(String ascii) {
    int length = ascii.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  JsonText number(long number) {
    return raw(Long.toString(number));
  }

  /** A text with its quotes. */
  JsonText quoted(String text) {
    raw("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        reserve(1);
        bytes[size++] = (byte) c;
      } else {
        escape(c);
      }
    }
    return raw("\"");
  }

  private void escape(char c) {
    reserve(6);
    bytes[size++] = '\\';
    if (c == '"' || c == '\\') {
      bytes[size++] = (byte) c;
      return;
    }
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[c >> shift & 0xF];
    }
  }

  private void reserve(int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * size));
    }
  }
}
