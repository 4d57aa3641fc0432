package io.datapoints.connect.mapping.parser;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that was probably meant by an unknown one. */
public final class NearestName {

  /** A longer name is not a typing error, and would take long to compare. */
  private static final int MAX_CHARS = 512;

  private NearestName() {}

  /**
   * The known name with the fewest edits, if they are at most half as many as the longer name has
   * characters.
   */
  public static Optional<String> to(String name, Collection<String> known) {
    if (name.length() > MAX_CHARS) {
      return Optional.empty();
    }
    return known.stream()
        .min(
            Comparator.comparingInt((String each) -> edits(name, each)).thenComparing(each -> each))
        .filter(each -> edits(name, each) <= Math.max(name.length(), each.length()) / 2);
  }

  /** Levenshtein distance, one row of the table at a time. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
