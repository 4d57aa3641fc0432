package io.datapoints.connect.store.cassandra.kairosdb.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Row keys of points that wait to be written, whose index rows are not known to be in force. When
 * one of a row time is needed, the others go with it: they are rows of one partition of {@code
 * row_keys}, and cost little together. To forget one costs a request of its own and nothing else.
 * Guarded by its owner.
 */
final class ExpectedKeys {

  /** More than wait in a task with its default memory. */
  private static final int MOST = 20_000;

  /** Of the keys; as a rule their rows hold them too, but those may be gone. */
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  /** Of a row time that go along at once, so that the points that need one do not wait for long. */
  private static final int MOST_AT_ONCE = 500;

  /** How many are forgotten with each request of points. */
  private static final int MOST_FORGOTTEN = 100;

  /**
   * A key that will be needed.
   *
   * @param ttl the seconds that its points live, 0 for ever
   */
  record Expected(RowKey key, int ttl) {}

  private final Map<RowKey.RowTime, ArrayDeque<Expected>> byRowTime = new LinkedHashMap<>();
  private int held;
  private long bytes;

  /** A point of this key waits. */
  void add(RowKey key, int ttl) {
    if (key.keyBytes() > MOST_BYTES / MOST_AT_ONCE) {
      return;
    }
    while (held == MOST || bytes + key.keyBytes() > MOST_BYTES) {
      forgetSome();
    }
    byRowTime
        .computeIfAbsent(key.rowTime(), unseen -> new ArrayDeque<>())
        .add(new Expected(key, ttl));
    held++;
    bytes += key.keyBytes();
  }

  /** Those that have been there for longest are no longer waiting, or are far behind. */
  private void forgetSome() {
    Iterator<ArrayDeque<Expected>> eldest = byRowTime.values().iterator();
    ArrayDeque<Expected> all = eldest.next();
    while (!all.isEmpty()) {
      removeFirst(all);
    }
    eldest.remove();
  }

  /** Forgets some whose points have been written without the others. */
  void forget(Predicate<RowKey> known) {
    if (byRowTime.isEmpty()) {
      return;
    }
    Map.Entry<RowKey.RowTime, ArrayDeque<Expected>> eldest = byRowTime.entrySet().iterator().next();
    ArrayDeque<Expected> all = eldest.getValue();
    for (int looked = 0; looked < MOST_FORGOTTEN && !all.isEmpty(); looked++) {
      if (!known.test(all.element().key())) {
        break;
      }
      removeFirst(all);
    }
    if (all.isEmpty()) {
      byRowTime.remove(eldest.getKey());
    }
  }

  /** Takes out those of a row time that go along with one that is needed. */
  List<Expected> take(RowKey.RowTime rowTime) {
    ArrayDeque<Expected> all = byRowTime.get(rowTime);
    if (all == null) {
      return List.of();
    }
    List<Expected> taken = new ArrayList<>(Math.min(all.size(), MOST_AT_ONCE));
    while (taken.size() < MOST_AT_ONCE && !all.isEmpty()) {
      taken.add(removeFirst(all));
    }
    if (all.isEmpty()) {
      byRowTime.remove(rowTime);
    }
    return taken;
  }

  private Expected removeFirst(ArrayDeque<Expected> all) {
    Expected first = all.remove();
    held--;
    bytes -= first.key().keyBytes();
    return first;
  }
}
