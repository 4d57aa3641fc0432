package io.datapoints.connect.mapping.parser;

/**
 * Splits the text of a mapping into names, numbers, quoted texts and single characters, from left
 * to right. White space between them is skipped. Used by one parser.
 */
final class MappingText {

  /** Stands for the end of the text where a character is expected. */
  static final char END = '\0';

  private final String text;
  private int position;

  MappingText(String text) {
    this.text = text;
  }

  /** The column of the next character, from 1. */
  int column() {
    skipBlanks();
    return position + 1;
  }

  /** The next character, which is not taken. */
  char peek() {
    skipBlanks();
    return at(position);
  }

  boolean ended() {
    skipBlanks();
    return position == text.length();
  }

  /** Takes this character if it comes next. */
  boolean take(char wanted) {
    if (ended() || text.charAt(position) != wanted) {
      return false;
    }
    position++;
    return true;
  }

  /** Takes this character, which must come next. */
  void expect(char wanted, String expectation) {
    if (!take(wanted)) {
      throw expected(expectation);
    }
  }

  MappingSyntaxException expected(String expectation) {
    return new MappingSyntaxException(column(), "expected " + expectation);
  }

  /** Whether a name without quotes comes next. */
  boolean atWord() {
    return startsName(peek());
  }

  /** Takes a name without quotes: letters, digits and underscores, not starting with a digit. */
  String word(String expectation) {
    if (!atWord()) {
      throw expected(expectation);
    }
    return plainName(false);
  }

  /** Takes the name of a column: quoted, or letters, digits and underscores. */
  String name(String expectation) {
    return name(expectation, false);
  }

  /** Takes the name of a field, which may have dashes after its first character as well. */
  String fieldName(String expectation) {
    return name(expectation, true);
  }

  private String name(String expectation, boolean dashes) {
    if (peek() == '"') {
      return quotedName();
    }
    if (!continuesName(peek())) {
      throw expected(expectation);
    }
    return plainName(dashes);
  }

  private String plainName(boolean dashes) {
    int start = position;
    while (continuesName(at(position)) || (dashes && at(position) == '-')) {
      position++;
    }
    return text.substring(start, position);
  }

  private String quotedName() {
    int column = column();
    String name = quoted();
    if (name.isEmpty()) {
      throw new MappingSyntaxException(column, "expected a name between the quotes");
    }
    return name;
  }

  /** Takes a text in quotes and returns its content; a doubled quote stands for one. */
  String quoted() {
    int column = column();
    char quote = at(position++);
    StringBuilder content = new StringBuilder();
    while (position < text.length()) {
      char next = text.charAt(position++);
      if (next != quote) {
        content.append(next);
      } else if (at(position) == quote) {
        content.append(quote);
        position++;
      } else {
        return content.toString();
      }
    }
    throw new MappingSyntaxException(column, "expected a closing " + quote + " for this quote");
  }

  /** Whether a number comes next. */
  boolean atNumber() {
    char next = peek();
    return isDigit(next) || (next == '-' && isDigit(at(position + 1)));
  }

  /** Takes a number as JSON writes it. */
  String number() {
    skipBlanks();
    int start = position;
    position += at(position) == '-' ? 1 : 0;
    digits();
    if (at(position) == '.') {
      position++;
      digits();
    }
    if (at(position) == 'e' || at(position) == 'E') {
      position++;
      position += at(position) == '-' || at(position) == '+' ? 1 : 0;
      digits();
    }
    if (continuesName(at(position))) {
      throw new MappingSyntaxException(position + 1, "expected the number to end here");
    }
    return text.substring(start, position);
  }

  /** Takes one digit or more, without a sign. */
  String wholeNumber() {
    skipBlanks();
    int start = position;
    digits();
    return text.substring(start, position);
  }

  private void digits() {
    if (!isDigit(at(position))) {
      throw new MappingSyntaxException(position + 1, "expected a digit");
    }
    while (isDigit(at(position))) {
      position++;
    }
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private char at(int index) {
    return index < text.length() ? text.charAt(index) : END;
  }

  private static boolean startsName(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean continuesName(char c) {
    return startsName(c) || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
