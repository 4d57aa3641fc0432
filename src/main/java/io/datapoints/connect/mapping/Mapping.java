package io.datapoints.connect.mapping;

import io.datapoints.connect.mapping.Expression.Call;
import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Root;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a record go to which columns or fields of one table or collection.
 *
 * @param assignments in the order of the setting
 * @param rest sends all other fields to the columns of their names; null if the mapping has no
 *     {@code *}
 */
public record Mapping(List<Assignment> assignments, @Nullable Rest rest) {

  /** Whether an assignment or the rest depends on this part of a record. */
  public boolean reads(Root root) {
    return paths().anyMatch(path -> path.root() == root);
  }

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

  /** The paths that the mapping reads. */
  public Stream<Expression.Path> paths() {
    Stream<Expression.Path> assigned =
        assignments.stream().flatMap(assignment -> assignment.source().paths());
    return rest == null ? assigned : Stream.concat(assigned, rest.source().paths());
  }
}
