package io.datapoints.connect.kairosdb;

import java.util.Locale;

/**
 * Names of the payload as a reason may show them: on one line of a log and without a way to hide
 * from its reader. What is not seen as itself is shown as its escape.
 */
final class Printable {

  private Printable() {}

  /**
   * The text with {@code \\u} escapes for control and format characters, separators of lines, and
   * halves of surrogate pairs.
   */
  static String of(String text) {
    return text.codePoints().allMatch(Printable::isSeen) ? text : escaped(text);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(2 * text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isSeen(c)) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return escaped.toString();
  }

  private static boolean isSeen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
