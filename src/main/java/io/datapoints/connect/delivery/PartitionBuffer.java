package io.datapoints.connect.delivery;

import io.datapoints.connect.config.BatchingConfig;
import io.datapoints.connect.store.PartitionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

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

  /** The rows of a batch in their order, and the sum of their bytes. */
  record Taken(List<Entry> entries, long bytes) {}

  private final PartitionKey partition;
  private final BatchingConfig batching;
  private List<Entry> entries = new ArrayList<>();
  private long bytes;
  private boolean ascending = true;
  private int rowLimit;

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
    return entries.isEmpty();
  }

  int rows() {
    return entries.size();
  }

  /** Whether what waits makes a whole batch. */
  boolean full() {
    return entries.size() >= rowLimit || bytes >= batching.maxBytes();
  }

  void add(Entry entry) {
    if (ascending && !entries.isEmpty()) {
      Entry last = entries.get(entries.size() - 1);
      ascending = last.row.compareClusteringKey(entry.row) < 0;
    }
    entries.add(entry);
    bytes += entry.row.bytes();
  }

  /**
   * Takes the next batch: the rows that have waited longest, in the order of the clustering key, of
   * equal keys the one that replaces the others: that of the latest record of their Kafka
   * partition.
   */
  Taken take() {
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
    return ordered ? new Taken(batch, taken) : inOrder(batch);
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
    return new Taken(distinct, bytes(distinct));
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
    entries.addAll(0, unwritten);
    bytes += bytes(unwritten);
    ascending = false;
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
    List<Entry> kept = new ArrayList<>(entries.size());
    bytes = 0;
    for (Entry entry : entries) {
      Entry survivor = null;
      for (Entry next = entry; next != null; ) {
        Entry older = next.replaced;
        next.replaced = null;
        if (gone.test(next)) {
          removed.add(next);
        } else if (survivor == null) {
          survivor = next;
        } else {
          survivor.replace(next);
        }
        next = older;
      }
      if (survivor != null) {
        kept.add(survivor);
        bytes += survivor.row.bytes();
      }
    }
    entries = kept;
    return removed;
  }
}
