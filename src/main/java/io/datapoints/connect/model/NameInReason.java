package io.datapoints.connect.model;

import java.util.Locale;

/** Names of fields and tags of a record, as the reason for its rejection shows them. */
public final class NameInReason {

  public static final int MAX_CHARS = 256;

  private NameInReason() {}

  /** The name, cut and printable. */
  public static String of(String name) {
    return printable(name.length() <= MAX_CHARS ? name : name.substring(0, MAX_CHARS) + "...");
  }

  /**
   * The text with {@code \\u} escapes for control and format characters, line separators and
   * unpaired surrogates, so that it stays on its line of a log and hides nothing.
   */
  public static String printable(String text) {
    return text.codePoints().allMatch(NameInReason::isPrintable) ? text : escaped(text);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(2 * text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isPrintable(c)) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return escaped.toString();
  }

  private static boolean isPrintable(int codePoint) {
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
