package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.delivery.pace.Backoff;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of all partitions, and in which order they are served: full ones first, then those
 * whose first row has waited longest. Takes each buffer from one {@link PartitionBuffer.State} to
 * the next, and keeps it in the queue of that state. Owned by the task thread.
 */
final class PartitionQueue {

  private final BatchingConfig batching;
  private final BufferUsage usage;
  private final long linger;
  private final Map<PartitionKey, PartitionBuffer> byPartition = new HashMap<>();
  private final Queue<PartitionBuffer> ready = new ArrayDeque<>();
  private final FillingBuffers filling;
  private final Queue<PartitionBuffer> backingOff = byNextAttempt();

  /** Those whose rows were all declined: a flush does not wait for them. */
  private final Queue<PartitionBuffer> declined = byNextAttempt();

  private @Nullable PartitionBuffer last;

  /**
   * @param store says which partitions may share a batch
   */
  PartitionQueue(Store store, BatchingConfig batching, BufferUsage usage) {
    this.batching = batching;
    this.usage = usage;
    this.linger = batching.linger().toMillis();
    this.filling = new FillingBuffers(store, batching.maxInFlightBatches());
  }

  private static Queue<PartitionBuffer> byNextAttempt() {
    return new PriorityQueue<>(Comparator.comparingLong(PartitionBuffer::nextAttempt));
  }

  /** How many rows may be held. */
  int maxRows() {
    return batching.bufferMaxRows();
  }

  void add(BufferedRow entry, long now) {
    usage.hold(entry);
    PartitionBuffer buffer = buffer(entry.row.partition());
    buffer.add(entry);
    switch (buffer.state()) {
      case IDLE -> filling(buffer, now);
      case FILLING -> {
        if (buffer.full()) {
          ready(buffer);
        }
      }
      case BACKING_OFF -> {
        if (!buffer.onlyDeclined() && declined.remove(buffer)) {
          filling(buffer, now);
        }
      }
      case READY, IN_FLIGHT -> {
        // The row goes with a later batch.
      }
    }
  }

  /** Rows of a series often come in runs, so the buffer of the last row is tried first. */
  private PartitionBuffer buffer(PartitionKey partition) {
    PartitionBuffer buffer = last;
    if (buffer == null || !buffer.partition().equals(partition)) {
      buffer = byPartition.computeIfAbsent(partition, this::started);
      last = buffer;
    }
    return buffer;
  }

  private PartitionBuffer started(PartitionKey partition) {
    PartitionBuffer buffer = new PartitionBuffer(partition, batching);
    usage.hold(buffer);
    return buffer;
  }

  /** The batch of the failed attempt that is to be repeated next. */
  @Nullable Batch nextToRepeat(long nowMicros) {
    long now = TimeUnit.MICROSECONDS.toMillis(nowMicros);
    PartitionBuffer failed = firstDue(backingOff, now);
    PartitionBuffer due = failed != null ? failed : firstDue(declined, now);
    if (due != null) {
      return sent(due, nowMicros);
    }
    PartitionGroup group = filling.toRepeat(now);
    return group == null ? null : sent(group, now, nowMicros);
  }

  private static @Nullable PartitionBuffer firstDue(Queue<PartitionBuffer> waiting, long now) {
    PartitionBuffer due = waiting.peek();
    return due != null && due.nextAttempt() <= now ? waiting.remove() : null;
  }

  /**
   * The next batch of partitions whose last attempt did not fail. Where it is shared, only the
   * first of them has to be due: the others have waited for half of linger.ms at least, so that
   * batches are filled and few rows are parted from those that are still to come.
   *
   * @param everything whether rows that could wait longer will do, as they do while memory is short
   */
  @Nullable Batch next(long nowMicros, boolean everything) {
    PartitionBuffer full = ready.poll();
    if (full != null) {
      return sent(full, nowMicros);
    }
    PartitionGroup oldest = filling.oldest();
    if (oldest == null) {
      return null;
    }
    long now = TimeUnit.MICROSECONDS.toMillis(nowMicros);
    if (everything || usage.pressing()) {
      return sent(oldest, now, nowMicros);
    }
    return oldest.oldest() + linger <= now ? sent(oldest, now - linger / 2, nowMicros) : null;
  }

  private static Batch sent(PartitionBuffer buffer, long nowMicros) {
    PartitionRows rows = buffer.sent(nowMicros);
    return new Batch(List.of(rows), null, rows.repetition(), nowMicros);
  }

