package io.datapoints.connect.kairosdb.raw;

import java.util.Arrays;

/**
 * The characters of all texts of a metric, one after another, so that reading creates no strings.
 * Shared by the metric's columns, used by one thread.
 */
final class RawText {

  private static final int INITIAL_CHARS = 1_024;

  /** {@link #clear} releases an array of more characters, which a huge metric needed. */
  private static final int RETAINED_CHARS = 65_536;

  private char[] chars = new char[INITIAL_CHARS];
  private int size;

  /** Appends these characters and returns where they start. */
  int append(char[] source, int offset, int length) {
    int start = reserve(length);
    System.arraycopy(source, offset, chars, start, length);
    return start;
  }

  /** Appends this text and returns where it starts. */
  int append(String text) {
    int start = reserve(text.length());
    text.getChars(0, text.length(), chars, start);
    return start;
  }

  private int reserve(int length) {
    int start = size;
    int end = Math.addExact(start, length);
    if (end > chars.length) {
      chars = Arrays.copyOf(chars, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, 2L * end)));
    }
    size = end;
    return start;
  }

  /** Drops every text, for the next metric. */
  void clear() {
    size = 0;
    if (chars.length > RETAINED_CHARS) {
      chars = new char[INITIAL_CHARS];
    }
  }

  char at(int position) {
    return chars[position];
  }

  String string(int start, int end) {
    return new String(chars, start, end - start);
  }

  boolean equals(int start, int end, String other) {
    if (end - start != other.length()) {
      return false;
    }
    for (int i = 0; i < other.length(); i++) {
      if (chars[start + i] != other.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean equals(int start, int end, char[] other, int otherStart, int otherEnd) {
    return Arrays.equals(chars, start, end, other, otherStart, otherEnd);
  }

  void copy(int start, int end, char[] target, int targetStart) {
    System.arraycopy(chars, start, target, targetStart, end - start);
  }

  /**
   * Adds these characters to a hash, four at a time: one multiplication for each character would be
   * the longest chain of dependent instructions in reading a record.
   */
  long hash(int start, int end, long seed) {
    long hash = seed + (end - start);
    int i = start;
    for (; i + 4 <= end; i += 4) {
      long four =
          chars[i]
              | (long) chars[i + 1] << 16
              | (long) chars[i + 2] << 32
              | (long) chars[i + 3] << 48;
      hash = mix(hash ^ four);
    }
    long rest = 0;
    for (; i < end; i++) {
      rest = rest << 16 | chars[i];
    }
    return mix(hash ^ rest);
  }

  private static long mix(long bits) {
    long product = bits * 0x9E37_79B9_7F4A_7C15L;
    return product ^ product >>> 32;
  }
}
