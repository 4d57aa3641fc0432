package io.datapoints.connect.flows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a layout asks for, compiled to what a reader looks up at each field name. Row
 * {@code n} gets what stands at path {@code n}.
 *
 * <p>The path {@code a.b.c} leads through nested objects, and to a field whose name has the dots in
 * it, wholly or in part: {@code {"a.b.c":1}}, {@code {"a.b":{"c":1}}}, {@code {"a":{"b.c":1}}} and
 * {@code {"a":{"b":{"c":1}}}} are the same, and where a record has several of them that are not
 * null, that is their order of preference. Immutable.
 */
final class FieldPaths {

  /** The row of a place that is only passed on the way to others. */
  static final int NO_ROW = -1;

  /** A spelling has a bit for each dot of a path. */
  private static final int MAX_DOTS = 31;

  private final Place root = new Place(0);
  private final int[] rows;
  private final boolean twins;

  /**
   * @param paths the names that lead to each row, at most 32 a path
   */
  FieldPaths(List<List<String>> paths) {
    Map<String, Place> places = new HashMap<>();
    this.rows = new int[paths.size()];
    boolean shared = false;
    for (int row = 0; row < rows.length; row++) {
      rows[row] = add(paths.get(row), row, places);
      shared |= rows[row] != row;
    }
    this.twins = shared;
  }

  /** Adds a path and returns the row that stands for it, which another one with it may be. */
  private int add(List<String> path, int row, Map<String, Place> places) {
    if (path.isEmpty() || path.size() > MAX_DOTS + 1) {
      throw new IllegalArgumentException("a path has 1 to " + (MAX_DOTS + 1) + " names");
    }
    Place from = root;
    for (int start = 0; start < path.size(); start++) {
      for (int end = start + 1; end <= path.size(); end++) {
        int depth = end;
        Place to =
            places.computeIfAbsent(
                String.join(".", path.subList(0, end)), prefix -> new Place(depth));
        from.steps.put(
            String.join(".", path.subList(start, end)), new Step(to, dots(start, end - 1)));
      }
      from.addBelow(row);
      from = places.getOrDefault(String.join(".", path.subList(0, start + 1)), root);
    }
    if (from.row == NO_ROW) {
      from.row = row;
    }
    return from.row;
  }

  /** The bits of the dots from one position to before another. */
  private static int dots(int from, int to) {
    int bits = 0;
    for (int dot = from; dot < to; dot++) {
      bits |= 1 << (MAX_DOTS - 1 - dot);
    }
    return bits;
  }

  /** How many rows there are. */
  int size() {
    return rows.length;
  }

  /** Where a record starts. */
  Place root() {
    return root;
  }

  /** Whether several rows have the same path. */
  boolean hasTwins() {
    return twins;
  }

  /** The row that is read for this one: itself, or the first one with the same path. */
  int readRow(int row) {
    return rows[row];
  }

  /**
   * A step by one field name.
   *
   * @param place where it leads
   * @param spelling a bit for each dot of the path that is in the name, the first dot's the highest
   */
  record Step(Place place, int spelling) {}

  /** A place in a record that paths lead to or through. */
  static final class Place {

    private final Map<String, Step> steps = new HashMap<>();
    private final int passedDots;
    private int row = NO_ROW;
    private int[] rowsBelow = new int[0];

    private Place(int depth) {
      this.passedDots = dots(0, Math.min(depth, MAX_DOTS));
    }

    private void addBelow(int lowerRow) {
      rowsBelow = Arrays.copyOf(rowsBelow, rowsBelow.length + 1);
      rowsBelow[rowsBelow.length - 1] = lowerRow;
    }

    /** Where a field of this name leads, or null when nobody asks for it. */
    @Nullable Step step(String name) {
      return steps.get(name);
    }

    /** The row that gets what stands here, or {@link #NO_ROW}. */
    int row() {
      return row;
    }

    /** Whether paths go on from here. */
    boolean leadsOn() {
      return rowsBelow.length > 0;
    }

    /** The rows of the paths that go on from here. */
    int[] rowsBelow() {
      return rowsBelow;
    }

    /** Whether a field that was spelled so was reached through this place, spelled so. */
    boolean isOnTheWay(int fieldSpelling, int spelling) {
      return (fieldSpelling & passedDots) == spelling;
    }
  }
}
