package io.datapoints.connect.mapping;

import io.datapoints.connect.mapping.Expression.Call;
import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Root;
import io.datapoints.connect.model.MappedRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a record without a value deletes or writes. It deletes, unless the mapping's
 * columns outside the key take nothing from values, and the record's key or headers fill one of
 * those columns: then the record is written like any other. Constants, functions without arguments
 * and metadata such as the offset do not count. Immutable.
 */
public final class WithoutValue {

  private final Set<String> key;
  private final int[] speaking;
  private final boolean restSpeaks;

  /**
   * @param key the paths that identify a row or document, names joined by dots
   */
  public WithoutValue(Mapping mapping, Set<String> key) {
    this.key = key;
    int[] beside =
        IntStream.range(0, mapping.assignments().size())
            .filter(i -> !isKey(mapping.assignments().get(i)))
            .toArray();
    Mapping.Rest rest = mapping.rest();
    boolean readsValue =
        (rest != null && rest.source().reads(Root.VALUE))
            || IntStream.of(beside)
                .anyMatch(i -> mapping.assignments().get(i).source().reads(Root.VALUE));
    this.restSpeaks = rest != null && !readsValue;
    this.speaking =
        readsValue
            ? new int[0]
            : IntStream.of(beside)
                .filter(i -> mapping.assignments().get(i).source().readsContent())
                .toArray();
  }

  /**
   * The fields of a key that a record without a value can never fill, since they come from the
   * value alone: such a record names no row or document.
   */
  public static List<String> neverFilled(Mapping mapping, List<String> key) {
    return key.stream().filter(field -> !canFill(mapping, field)).toList();
  }

  private static boolean canFill(Mapping mapping, String field) {
    for (Assignment assignment : mapping.assignments()) {
      if (String.join(".", assignment.path()).equals(field)) {
        return outlives(assignment.source());
      }
    }
    Mapping.Rest rest = mapping.rest();
    return rest == null || outlives(rest.source());
  }

  /** Whether an expression can have a value in a record without one. */
  private static boolean outlives(Expression source) {
    if (source instanceof Path path) {
      return path.root() != Root.VALUE;
    }
    if (source instanceof Call call) {
      return call.function() == Function.COALESCE
          ? call.arguments().stream().anyMatch(WithoutValue::outlives)
          : call.arguments().stream().allMatch(WithoutValue::outlives);
    }
    return true;
  }

  private boolean isKey(Assignment assignment) {
    return assignment.pseudo() || key.contains(String.join(".", assignment.path()));
  }

  /** Whether a record without a value is written like any other. */
  public boolean writes(MappedRecord record) {
    for (int assignment : speaking) {
      if (!MappedRecord.isNothing(record.value(assignment))) {
        return true;
      }
    }
    return restSpeaks && fillsRest(record.rest());
  }

  private boolean fillsRest(@Nullable Map<String, @Nullable Object> rest) {
    return rest != null
        && rest.entrySet().stream()
            .anyMatch(field -> field.getValue() != null && !key.contains(field.getKey()));
  }
}
