package io.datapoints.connect.validate;

import io.datapoints.connect.kairosdb.RawMetric;
import io.datapoints.connect.kairosdb.SeriesKey;
import io.datapoints.connect.model.Series;
import org.jspecify.annotations.Nullable;

/**
 * The series seen lately that obeyed every rule, found by the characters of the metric that names
 * one: a hit makes no string and checks no rule.
 *
 * <p>Eight slots for each set of hashes, and the slot to be replaced taken in turn: hostile
 * collisions cost eight comparisons at most, and series that report in rounds, more of them than
 * there are slots, still hit in part, where the least recently used would always be the next one
 * needed. One instance a task, used on its thread.
 */
final class SeriesCache {

  private static final int WAYS = 8;
  private static final int SLOTS = 131_072;

  /** Longer series are not kept: this bounds the memory, about 600 bytes for a usual one. */
  private static final int MAX_CHARS = 1_024;

  private final int[] hashes = new int[SLOTS];
  private final @Nullable Entry[] entries = new Entry[SLOTS];
  private int turn;

  private record Entry(SeriesKey key, Series series) {}

  /** The series this metric names, or null. */
  @Nullable Series find(long hash, RawMetric metric) {
    int first = firstSlot(hash);
    int wanted = (int) (hash >>> 32);
    for (int slot = first; slot < first + WAYS; slot++) {
      if (hashes[slot] == wanted) {
        Entry entry = entries[slot];
        if (entry != null && entry.key.matches(metric)) {
          return entry.series;
        }
      }
    }
    return null;
  }

  /** Keeps a series that {@link #find} did not know. */
  void keep(long hash, SeriesKey key, Series series) {
    if (key.length() > MAX_CHARS) {
      return;
    }
    int slot = freeSlot(firstSlot(hash));
    hashes[slot] = (int) (hash >>> 32);
    entries[slot] = new Entry(key, series);
  }

  private int freeSlot(int first) {
    for (int slot = first; slot < first + WAYS; slot++) {
      if (entries[slot] == null) {
        return slot;
      }
    }
    turn = (turn + 1) % WAYS;
    return first + turn;
  }

  private static int firstSlot(long hash) {
    return ((int) hash & (SLOTS / WAYS - 1)) * WAYS;
  }
}
