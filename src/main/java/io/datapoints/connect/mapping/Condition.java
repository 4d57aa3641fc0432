package io.datapoints.connect.mapping;

import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.WrittenValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records a mapping is for: those of which all tests of an alternative hold. A record of
 * another kind is no bad one.
 *
 * @param alternatives each the tests that hold together
 */
public record Condition(List<List<Test>> alternatives) {

  /**
   * A test of the value at a path.
   *
   * @param path where the value is
   * @param values the texts of which the value is one; empty if it only has to be there
   * @param negated whether the value must not be one of these
   */
  public record Test(Path path, Set<String> values, boolean negated) {

    private boolean holds(@Nullable Object value) {
      if (values.isEmpty()) {
        return isThere(value);
      }
      String text = text(value);
      return (text != null && values.contains(text)) != negated;
    }

    private static boolean isThere(@Nullable Object value) {
      return !MappedRecord.isNothing(value) && !(value instanceof InvalidValue);
    }

    /** The text of a single value; null of anything else. */
    private static @Nullable String text(@Nullable Object value) {
      if (value instanceof String text) {
        return text;
      }
      if (value instanceof WrittenValue known) {
        return known.text();
      }
      return value instanceof Number || value instanceof Boolean ? value.toString() : null;
    }
  }

  /** A condition that is compiled once and tested on each record. */
  public interface Compiled {

    /**
     * Whether the record is of this kind.
     *
     * @param slots the value at each path
     */
    boolean holds(@Nullable Object[] slots);
  }

  private record Compared(Test test, int slot) {

    boolean holds(@Nullable Object[] slots) {
      return test.holds(slots[slot]);
    }
  }

  /**
   * Compiles the condition.
   *
   * @param slots receives the paths that it reads
   */
  public Compiled compile(PathSlots slots) {
    Compared[][] compared =
        alternatives.stream()
            .map(
                tests ->
                    tests.stream()
                        .map(test -> new Compared(test, slots.slot(test.path())))
                        .toArray(Compared[]::new))
            .toArray(Compared[][]::new);
    return values -> {
      for (Compared[] tests : compared) {
        if (all(tests, values)) {
          return true;
        }
      }
      return false;
    };
  }

  private static boolean all(Compared[] tests, @Nullable Object[] slots) {
    for (Compared test : tests) {
      if (!test.holds(slots)) {
        return false;
      }
    }
    return true;
  }
}
