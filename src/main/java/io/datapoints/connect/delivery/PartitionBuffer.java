package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.store.PartitionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition that wait to be written. At most one batch of a partition is under way
 * at a time: rows of one key are then written in the order in which they came, whatever is retried.
 * Owned by the task thread.
 */
final class PartitionBuffer {

  /** Where the buffer is in its life; the engine keeps one queue for each but {@link #IDLE}. */
  enum State {
    /** Nothing waits and nothing is under way. */
    IDLE,
    /** Rows wait for company. */
    FILLING,
    /** A batch is full, or is wanted now. */
    READY,
    /** A batch is under way. */
    IN_FLIGHT,
    /** The last attempt failed; the next has a time. */
    BACKING_OFF
  }

  /** The buffer with an empty list, and its places in a map and in a queue. */
  private static final int HEAP_BYTES = 72 + 24 + 56 + 40 + 32;

  /** An outage makes batches smaller down to this part of their usual size. */
  private static final int SMALLEST_SHARE = 16;

  /**
   * The rows of a batch in their order.
   *
   * @param bytes the sum of theirs
   * @param suspects whether all of them were declined before
   */
  record Taken(List<Entry> entries, long bytes, boolean suspects) {}

  private final PartitionKey partition;
  private final BatchingConfig batching;
  private List<Entry> entries = new ArrayList<>();
  private long bytes;
  private boolean ascending = true;
  private int rowLimit;

  /** Null until the first. */
  private @Nullable Suspects suspects;

  /** Whether the next batch is one of suspects, if any are due: they and the others take turns. */
  private boolean suspectsTurn;

  State state = State.IDLE;

  /** When the first of the waiting rows came, in the engine's milliseconds. */
  long fillingSince;

  /** Attempts that failed in a row. */
  int failures;

  /** When the next attempt is due, in the engine's milliseconds. */
  long nextAttempt;

  PartitionBuffer(PartitionKey partition, BatchingConfig batching) {
    this.partition = partition;
    this.batching = batching;
    this.rowLimit = batching.maxRows();
  }

  PartitionKey partition() {
    return partition;
  }

  /** What it takes of the heap beside its rows. */
  int heapBytes() {
    return HEAP_BYTES + partition.heapBytes();
  }

  boolean isEmpty() {
    return entries.isEmpty() && (suspects == null || suspects.isEmpty());
  }

  /** Whether all that waits was declined, or waits for such a row. */
  boolean onlySuspects() {
    return entries.isEmpty() && !isEmpty();
  }

  /** Whether the others go first now, since what becomes of them tells. */
  boolean gaveWay() {
    return suspects != null && !suspectsTurn;
  }

  /** When the first of the rows that were declined is to be tried again. */
  long suspectsDue() {
    return suspects == null ? Long.MAX_VALUE : suspects.nextDue();
  }

  int rows() {
    return entries.size();
  }

  /** Whether what waits makes a whole batch. */
  boolean full() {
    return entries.size() >= rowLimit || bytes >= batching.maxBytes();
  }

  void add(Entry entry) {
    if (suspects != null && suspects.takeBehind(entry)) {
      return;
    }
    if (ascending && !entries.isEmpty()) {
      Entry last = entries.get(entries.size() - 1);
      ascending = last.row.compareClusteringKey(entry.row) < 0;
    }
    entries.add(entry);
    bytes += entry.row.bytes();
  }

  /**
   * Takes the next batch: the rows that have waited longest, in the order of the clustering key, of
   * equal keys the one that replaces the others, that of the latest record of their Kafka
   * partition; or rows that were declined and are due.
   */
  Taken take(long now) {
    if (suspects != null && (suspectsTurn || entries.isEmpty())) {
      long until = entries.isEmpty() ? Math.max(now, suspects.nextDue()) : now;
      List<Entry> due = suspects.send(until, rowLimit);
      if (!due.isEmpty()) {
        suspectsTurn = false;
        return new Taken(due, bytes(due), true);
      }
    }
    suspectsTurn = true;
    int count = 0;
    long taken = 0;
    while (count < entries.size() && count < rowLimit) {
      int size = entries.get(count).row.bytes();
      if (count > 0 && taken + size > batching.maxBytes()) {
        break;
      }
      taken += size;
      count++;
    }
    bytes -= taken;
    boolean ordered = ascending;
    List<Entry> batch = remove(count);
    return ordered ? new Taken(batch, taken, false) : inOrder(batch);
  }

