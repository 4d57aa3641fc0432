package io.datapoints.connect.mapping;

import io.datapoints.connect.model.Cells;
import io.datapoints.connect.model.InvalidValue;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping, compiled once, that is evaluated on record after record. Immutable. */
public final class MappingEvaluator {

  private final Evaluation[] evaluations;
  private final String[] targets;
  private final @Nullable Evaluation rest;
  private final Set<String> except;

  /**
   * @param slots gets the paths that the mapping needs
   * @param unit of numbers that stand for a time: seconds, milliseconds, microseconds or
   *     nanoseconds; null when only texts do
   * @param clock for {@code now()}
   */
  public MappingEvaluator(
      Mapping mapping, PathSlots slots, @Nullable ChronoUnit unit, Clock clock) {
    Compiler compiler = new Compiler(slots, new EpochTimes(unit), clock);
    this.evaluations =
        mapping.assignments().stream()
            .map(assignment -> compiler.compile(assignment.source()))
            .toArray(Evaluation[]::new);
    this.targets =
        mapping.assignments().stream()
            .map(assignment -> String.join(".", assignment.path()))
            .toArray(String[]::new);
    Mapping.Rest all = mapping.rest();
    this.rest = all == null ? null : compiler.compile(all.source());
    this.except = all == null ? Set.of() : notInRest(mapping, all);
  }

  /** The fields that {@code *} does not stand for. */
  private static Set<String> notInRest(Mapping mapping, Mapping.Rest rest) {
    Set<String> names = new HashSet<>(rest.except());
    mapping.assignments().forEach(assignment -> names.add(assignment.column()));
    return Set.copyOf(names);
  }

  /**
   * The values of the assignments, in their order.
   *
   * @param slots what stands at each path
   * @throws InvalidValue naming each column that cannot be filled, and the rule
   */
  public List<@Nullable Object> values(@Nullable Object[] slots) {
    @Nullable Object[] values = new Object[evaluations.length];
    String unfit = null;
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = evaluations[i].of(slots);
      } catch (InvalidValue e) {
        String reason = "column " + targets[i] + ": " + e.getMessage();
        unfit = unfit == null ? reason : unfit + "; " + reason;
      }
    }
    if (unfit != null) {
      throw new InvalidValue(unfit);
    }
    return Arrays.asList(values);
  }

  /**
   * The fields of the object that {@code *} stands for, without the excepted ones and those whose
   * column an assignment writes; null where the mapping has no {@code *} or the record no such
   * object. A field that is not there is missing, one that is null is null.
   *
   * @throws InvalidValue when something else than an object stands there
   */
  public @Nullable Map<String, @Nullable Object> rest(@Nullable Object[] slots) {
    Object object = rest == null ? null : rest.of(slots);
    if (object == null || Cells.isNothing(object)) {
      return null;
    }
    if (!(object instanceof Map<?, ?> map)) {
      throw new InvalidValue("* takes an object");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (name instanceof String field && !except.contains(field)) {
            fields.put(field, value);
          }
        });
    return fields;
  }
}
