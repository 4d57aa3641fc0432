package io.datapoints.connect.mapping.parser;

/**
 * A syntax error in a mapping. The message gives the column of the error, in characters from 1, and
 * what was expected there; it quotes no more of the mapping than a name.
 */
public final class MappingSyntaxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final int column;

  /**
   * @param column column of the first wrong character, from 1
   * @param problem what was expected, or which rule is broken
   */
  MappingSyntaxException(int column, String problem) {
    super("column " + column + ": " + problem);
    this.column = column;
  }

  /** The column of the error, in characters from 1. */
  public int column() {
    return column;
  }
}
