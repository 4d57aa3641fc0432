package io.datapoints.connect.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds misspelt settings: Connect itself passes over names it does not know, and a limit that is
 * silently not in force is worse than one that is refused.
 */
final class UnknownSettings {

  /** What belongs to the connectors of this project; everything else is Connect's. */
  private static final List<String> PREFIXES =
      List.of(
          "layout",
          "batch.",
          "linger.",
          "buffer.",
          "max.in.flight.",
          "flush.",
          "retry.",
          "validation.",
          "timestamp.",
          "behavior.",
          "cassandra.",
          "mongodb.",
          "kairosdb.",
          "flows.");

  private UnknownSettings() {}

  /** Objects to each name under our prefixes that is not known. */
  static void review(Set<String> given, Set<String> known, Review review) {
    for (String key : given) {
      if (DriverOptions.covers(key)) {
        DriverOptions.review(key, review);
      } else if (!known.contains(key) && PREFIXES.stream().anyMatch(key::startsWith)) {
        String nearest = nearest(key, known).map(name -> "; did you mean " + name + "?").orElse("");
        review.object(key, key + " is not a setting of this connector" + nearest);
      }
    }
  }

  /** The known name that takes the fewest edits, if it is more alike than not. */
  private static Optional<String> nearest(String key, Set<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String name) -> edits(key, name)).thenComparing(name -> name))
        .filter(name -> edits(key, name) <= Math.max(key.length(), name.length()) / 2);
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
