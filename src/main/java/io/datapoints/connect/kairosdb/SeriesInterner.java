package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.Series;
import org.jspecify.annotations.Nullable;

/**
 * The series of recent metrics that passed every rule, found by the characters of name and tags: a
 * hit creates no string and checks no rule.
 *
 * <p>Each set of hashes has eight slots, which are replaced in turn. Hash collisions, made on
 * purpose or not, thus cost eight comparisons at most. And where more series than there are slots
 * come round after round, some still hit, whereas the least recently used one would always be the
 * next one needed. One instance a task, used on the task's thread.
 */
final class SeriesInterner {

  private static final int WAYS = 8;
  private static final int SLOTS = 8_192;

  /** Longer keys are not kept: this bounds the memory, about 600 bytes for a usual series. */
  private static final int MAX_CHARS = 1_024;

  private final int[] hashes = new int[SLOTS];
  private final @Nullable Entry[] entries = new Entry[SLOTS];
  private int turn;

  private record Entry(SeriesKey key, Series series) {}

  /**
   * The series of a metric, or null for one that is not known.
   *
   * @param hash the metric's {@link RawMetric#seriesHash}
   */
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

  /** Keeps the series of a metric that {@link #find} did not know. */
  void keep(long hash, RawMetric metric, Series series) {
    SeriesKey key = SeriesKey.of(metric);
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
