package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.store.PartitionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition that wait to be written. At most one batch of a partition is under way
 * at a time: rows of one key are then written in the order in which they came, whatever is retried.
 * Owned by the task thread.
 */
final class PartitionBuffer {

  /** Where the buffer is in its life; {@link PartitionQueue} makes each transition. */
  enum State {
    /** Nothing waits and nothing is under way. */
    IDLE,
    /** Rows wait for others. */
    FILLING,
    /** A batch is full, or is wanted now; it goes alone. */
    READY,
    /** A batch is under way. */
    IN_FLIGHT,
    /** The last attempt failed; the next has a time. */
    BACKING_OFF
  }

  /** The buffer with an empty list, and its places in a map and in a queue. */
  private static final int HEAP_BYTES = 72 + 24 + 24 + 40 + 2 * 32;

  /** An outage makes batches smaller down to this part of their usual size. */
  private static final int SMALLEST_SHARE = 16;

  private final PartitionKey partition;
  private final BatchingConfig batching;
  private List<BufferedRow> entries = new ArrayList<>(1);
  private long bytes;
  private boolean ascending = true;
  private int rowLimit;

  /** Null until the first. */
  private @Nullable DeclinedRows declined;

  /** Whether the next batch is one of declined rows, if any are due: both kinds take turns. */
  private boolean declinedTurn;

  private State state = State.IDLE;

  /** When the first of the waiting rows came, in the engine's milliseconds. */
  private long fillingSince;

  /** Attempts that failed in a row. */
  private int failures;

  /** When the next attempt is due, in the engine's milliseconds. */
  private long nextAttempt;

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

  State state() {
    return state;
  }

  /** Whether rows wait for others, the first of them since this moment. */
  boolean fillingSince(long since) {
    return state == State.FILLING && fillingSince == since;
  }

  /** When the next attempt is due, in the engine's milliseconds. */
  long nextAttempt() {
    return nextAttempt;
  }

  /** To {@link State#FILLING}: a first row came just now. */
  void filling(long now) {
    state = State.FILLING;
    fillingSince = now;
  }

  /** To {@link State#READY}. */
  void ready() {
    state = State.READY;
  }

  /** To {@link State#BACKING_OFF}, with the rows of a batch that was not taken. */
  void backedOff(long until) {
    state = State.BACKING_OFF;
    nextAttempt = until;
  }

  /** To {@link State#IDLE}. */
  void discarded() {
    state = State.IDLE;
  }

  /** The store answered a batch. */
  void answered() {
    failures = 0;
  }

  /** An attempt failed; how many did in a row. */
  int failed() {
    return ++failures;
  }

  boolean isEmpty() {
    return entries.isEmpty() && (declined == null || declined.isEmpty());
  }

  /** Whether every row that waits was declined, or waits for one that was. */
  boolean onlyDeclined() {
    return entries.isEmpty() && !isEmpty();
  }

  /** Whether the rows that were not declined go first now, since their outcome is evidence. */
  boolean gaveWay() {
    return declined != null && !declinedTurn;
  }

  /** When the first of the rows that were declined is to be tried again. */
  long declinedDue() {
    return declined == null ? Long.MAX_VALUE : declined.nextDue();
  }

  /** The sum of what the rows that wait bring to a batch. */
  long bytes() {
    return bytes;
  }

  /** Whether its next batch may be shared: nothing is known against it or its rows. */
  boolean shareable() {
    return failures == 0 && (declined == null || declined.isEmpty());
  }

  /** Whether what waits makes a whole batch. */
  boolean full() {
    return entries.size() >= rowLimit || bytes >= batching.maxBytes();
  }

  void add(BufferedRow entry) {
    if (declined != null && declined.takeBehind(entry)) {
      return;
    }
    if (ascending && !entries.isEmpty()) {
      BufferedRow last = entries.get(entries.size() - 1);
      ascending = last.row.compareClusteringKey(entry.row) < 0;
    }
    entries.add(entry);
    bytes += entry.row.bytes();
  }

  /**
   * Takes the next batch, and is {@link State#IN_FLIGHT} with it: the rows that have waited
   * longest, in the order of the clustering key, of equal keys the one that replaces the others,
   * that of the latest record of their Kafka partition; or rows that were declined and are due.
   */
  PartitionRows sent(long nowMicros) {
    state = State.IN_FLIGHT;
    if (declined != null && (declinedTurn || entries.isEmpty())) {
      long now = TimeUnit.MICROSECONDS.toMillis(nowMicros);
      long until = entries.isEmpty() ? Math.max(now, declined.nextDue()) : now;
      List<BufferedRow> due = declined.send(until, rowLimit);
      if (!due.isEmpty()) {
        declinedTurn = false;
        return new PartitionRows(this, due, BufferedRow.bytes(due), true);
      }
    }
    declinedTurn = true;
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
    List<BufferedRow> rows = remove(count);
    if (!ordered) {
      rows = BufferedRow.inOrder(rows);
      taken = BufferedRow.bytes(rows);
    }
    return new PartitionRows(this, rows, taken, failures > 0);
  }

  private List<BufferedRow> remove(int count) {
    if (count == entries.size()) {
      List<BufferedRow> all = entries;
      entries = new ArrayList<>(1);
      ascending = true;
      return all;
    }
    List<BufferedRow> head = entries.subList(0, count);
    List<BufferedRow> batch = new ArrayList<>(head);
    head.clear();
    return batch;
  }

  /** Puts rows back that were not written, before those that came since. */
  void restore(List<BufferedRow> unwritten) {
    if (declined == null) {
      putFirst(unwritten);
      return;
    }
    List<BufferedRow> others = new ArrayList<>(unwritten.size());
    for (BufferedRow entry : unwritten) {
      if (!declined.takeBack(entry) && !declined.takeBehind(entry)) {
        others.add(entry);
      }
    }
    putFirst(others);
  }

  private void putFirst(List<BufferedRow> rows) {
    if (!rows.isEmpty()) {
      entries.addAll(0, rows);
      bytes += BufferedRow.bytes(rows);
      ascending = false;
    }
  }

  /**
   * The store declined a row: it is tried again at its own time, with what has to take effect after
   * it waiting behind it.
   */
  void declined(BufferedRow entry, long due) {
    if (declined == null) {
      declined = new DeclinedRows();
    }
    if (declined.isEmpty()) {
      declinedTurn = false;
    }
    declined.add(entry, due);
    entries.removeIf(declined::takeBehind);
    bytes = BufferedRow.bytes(entries);
  }

  /** A row of a batch came to its end, so what waited behind it goes on. */
  void ended(BufferedRow entry) {
    if (declined != null) {
      putFirst(declined.release(entry));
    }
  }

  /** The store refused a batch of this many rows: the next one has half of them. */
  void narrow(int refused) {
    rowLimit = Math.max(1, refused / 2);
  }

  /**
   * The store did not answer a batch of this many rows in time. That may be because it was too
   * much: the next one has half of them, but not so few that a store that comes back after an
   * outage gets tiny batches.
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
   * Removes rows that are no longer this task's to write. An older row that one of them had
   * replaced, and that still is, takes its place.
   *
   * @return the rows taken out, none of them with an older one behind it
   */
  List<BufferedRow> removeIf(Predicate<BufferedRow> gone) {
    List<BufferedRow> removed = new ArrayList<>();
    entries = BufferedRow.withoutThose(gone, entries, removed);
    bytes = BufferedRow.bytes(entries);
    if (declined != null) {
      putFirst(declined.removeIf(gone, removed));
    }
    return removed;
  }
}
