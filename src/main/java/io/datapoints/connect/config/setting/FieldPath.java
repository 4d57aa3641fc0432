package io.datapoints.connect.config.setting;

import java.util.List;

/** Parses the path of a field: the names from the top level of a record down to the field. */
public final class FieldPath {

  private static final int MAX_DEPTH = 32;

  private FieldPath() {}

  /**
   * Splits a path at its dots.
   *
   * @throws IllegalArgumentException with the reason if a name is empty or there are too many names
   */
  public static List<String> parse(String path) {
    List<String> names = List.of(path.split("\\.", -1));
    if (names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "must be field names separated by dots, none of them empty");
    }
    if (names.size() > MAX_DEPTH) {
      throw new IllegalArgumentException("must not be deeper than " + MAX_DEPTH + " levels");
    }
    return names;
  }
}
