package io.datapoints.connect.delivery;

import io.datapoints.connect.store.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one partition that the store declined, each tried again at its own time, and behind each
 * the rows that have to take effect after it. The other rows of the partition do not wait for them.
 * Owned by the task thread.
 */
final class Suspects {

  private static final class Suspect {

    final Entry entry;
    final List<Entry> followers = new ArrayList<>();
    long due;
    boolean underWay;

    Suspect(Entry entry) {
      this.entry = entry;
    }
  }

  private final TreeMap<Row, Suspect> byKey = new TreeMap<>(Row::compareClusteringKey);

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** A row was declined, for the first time or once more. */
  void declined(Entry entry, long due) {
    Suspect suspect = byKey.computeIfAbsent(entry.row, unseen -> new Suspect(entry));
    suspect.due = due;
    suspect.underWay = false;
  }

  /** Takes a row that has to take effect after one of them; false for any other. */
  boolean takeBehind(Entry entry) {
    Map.Entry<Row, Suspect> before = byKey.floorEntry(entry.row);
    Map.Entry<Row, Suspect> after = byKey.ceilingEntry(entry.row);
    return takeBehind(before, entry) || takeBehind(after, entry);
  }

  private static boolean takeBehind(Map.@Nullable Entry<Row, Suspect> suspect, Entry entry) {
    return suspect != null
        && entry.row.follows(suspect.getKey())
        && suspect.getValue().followers.add(entry);
  }

  /** When the first of them is to be tried again, in the engine's milliseconds. */
  long nextDue() {
    long next = Long.MAX_VALUE;
    for (Suspect suspect : byKey.values()) {
      next = Math.min(next, suspect.due);
    }
    return next;
  }

  /** Sends so many at most that are due, in their order; they stay suspects until released. */
  List<Entry> send(long now, int limit) {
    List<Entry> due = new ArrayList<>();
    for (Suspect suspect : byKey.values()) {
      if (suspect.due <= now && due.size() < limit) {
        suspect.underWay = true;
        due.add(suspect.entry);
      }
    }
    return due;
  }

  /** A row that was sent was not answered for. False where it is none of them. */
  boolean takeBack(Entry entry) {
    Suspect suspect = byKey.get(entry.row);
    if (suspect == null || suspect.entry != entry) {
      return false;
    }
    suspect.underWay = false;
    return true;
  }

  /** The row was written or is given up; what waited behind it is the caller's again. */
  List<Entry> release(Entry entry) {
    Suspect suspect = byKey.get(entry.row);
    if (suspect == null || suspect.entry != entry) {
      return List.of();
    }
    byKey.remove(entry.row);
    return suspect.followers;
  }

  /**
   * Takes out rows that are no longer this task's to write, except those under way.
   *
   * @param removed takes them
   * @return those that waited behind them, and older ones that they had replaced
   */
  List<Entry> removeIf(Predicate<Entry> gone, List<Entry> removed) {
    List<Entry> freed = new ArrayList<>();
    for (Iterator<Suspect> all = byKey.values().iterator(); all.hasNext(); ) {
      Suspect suspect = all.next();
      List<Entry> followers = Entry.withoutThose(gone, suspect.followers, removed);
      suspect.followers.clear();
      if (!suspect.underWay && suspect.entry.hasAny(gone)) {
        all.remove();
        freed.addAll(Entry.withoutThose(gone, List.of(suspect.entry), removed));
        freed.addAll(followers);
      } else {
        suspect.followers.addAll(followers);
      }
    }
    return freed;
  }
}
