package io.datapoints.connect.table;

import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.model.MappedRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a value to which paths lead, or through which they go on: what a reader looks up at
 * each field name and list index. Used by one thread.
 */
final class PathTree {

  /** The slot of a place that is only passed on the way to others. */
  static final int NO_SLOT = -1;

  private static final int REMEMBERED_FIELDS = 32;

  private int slot = NO_SLOT;
  private int[] slotsBelow = new int[0];
  private final Map<String, PathTree> fields = new HashMap<>();
  private final Map<Integer, PathTree> elements = new HashMap<>();

  /**
   * The names of the last objects, by their position, and where they lead. As a rule the objects of
   * a topic have their fields in one order, and the parser has one text for each name.
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

  /** Where what stands here goes, or {@link #NO_SLOT}. */
  int slot() {
    return slot;
  }

  /** Whether paths go on from here. */
  boolean leadsOn() {
    return slotsBelow.length > 0;
  }

  /** Whether anything here is asked for. */
  boolean isAsked() {
    return slot != NO_SLOT || leadsOn();
  }

  /** Forgets what an earlier field of the same name gave. */
  void forget(@Nullable Object[] slots) {
    if (slot != NO_SLOT) {
      slots[slot] = MappedRecord.MISSING;
    }
    for (int below : slotsBelow) {
      slots[below] = MappedRecord.MISSING;
    }
  }

  /** The fields that paths go on to, by name. */
  Map<String, PathTree> fields() {
    return fields;
  }

  /**
   * Where the field of this name leads, or null when no path goes through it.
   *
   * @param position of the field in its object
   */
  @SuppressWarnings("ReferenceEquality")
  @Nullable PathTree field(String name, int position) {
    if (position >= REMEMBERED_FIELDS) {
      return fields.get(name);
    }
    if (lastNames[position] != name) {
      lastNames[position] = name;
      lastPlaces[position] = fields.get(name);
    }
    return lastPlaces[position];
  }

  /** The elements of a list that paths go on to, by index from 0. */
  Map<Integer, PathTree> elements() {
    return elements;
  }
}
