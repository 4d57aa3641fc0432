package io.datapoints.connect.mapping;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A mapping that is compiled once and evaluated on each record. Immutable. */
public final class MappingEvaluator {

  private final Evaluation[] evaluations;
  private final String[] labels;

  /** The problem to report for a missing value; null if the value may be missing. */
  private final @Nullable InvalidValue[] missing;

  private final @Nullable Evaluation rest;
  private final Set<String> except;

  /**
   * @param labels the first words of a reason about an assignment, one for each
   * @param slots receives the paths that the mapping reads
   * @param times how numbers and texts are read as times
   * @param clock for {@code now()}
   */
  public MappingEvaluator(
      Mapping mapping, List<String> labels, PathSlots slots, Times times, Clock clock) {
    Compiler compiler = new Compiler(slots, times, clock);
    this.evaluations =
        mapping.assignments().stream()
            .map(assignment -> compiler.compile(assignment.source()))
            .toArray(Evaluation[]::new);
    this.labels = labels.toArray(String[]::new);
    this.missing =
        mapping.assignments().stream()
            .map(assignment -> Function.ruleOfAbsence(assignment.source()))
            .map(rule -> rule == null ? null : new InvalidValue(rule, "is missing or null"))
            .toArray(InvalidValue[]::new);
    Mapping.Rest all = mapping.rest();
    this.rest = all == null ? null : compiler.compile(Compiler.content(all.source()));
    this.except = all == null ? Set.of() : notInRest(mapping, all);
  }

  /** The fields that {@code *} does not cover. */
  private static Set<String> notInRest(Mapping mapping, Mapping.Rest rest) {
    Set<String> names = new HashSet<>(rest.except());
    mapping.assignments().forEach(assignment -> names.add(assignment.column()));
    return Set.copyOf(names);
  }

  /**
   * The values of the assignments, in their order.
   *
   * @param slots the value at each path
   * @param deletion whether the record has no value, so that no value of it is required
   * @param problems receives the problem of each invalid value
   */
  public @Nullable Object[] values(
      @Nullable Object[] slots, boolean deletion, List<InvalidValue> problems) {
    @Nullable Object[] values = new Object[evaluations.length];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = evaluations[i].of(slots);
        if (values[i] instanceof InvalidValue unreadable) {
          throw unreadable;
        }
        InvalidValue absence = missing[i];
        if (absence != null && !deletion && MappedRecord.isNothing(values[i])) {
          throw absence;
        }
      } catch (InvalidValue e) {
        note(e.within(labels[i]), problems);
      }
    }
    return values;
  }

  /** Reports a problem once: two columns may come from the same value. */
  private static void note(InvalidValue problem, List<InvalidValue> problems) {
    for (InvalidValue earlier : problems) {
      if (problem.repeats(earlier)) {
        return;
      }
    }
    problems.add(problem);
  }

  /**
   * The fields of the object that {@code *} covers, without the excepted ones and those whose
   * column an assignment writes; null if the mapping has no {@code *} or the record has no such
   * object. An absent field has no entry; a null field has a null value.
   *
   * @throws InvalidValue when the value is not an object
   */
  public @Nullable Map<String, @Nullable Object> rest(@Nullable Object[] slots) {
    Object object = rest == null ? null : object(rest, slots);
    if (object == null || MappedRecord.isNothing(object)) {
      return null;
    }
    if (object instanceof InvalidValue unreadable) {
      throw unreadable.within("*");
    }
    if (!(object instanceof Map<?, ?> map)) {
      throw new InvalidValue("* takes an object");
    }
    return fields(map);
  }

  private static @Nullable Object object(Evaluation rest, @Nullable Object[] slots) {
    try {
      return rest.of(slots);
    } catch (InvalidValue e) {
      throw e.within("*");
    }
  }

  private Map<String, @Nullable Object> fields(Map<?, ?> map) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String name = name(key);
          if (!except.contains(name)) {
            fields.put(name, value);
          }
        });
    return fields;
  }

  /** The name that a key of a map is. */
  private static String name(Object key) {
    if (key instanceof String name) {
      return name;
    }
    if (key instanceof Long
        || key instanceof Integer
        || key instanceof Short
        || key instanceof Byte
        || key instanceof Boolean
        || key instanceof UUID) {
      return key.toString();
    }
    throw new InvalidValue("* takes an object whose names are texts or whole numbers");
  }
}
