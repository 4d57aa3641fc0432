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
final class DeclinedRows {

  private static final class Declined {

    final BufferedRow entry;
    final List<BufferedRow> followers = new ArrayList<>();
    long due;
    boolean underWay;

    Declined(BufferedRow entry) {
      this.entry = entry;
    }
  }

  private final TreeMap<Row, Declined> byKey = new TreeMap<>(Row::compareClusteringKey);

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** A row was declined, for the first time or once more. */
  void add(BufferedRow entry, long due) {
    Declined row = byKey.computeIfAbsent(entry.row, unseen -> new Declined(entry));
    row.due = due;
    row.underWay = false;
  }

  /** Takes a row that has to take effect after one of them; false for any other. */
  boolean takeBehind(BufferedRow entry) {
    Map.Entry<Row, Declined> before = byKey.floorEntry(entry.row);
    Map.Entry<Row, Declined> after = byKey.ceilingEntry(entry.row);
    return takeBehind(before, entry) || takeBehind(after, entry);
  }

  private static boolean takeBehind(Map.@Nullable Entry<Row, Declined> row, BufferedRow entry) {
    return row != null && entry.row.follows(row.getKey()) && row.getValue().followers.add(entry);
  }

  /** When the first of them is to be tried again, in the engine's milliseconds. */
  long nextDue() {
    long next = Long.MAX_VALUE;
    for (Declined row : byKey.values()) {
      next = Math.min(next, row.due);
    }
    return next;
  }

  /** Sends so many at most that are due, in their order; they stay rows until released. */
  List<BufferedRow> send(long now, int limit) {
    List<BufferedRow> due = new ArrayList<>();
    for (Declined row : byKey.values()) {
      if (row.due <= now && due.size() < limit) {
        row.underWay = true;
        due.add(row.entry);
      }
    }
    return due;
  }

  /** A row that was sent was not answered for. False for a row that is not one of them. */
  boolean takeBack(BufferedRow entry) {
    Declined row = byKey.get(entry.row);
    if (row == null || row.entry != entry) {
      return false;
    }
    row.underWay = false;
    return true;
  }

  /** The row was written or is given up; what waited behind it is the caller's again. */
  List<BufferedRow> release(BufferedRow entry) {
    Declined row = byKey.get(entry.row);
    if (row == null || row.entry != entry) {
      return List.of();
    }
    byKey.remove(entry.row);
    return row.followers;
  }

  /**
   * Takes out rows that are no longer this task's to write, except those under way.
   *
   * @param removed takes them
   * @return those that waited behind them, and older ones that they had replaced
   */
  List<BufferedRow> removeIf(Predicate<BufferedRow> gone, List<BufferedRow> removed) {
    List<BufferedRow> freed = new ArrayList<>();
    for (Iterator<Declined> all = byKey.values().iterator(); all.hasNext(); ) {
      Declined row = all.next();
      List<BufferedRow> followers = BufferedRow.withoutThose(gone, row.followers, removed);
      row.followers.clear();
      if (!row.underWay && row.entry.hasAny(gone)) {
        all.remove();
        freed.addAll(BufferedRow.withoutThose(gone, List.of(row.entry), removed));
        freed.addAll(followers);
      } else {
        row.followers.addAll(followers);
      }
    }
    return freed;
  }
}
