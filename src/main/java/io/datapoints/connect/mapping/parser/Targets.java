package io.datapoints.connect.mapping.parser;

import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a mapping has assigned so far, to find one that is assigned twice: as a whole,
 * or as a whole and by a field of it.
 */
final class Targets {

  /** Characters of a column's name that a message quotes; Cassandra allows no longer names. */
  private static final int MAX_SHOWN = 48;

  private final Map<List<String>, Integer> columns = new HashMap<>();

  /** The place of the first assignment below each prefix of a path. */
  private final Map<List<String>, Integer> below = new HashMap<>();

  static boolean pseudo(List<String> path) {
    return new Assignment(path, Assignment.Operation.SET, new Expression.Literal(null)).pseudo();
  }

  /**
   * Adds an assignment.
   *
   * @param column its place in the mapping, from 1
   * @throws MappingSyntaxException if the column is assigned already
   */
  void add(List<String> path, int column) {
    Integer earlier = earlier(path);
    if (earlier != null) {
      throw new MappingSyntaxException(
          column, shown(path) + " is written already, by what stands at column " + earlier);
    }
    columns.put(path, column);
    for (int names = 1; names < path.size(); names++) {
      below.putIfAbsent(path.subList(0, names), column);
    }
  }

  private @Nullable Integer earlier(List<String> path) {
    for (int names = 1; names <= path.size(); names++) {
      Integer whole = columns.get(path.subList(0, names));
      if (whole != null) {
        return whole;
      }
    }
    return below.get(path);
  }

  private static String shown(List<String> path) {
    String name = String.join(".", path);
    return name.length() <= MAX_SHOWN ? name : "this column";
  }
}
