package io.datapoints.connect.store.mongodb.bson;

/** What BSON asks of a text: that it is valid UTF-8. */
public final class Utf8 {

  /** Stands for a text with half of a surrogate pair, which UTF-8 cannot express. */
  public static final int INVALID = -1;

  private Utf8() {}

  /** The encoded length, or {@link #INVALID}. */
  public static int length(String text) {
    int chars = text.length();
    int bytes = chars;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x800) {
        bytes += 2;
        if (Character.isSurrogate(c)) {
          if (!Character.isHighSurrogate(c)
              || i + 1 == chars
              || !Character.isLowSurrogate(text.charAt(i + 1))) {
            return INVALID;
          }
          // Four bytes for two chars; the low one is counted as one already.
          i++;
        }
      } else if (c >= 0x80) {
        bytes++;
      }
    }
    return bytes;
  }
}
