package io.datapoints.connect.payload;

import org.jspecify.annotations.Nullable;

/**
 * What was written lately and obeyed every rule, found by its characters: a hit makes no string and
 * checks no rule.
 *
 * <p>Eight slots for each set of hashes, and the slot to be replaced taken in turn: hostile
 * collisions cost eight comparisons at most, and keys that come in rounds, more of them than there
 * are slots, still hit in part, where the least recently used would always be the next one needed.
 * One instance a task, used on its thread.
 *
 * @param <R> what is read
 * @param <V> what is made of it
 */
public final class WrittenCache<R, V> {

  private static final int WAYS = 8;
  private static final int SLOTS = 131_072;

  /** Longer keys are not kept: this bounds the memory, about 600 bytes for a usual series. */
  private static final int MAX_CHARS = 1_024;

  private final int[] hashes = new int[SLOTS];
  private final @Nullable Entry<R, V>[] entries = newEntries();
  private int turn;

  private record Entry<R, V>(WrittenKey<R> key, V value) {}

  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no generic arrays.
  private static <R, V> @Nullable Entry<R, V>[] newEntries() {
    return new Entry[SLOTS];
  }

  /** What was made of the same characters, or null. */
  @Nullable
  public V find(long hash, R raw) {
    int first = firstSlot(hash);
    int wanted = (int) (hash >>> 32);
    for (int slot = first; slot < first + WAYS; slot++) {
      if (hashes[slot] == wanted) {
        Entry<R, V> entry = entries[slot];
        if (entry != null && entry.key.matches(raw)) {
          return entry.value;
        }
      }
    }
    return null;
  }

  /** Keeps what {@link #find} did not know. */
  public void keep(long hash, WrittenKey<R> key, V value) {
    if (key.length() > MAX_CHARS) {
      return;
    }
    int slot = freeSlot(firstSlot(hash));
    hashes[slot] = (int) (hash >>> 32);
    entries[slot] = new Entry<>(key, value);
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
