package io.datapoints.connect.store.cassandra.kairosdb.index;

import io.datapoints.connect.model.SipHash.Fingerprint;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;
import java.util.Arrays;

/**
 * Which index entries are known to be in force, in 24 bytes each: fingerprint and {@link Mark}. It
 * grows up to a number of bytes; then the entry that was written first makes room. To forget one
 * costs one more write and nothing else.
 *
 * <p>An entry has two places of eight slots, and goes where more of them are free; where both are
 * full, one that is there goes to its other place. So every look-up costs sixteen comparisons at
 * most, and no entry lacks room before five sixths of all slots are taken. Confined to one thread,
 * or guarded by its owner.
 */
final class KnownEntries {

  /** What {@link #mark} says of an entry that is not known. */
  static final long UNKNOWN = 0;

  /** High and low bits of the fingerprint, packed mark; all are 0 in a free slot. */
  private static final int SLOT = 3;

  private static final int MARK = 2;
  private static final int SLOTS_PER_PLACE = 8;
  private static final int PLACE = SLOT * SLOTS_PER_PLACE;
  private static final int FIRST_PLACES = 128;

  private final int mostPlaces;
  private int places;
  private long[] slots;
  private int held;

  /**
   * @param bytes the most memory; at least one place is kept
   */
  KnownEntries(long bytes) {
    this.mostPlaces = (int) Math.max(1, bytes / (PLACE * Long.BYTES));
    int first = mostPlaces;
    while (first > FIRST_PLACES) {
      first = (first + 1) / 2;
    }
    this.places = first;
    this.slots = new long[PLACE * first];
  }

  /** The packed mark of an entry's last acknowledged write, or {@link #UNKNOWN}. */
  long mark(Fingerprint entry) {
    int slot = slot(entry, first(entry));
    if (slot < 0) {
      slot = slot(entry, second(entry));
    }
    return slot < 0 ? UNKNOWN : slots[slot + MARK];
  }

  /** Notes an acknowledged write. Of two the later one counts, in whichever order they come. */
  void note(Fingerprint entry, long mark) {
    int slot = slot(entry, first(entry));
    if (slot < 0) {
      slot = slot(entry, second(entry));
    }
    if (slot >= 0) {
      if (Mark.isLater(mark, slots[slot + MARK])) {
        slots[slot + MARK] = mark;
      }
      return;
    }
    while (!makeRoom(entry.high(), entry.low()) && places < mostPlaces) {
      grow();
    }
    insert(entry.high(), entry.low(), mark);
  }

  /** How many entries are known. */
  int size() {
    return held;
  }

  /** The memory that it takes by now. */
  long bytes() {
    return (long) slots.length * Long.BYTES;
  }

  private void grow() {
    long[] before = slots;
    places = (int) Math.min(places + places / 2 + 1L, mostPlaces);
    slots = new long[PLACE * places];
    held = 0;
    for (int slot = 0; slot < before.length; slot += SLOT) {
      if (before[slot + MARK] != UNKNOWN) {
        makeRoom(before[slot], before[slot + 1]);
        insert(before[slot], before[slot + 1], before[slot + MARK]);
      }
    }
  }

  /** Whether an entry has a free slot, be it that one is made free for it. */
  private boolean makeRoom(long high, long low) {
    int first = place(high);
    int second = place(low);
    return held(first) < SLOTS_PER_PLACE
        || held(second) < SLOTS_PER_PLACE
        || moveOne(first)
        || moveOne(second);
  }

  /** Moves an entry of a full place to its other one, if there is one with a free slot there. */
  private boolean moveOne(int place) {
    for (int slot = place; slot < place + PLACE; slot += SLOT) {
      int other = place(slots[slot]) == place ? place(slots[slot + 1]) : place(slots[slot]);
      if (held(other) < SLOTS_PER_PLACE) {
        System.arraycopy(slots, slot, slots, oldest(other), SLOT);
        Arrays.fill(slots, slot, slot + SLOT, 0);
        return true;
      }
    }
    return false;
  }

  private void insert(long high, long low, long mark) {
    int first = place(high);
    int second = place(low);
    int slot = oldest(first);
    int other = oldest(second);
    boolean free = slots[slot + MARK] == UNKNOWN || slots[other + MARK] == UNKNOWN;
    if (free ? held(second) < held(first) : Mark.isLater(slots[slot + MARK], slots[other + MARK])) {
      slot = other;
    }
    if (slots[slot + MARK] == UNKNOWN) {
      held++;
    }
    slots[slot] = high;
    slots[slot + 1] = low;
    slots[slot + MARK] = mark;
  }

  /** The slot of the place that is free, or else was written first. */
  private int oldest(int place) {
    int oldest = place;
    for (int slot = place + SLOT; slot < place + PLACE; slot += SLOT) {
      if (Mark.isLater(slots[oldest + MARK], slots[slot + MARK])) {
        oldest = slot;
      }
    }
    return oldest;
  }

  private int held(int place) {
    int count = 0;
    for (int slot = place; slot < place + PLACE; slot += SLOT) {
      count += slots[slot + MARK] == UNKNOWN ? 0 : 1;
    }
    return count;
  }

  private int slot(Fingerprint entry, int place) {
    for (int slot = place; slot < place + PLACE; slot += SLOT) {
      if (slots[slot] == entry.high() && slots[slot + 1] == entry.low()) {
        return slot;
      }
    }
    return -1;
  }

  private int first(Fingerprint entry) {
    return place(entry.high());
  }

  private int second(Fingerprint entry) {
    return place(entry.low());
  }

  /** By the upper bits, each place as often. */
  private int place(long bits) {
    return (int) (((bits >>> 33) * places) >>> 31) * PLACE;
  }
}