  /**
   * @param until those that share the batch have been filling since then or before
   */
  private Batch sent(PartitionGroup group, long until, long nowMicros) {
    boolean repetition = group.failing();
    List<PartitionBuffer> buffers = group.take(until, filling.limits());
    List<PartitionRows> parts = new ArrayList<>(buffers.size());
    for (PartitionBuffer buffer : buffers) {
      parts.add(buffer.sent(nowMicros));
    }
    return new Batch(parts, group, repetition, nowMicros);
  }

  /** The store answered a batch, whatever it said. */
  void answered(Batch batch) {
    if (batch.group() != null) {
      batch.group().answered();
    }
  }

  /** The store did not answer a batch. */
  void failed(Batch batch, long now, Backoff backoff) {
    if (batch.group() != null) {
      batch.group().failed(batch.sentAt(), now, backoff);
    }
  }

  /** A batch was answered; what came meanwhile takes its turn. */
  void served(PartitionBuffer buffer, long now) {
    if (answered(buffer)) {
      if (buffer.full() || buffer.gaveWay()) {
        ready(buffer);
      } else {
        filling(buffer, now);
      }
    }
  }

  /**
   * A batch was refused: its rows are back in the buffer and go out again at once, alone or in a
   * smaller batch.
   */
  void refused(PartitionBuffer buffer) {
    if (answered(buffer)) {
      ready(buffer);
    }
  }

  /** Whether rows are left that were not declined; else the buffer has its next state. */
  private boolean answered(PartitionBuffer buffer) {
    buffer.answered();
    if (buffer.isEmpty()) {
      discard(buffer);
      return false;
    }
    if (buffer.onlyDeclined()) {
      backedOff(buffer, buffer.declinedDue(), declined);
      return false;
    }
    return true;
  }

  /** An attempt failed: its rows are back in the buffer and wait for their next turn. */
  void failed(PartitionBuffer buffer, long now, Backoff backoff) {
    if (buffer.isEmpty()) {
      discard(buffer);
    } else {
      backedOff(buffer, now + backoff.delay(buffer.failed()), backingOff);
    }
  }

  private static void backedOff(
      PartitionBuffer buffer, long until, Queue<PartitionBuffer> waiting) {
    buffer.backedOff(until);
    waiting.add(buffer);
  }

  private void filling(PartitionBuffer buffer, long now) {
    if (buffer.full()) {
      ready(buffer);
    } else {
      buffer.filling(now);
      filling.add(buffer, now);
    }
  }

  private void ready(PartitionBuffer buffer) {
    buffer.ready();
    ready.add(buffer);
  }

  private void discard(PartitionBuffer buffer) {
    buffer.discarded();
    byPartition.remove(buffer.partition());
    usage.release(buffer);
    if (last == buffer) {
      last = null;
    }
  }

  /** Removes rows that are no longer this task's to write, except those under way. */
  List<BufferedRow> removeIf(Predicate<BufferedRow> gone) {
    List<BufferedRow> removed = new ArrayList<>();
    for (PartitionBuffer buffer : List.copyOf(byPartition.values())) {
      removed.addAll(buffer.removeIf(gone));
      if (buffer.isEmpty() && buffer.state() != PartitionBuffer.State.IN_FLIGHT) {
        ready.remove(buffer);
        backingOff.remove(buffer);
        declined.remove(buffer);
        discard(buffer);
      }
    }
    return removed;
  }

  boolean anyReady() {
    return !ready.isEmpty();
  }

  /** Whether any row waits of which no attempt failed. */
  boolean anyFresh() {
    return anyReady() || filling.oldestSince() != PartitionGroup.NEVER;
  }

  /**
   * Whether any row waits that was not declined, be it for others, for its turn or for the end of a
   * back-off.
   */
  boolean anyWaiting() {
    return anyReady() || filling.any() || !backingOff.isEmpty();
  }

  /** When the oldest row will have waited long enough; far in the future if none waits. */
  long nextDue() {
    long oldest = filling.oldestSince();
    return oldest == PartitionGroup.NEVER ? Long.MAX_VALUE : oldest + linger;
  }

  /** When the next failed attempt is to be repeated; far in the future if none is. */
  long nextRepetition() {
    return Math.min(filling.nextRepetition(), Math.min(first(backingOff), first(declined)));
  }

  private static long first(Queue<PartitionBuffer> waiting) {
    PartitionBuffer next = waiting.peek();
    return next == null ? Long.MAX_VALUE : next.nextAttempt();
  }
}