  private List<Entry> remove(int count) {
    if (count == entries.size()) {
      List<Entry> all = entries;
      entries = new ArrayList<>();
      ascending = true;
      return all;
    }
    List<Entry> head = entries.subList(0, count);
    List<Entry> batch = new ArrayList<>(head);
    head.clear();
    return batch;
  }

  private static Taken inOrder(List<Entry> batch) {
    batch.sort((left, right) -> left.row.compareClusteringKey(right.row));
    List<Entry> distinct = new ArrayList<>(batch.size());
    for (Entry entry : batch) {
      int last = distinct.size() - 1;
      if (last < 0 || distinct.get(last).row.compareClusteringKey(entry.row) != 0) {
        distinct.add(entry);
      } else if (entry.replaces(distinct.get(last))) {
        entry.replace(distinct.set(last, entry));
      } else {
        distinct.get(last).replace(entry);
      }
    }
    return new Taken(distinct, bytes(distinct), false);
  }

  private static long bytes(List<Entry> entries) {
    long sum = 0;
    for (Entry entry : entries) {
      sum += entry.row.bytes();
    }
    return sum;
  }

  /** Puts rows back that were not written, before those that came since. */
  void restore(List<Entry> unwritten) {
    if (suspects == null) {
      putFirst(unwritten);
      return;
    }
    List<Entry> others = new ArrayList<>(unwritten.size());
    for (Entry entry : unwritten) {
      if (!suspects.takeBack(entry) && !suspects.takeBehind(entry)) {
        others.add(entry);
      }
    }
    putFirst(others);
  }

  private void putFirst(List<Entry> rows) {
    if (!rows.isEmpty()) {
      entries.addAll(0, rows);
      bytes += bytes(rows);
      ascending = false;
    }
  }

  /**
   * The store declined a row: it is tried again at its own time, with what has to take effect after
   * it waiting behind it.
   */
  void declined(Entry entry, long due) {
    if (suspects == null) {
      suspects = new Suspects();
    }
    if (suspects.isEmpty()) {
      suspectsTurn = false;
    }
    suspects.declined(entry, due);
    entries.removeIf(suspects::takeBehind);
    bytes = bytes(entries);
  }

  /** A row of a batch came to its end, so what waited behind it goes on. */
  void ended(Entry entry) {
    if (suspects != null) {
      putFirst(suspects.release(entry));
    }
  }

  /** The store refused a batch of this many rows: the next one has half of them. */
  void narrow(int refused) {
    rowLimit = Math.max(1, refused / 2);
  }

  /**
   * The store did not answer a batch of this many rows in time. That may be because it was too
   * much: the next one has half of them, but not so few that an outage leaves the store nothing but
   * crumbs.
   */
  void tooMuch(int unanswered) {
    int least = Math.max(1, batching.maxRows() / SMALLEST_SHARE);
    rowLimit = Math.max(Math.min(rowLimit, least), unanswered / 2);
  }

  /** The store took a batch: the next may be twice as large, up to the usual size. */
  void widen() {
    rowLimit = Math.min(batching.maxRows(), rowLimit * 2);
  }

  /**
   * Takes out rows that are no longer this task's to write. An older row that such a row had
   * replaced, and that still is, takes its place.
   *
   * @return the rows taken out, none of them with an older one behind it
   */
  List<Entry> removeIf(Predicate<Entry> gone) {
    List<Entry> removed = new ArrayList<>();
    entries = Entry.withoutThose(gone, entries, removed);
    bytes = bytes(entries);
    if (suspects != null) {
      putFirst(suspects.removeIf(gone, removed));
    }
    return removed;
  }
}
