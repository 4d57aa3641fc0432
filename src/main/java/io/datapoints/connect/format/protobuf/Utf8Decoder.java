package io.datapoints.connect.format.protobuf;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes texts into an array that it keeps, so that a text costs no object. For one thread. */
public final class Utf8Decoder {

  private static final int INITIAL_CHARS = 1_024;

  /** A larger array is given back with the next text. */
  private static final int RETAINED_CHARS = 65_536;

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private char[] chars = new char[INITIAL_CHARS];

  /** The characters of the last text, from the first on. */
  public char[] chars() {
    return chars;
  }

  /**
   * Decodes a text.
   *
   * @return how many characters it has, negative if the bytes are not UTF-8
   */
  public int decode(byte[] bytes, long span) {
    int start = Span.start(span);
    int size = Span.length(span);
    if (size > chars.length || chars.length > RETAINED_CHARS) {
      chars = new char[Math.max(size, INITIAL_CHARS)];
    }
    char[] target = chars;
    for (int i = 0; i < size; i++) {
      byte ascii = bytes[start + i];
      if (ascii < 0) {
        return decodeRest(bytes, start + i, size - i, i);
      }
      target[i] = (char) ascii;
    }
    return size;
  }

  private int decodeRest(byte[] bytes, int start, int size, int decoded) {
    CharBuffer target = CharBuffer.wrap(chars, decoded, chars.length - decoded);
    boolean sound =
        !decoder.reset().decode(ByteBuffer.wrap(bytes, start, size), target, true).isError();
    return sound ? target.position() : -1;
  }

  /** The text as a string, or null if the bytes are not UTF-8. */
  public @Nullable String string(byte[] bytes, long span) {
    int size = decode(bytes, span);
    return size < 0 ? null : new String(chars, 0, size);
  }
}
