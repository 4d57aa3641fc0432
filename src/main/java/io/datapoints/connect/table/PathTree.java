package io.datapoints.connect.table;

import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a value where paths end or continue. A reader looks it up at each field name and list
 * index. Used by one thread.
 */
final class PathTree {

  /** The slot of a place where no path ends. */
  static final int NO_SLOT = -1;

  private static final int REMEMBERED_FIELDS = 32;

  /** Senders choose the names: longer ones would hold memory for as long as the task runs. */
  private static final int MAX_REMEMBERED_CHARS = 64;

  private int slot = NO_SLOT;
  private int[] slotsBelow = new int[0];
  private final Map<String, PathTree> fields = new HashMap<>();
  private final Map<Integer, PathTree> elements = new HashMap<>();
  private @Nullable PathTree parsed;

  /**
   * The places below the fields, by the names on the way there, joined by dots; those that have
   * fewer names joined come first.
   */
  private final Map<String, PathTree> dotted = new LinkedHashMap<>();

  /**
   * The field names of recent objects by position, and the places of those names. Objects of a
   * topic usually have their fields in one order, and the parser makes one string of each name.
   */
  private final @Nullable String[] lastNames = new String[REMEMBERED_FIELDS];

  private final @Nullable PathTree[] lastPlaces = new PathTree[REMEMBERED_FIELDS];

  /** Adds a path from here. */
  void add(List<Step> steps, int target) {
    if (steps.isEmpty()) {
      slot = target;
      return;
    }
    slotsBelow = Arrays.copyOf(slotsBelow, slotsBelow.length + 1);
    slotsBelow[slotsBelow.length - 1] = target;
    next(steps.get(0)).add(steps.subList(1, steps.size()), target);
    dotted.clear();
    fields.forEach((name, place) -> place.addDotted(name, dotted));
  }

  private PathTree next(Step step) {
    if (step instanceof Step.Field field) {
      return fields.computeIfAbsent(field.name(), name -> new PathTree());
    }
    if (step instanceof Step.Element element) {
      return elements.computeIfAbsent(element.index(), index -> new PathTree());
    }
    PathTree known = parsed;
    parsed = known == null ? new PathTree() : known;
    return parsed;
  }

  private void addDotted(String prefix, Map<String, PathTree> names) {
    fields.forEach(
        (name, place) -> {
          String joined = prefix + "." + name;
          names.put(joined, place);
          place.addDotted(joined, names);
        });
  }

  /** The slot for the value at this place, or {@link #NO_SLOT}. */
  int slot() {
    return slot;
  }

  /** Whether paths continue from here. */
  boolean leadsOn() {
    return slotsBelow.length > 0;
  }

  /** Whether a path ends here or continues. */
  boolean isAsked() {
    return slot != NO_SLOT || leadsOn();
  }

  /** Whether paths continue to fields or elements. */
  boolean asksInside() {
    return !fields.isEmpty() || !elements.isEmpty();
  }

  /** Clears the values of an earlier field of the same name. */
  void forget(@Nullable Object[] slots) {
    if (slot != NO_SLOT) {
      slots[slot] = MappedRecord.MISSING;
    }
    for (int below : slotsBelow) {
      slots[below] = MappedRecord.MISSING;
    }
  }

  /** Puts a problem into the slots of the paths that continue to fields and elements. */
  void blockInside(InvalidValue problem, boolean weak, @Nullable Object[] slots) {
    fields.values().forEach(place -> place.block(problem, weak, slots));
    elements.values().forEach(place -> place.block(problem, weak, slots));
  }

  /** Puts a problem into the slots of the paths that end here or continue. */
  void block(InvalidValue problem, boolean weak, @Nullable Object[] slots) {
    if (slot != NO_SLOT) {
      put(problem, weak, slots);
    }
    for (int below : slotsBelow) {
      if (!weak || isFree(slots[below])) {
        slots[below] = problem;
      }
    }
  }

  /**
   * Puts a value into the slot of this place.
   *
   * @param weak whether a value that is there stays
   */
  void put(@Nullable Object value, boolean weak, @Nullable Object[] slots) {
    if (!weak || isFree(slots[slot])) {
      slots[slot] = value;
    }
  }

  /** Whether a path that ends here or continues has no value yet. */
  boolean isOpen(@Nullable Object[] slots) {
    if (slot != NO_SLOT && isFree(slots[slot])) {
      return true;
    }
    for (int below : slotsBelow) {
      if (isFree(slots[below])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFree(@Nullable Object value) {
    return MappedRecord.isNothing(value) || value == MappedRecord.NO_OBJECT;
  }

  /** The fields where paths continue, by name. */
  Map<String, PathTree> fields() {
    return fields;
  }

  /**
   * The place of the field of this name, or null if no path goes through it.
   *
   * @param position the position of the field in its object
   */
  @SuppressWarnings("ReferenceEquality")
  @Nullable PathTree field(String name, int position) {
    if (position >= REMEMBERED_FIELDS || name.length() > MAX_REMEMBERED_CHARS) {
      return fields.get(name);
    }
    if (lastNames[position] != name) {
      lastNames[position] = name;
      lastPlaces[position] = fields.get(name);
    }
    return lastPlaces[position];
  }

  /**
   * The places below the fields, by the names on the way there, joined by dots: transforms that
   * flatten a record leave such names.
   */
  Map<String, PathTree> dotted() {
    return dotted;
  }

  /** Where paths continue into JSON in a text; null if none does. */
  @Nullable PathTree parsed() {
    return parsed;
  }

  /** The elements of a list where paths continue, by index from 0. */
  Map<Integer, PathTree> elements() {
    return elements;
  }
}
