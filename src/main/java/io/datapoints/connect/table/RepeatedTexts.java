package io.datapoints.connect.table;

import org.jspecify.annotations.Nullable;

/**
 * Caches short texts, so that repeated names, addresses and states are one object each. A slot
 * holds the last text of its hash: texts that collide evict each other. Confined to the task
 * thread.
 */
final class RepeatedTexts {

  private static final int BITS = 16;
  private static final int PLACES = 1 << BITS;
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  /** Longer texts rarely repeat. The limit bounds the memory: about 8 MB with typical texts. */
  static final int MAX_CHARS = 64;

  private final @Nullable String[] places = new String[PLACES];

  /** These characters as a text. */
  String of(char[] chars, int offset, int length) {
    if (length > MAX_CHARS) {
      return new String(chars, offset, length);
    }
    int place = hash(chars, offset, length) >>> (Integer.SIZE - BITS);
    String known = places[place];
    if (known != null && equals(known, chars, offset, length)) {
      return known;
    }
    String text = new String(chars, offset, length);
    places[place] = text;
    return text;
  }

  private static int hash(char[] chars, int offset, int length) {
    long hash = length;
    int i = offset;
    int end = offset + length;
    // Four at a time: one multiplication per char would be a long chain of dependent ones.
    for (; i + 4 <= end; i += 4) {
      hash =
          (hash ^ chars[i] ^ chars[i + 1] << 8 ^ chars[i + 2] << 16 ^ (long) chars[i + 3] << 24)
              * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    for (; i < end; i++) {
      hash = (hash ^ chars[i]) * MULTIPLIER;
    }
    return (int) (hash >>> 32);
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
