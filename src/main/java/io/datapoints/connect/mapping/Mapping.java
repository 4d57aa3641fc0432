package io.datapoints.connect.mapping;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a record goes where in one table or collection.
 *
 * @param assignments in the order in which they were written
 * @param rest null unless all other fields go to the columns of their names
 */
public record Mapping(List<Assignment> assignments, @Nullable Rest rest) {

  /**
   * {@code * = value except (a, b)}: all fields of this value go to the columns of their names,
   * unless an assignment writes that column.
   *
   * @param source a path to an object
   * @param except the fields that do not
   */
  public record Rest(Expression source, Set<String> except) {}
}
