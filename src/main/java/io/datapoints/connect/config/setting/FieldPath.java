package io.datapoints.connect.config.setting;

import java.util.List;

/** The names that lead to a field, from the record's top level down. */
public final class FieldPath {

  private static final int MAX_DEPTH = 32;

  private FieldPath() {}

  /**
   * Splits a path at its dots.
   *
   * @throws IllegalArgumentException with the reason when a name between dots is empty
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
