package io.datapoints.connect.mapping;

import io.datapoints.connect.mapping.Expression.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct paths that some expressions need, each with a place in an array. Whoever reads a
 * record puts what stands at a path into its place; the expressions find it there. Used by one
 * thread while expressions are compiled.
 */
public final class PathSlots {

  private final Map<Path, Integer> slots = new LinkedHashMap<>();

  /** The place of this path. */
  int slot(Path path) {
    return slots.computeIfAbsent(path, added -> slots.size());
  }

  /** The paths in the order of their places. */
  public List<Path> paths() {
    return List.copyOf(slots.keySet());
  }
}
