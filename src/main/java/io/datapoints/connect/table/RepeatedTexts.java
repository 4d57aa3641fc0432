package io.datapoints.connect.table;

import org.jspecify.annotations.Nullable;

/**
 * Short texts that were read lately, so that the names, addresses and states that record after
 * record repeats are one object each. A place holds the last text of its hash: texts that collide
 * take turns and gain nothing. Confined to the task thread.
 */
final class RepeatedTexts {

  private static final int PLACES = 1 << 16;

  /** Longer texts rarely come back. This bounds the memory, about 8 MB of usual ones. */
  static final int MAX_CHARS = 64;

  private final @Nullable String[] places = new String[PLACES];

  /** These characters as a text. */
  String of(char[] chars, int offset, int length) {
    if (length > MAX_CHARS) {
      return new String(chars, offset, length);
    }
    int place = hash(chars, offset, length) >>> (Integer.SIZE - 16);
    String known = places[place];
    if (known != null && equals(known, chars, offset, length)) {
      return known;
    }
    String text = new String(chars, offset, length);
    places[place] = text;
    return text;
  }

  private static int hash(char[] chars, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + chars[i];
    }
    return hash * 0x9E37_79B9;
  }

  private static boolean equals(String text, char[] chars, int offset, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != chars[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
