package io.datapoints.connect.table;

import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.model.Cells;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a value to which paths lead, or through which they go on: what a reader looks up at
 * each field name and list index. Built before it is read, and not changed afterwards.
 */
final class PathTree {

  /** The slot of a place that is only passed on the way to others. */
  static final int NO_SLOT = -1;

  private int slot = NO_SLOT;
  private int[] slotsBelow = new int[0];
  private final Map<String, PathTree> fields = new HashMap<>();
  private final Map<Integer, PathTree> elements = new HashMap<>();

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
      slots[slot] = Cells.MISSING;
    }
    for (int below : slotsBelow) {
      slots[below] = Cells.MISSING;
    }
  }

  /** The fields that paths go on to, by name. */
  Map<String, PathTree> fields() {
    return fields;
  }

  /** Where the field of this name leads, or null when nobody asks for it. */
  @Nullable PathTree field(String name) {
    return fields.get(name);
  }

  /** The elements of a list that paths go on to, by index from 0. */
  Map<Integer, PathTree> elements() {
    return elements;
  }
}
