package io.datapoints.connect.table;

import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.model.MappedRecord;
import java.util.Arrays;
import java.util.HashMap;
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
    Step first = steps.get(0);
    PathTree next =
        first instanceof Step.Field field
            ? fields.computeIfAbsent(field.name(), name -> new PathTree())
            : elements.computeIfAbsent(((Step.Element) first).index(), index -> new PathTree());
    next.add(steps.subList(1, steps.size()), target);
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

  /** Clears the values of an earlier field of the same name. */
  void forget(@Nullable Object[] slots) {
    if (slot != NO_SLOT) {
      slots[slot] = MappedRecord.MISSING;
    }
    for (int below : slotsBelow) {
      slots[below] = MappedRecord.MISSING;
    }
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

  /** The elements of a list where paths continue, by index from 0. */
  Map<Integer, PathTree> elements() {
    return elements;
  }
}
