package io.datapoints.connect.mapping;

import io.datapoints.connect.mapping.Expression.Call;
import io.datapoints.connect.mapping.Expression.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a record go to which columns or fields of one table or collection.
 *
 * @param assignments in the order of the setting
 * @param rest sends all other fields to the columns of their names; null if the mapping has no
 *     {@code *}
 */
public record Mapping(List<Assignment> assignments, @Nullable Rest rest) {

  /**
   * {@code * = value except (a, b)}: all fields of this value go to the columns of their names,
   * unless an assignment writes that column.
   *
   * @param source a path to an object, or a function of it
   * @param except the fields that are left out
   */
  public record Rest(Expression source, Set<String> except) {

    /** The path to the object. */
    public Path object() {
      Expression innermost = source;
      while (innermost instanceof Call call) {
        innermost = call.arguments().get(0);
      }
      return (Path) innermost;
    }
  }
}
