package io.datapoints.connect.config.format;

/** What a text between two parts of a name may be. */
final class Separators {

  private static final int MAX_CHARS = 16;

  private Separators() {}

  static void check(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("must not be longer than " + MAX_CHARS);
    }
  }
}
