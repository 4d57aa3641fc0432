package io.datapoints.connect.mapping.parser;

/**
 * A mapping that is not written as the language wants it. The message gives the column of the
 * mistake, in characters from 1, and what was expected there; of the text it repeats at most a
 * name.
 */
public final class MappingSyntaxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final int column;

  /**
   * @param column of the first character that is wrong, from 1
   * @param problem what was expected, or which rule is broken
   */
  MappingSyntaxException(int column, String problem) {
    super("column " + column + ": " + problem);
    this.column = column;
  }

  /** Where the mistake is, in characters from 1. */
  public int column() {
    return column;
  }
}
