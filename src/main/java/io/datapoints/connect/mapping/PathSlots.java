package io.datapoints.connect.mapping;

import io.datapoints.connect.mapping.Expression.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct paths that some expressions read, each with a slot in an array. The reader of a
 * record puts the value at a path into its slot; the expressions take it from there. Used by one
 * thread while expressions are compiled.
 */
public final class PathSlots {

  private final Map<Path, Integer> slots = new LinkedHashMap<>();

  /** The slot of this path; a new path gets the next slot. */
  int slot(Path path) {
    return slots.computeIfAbsent(path, added -> slots.size());
  }

  /** The paths in the order of their slots. */
  public List<Path> paths() {
    return List.copyOf(slots.keySet());
  }
}
