package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.delivery.pace.Backoff;
import io.datapoints.connect.store.PartitionKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of all partitions, and in which order they are served: full ones first, then those
 * whose first row has waited longest. Takes each buffer from one {@link PartitionBuffer.State} to
 * the next, and keeps it in the queue of that state. Owned by the task thread.
 */
final class PartitionQueue {

  /** A place in the order of age; stale once the buffer has been served since. */
  private record Aged(PartitionBuffer buffer, long since) {
    boolean current() {
      return buffer.fillingSince(since);
    }
  }

  private final BatchingConfig batching;
  private final BufferUsage usage;
  private final long linger;
  private final Map<PartitionKey, PartitionBuffer> byPartition = new HashMap<>();
  private final Queue<PartitionBuffer> ready = new ArrayDeque<>();
  private final ArrayDeque<Aged> filling = new ArrayDeque<>();
  private final Queue<PartitionBuffer> backingOff = byNextAttempt();

  /** Those whose rows were all declined: a flush does not wait for them. */
  private final Queue<PartitionBuffer> declined = byNextAttempt();

  private @Nullable PartitionBuffer last;

  PartitionQueue(BatchingConfig batching, BufferUsage usage) {
    this.batching = batching;
    this.usage = usage;
    this.linger = batching.linger().toMillis();
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

  /** The buffer whose failed attempt is to be repeated next, taken out of its queue. */
  @Nullable PartitionBuffer nextToRepeat(long now) {
    PartitionBuffer failed = firstDue(backingOff, now);
    return failed != null ? failed : firstDue(declined, now);
  }

  private static @Nullable PartitionBuffer firstDue(Queue<PartitionBuffer> waiting, long now) {
    PartitionBuffer due = waiting.peek();
    return due != null && due.nextAttempt() <= now ? waiting.remove() : null;
  }

  /**
   * The buffer to be served next of those whose last attempt did not fail, taken out of its queue.
   *
   * @param everything whether one that could wait longer will do, as it does while memory is short
   */
  @Nullable PartitionBuffer next(long now, boolean everything) {
    PartitionBuffer full = ready.poll();
    if (full != null) {
      return full;
    }
    Aged oldest = oldest();
    if (oldest == null || !(everything || oldest.since + linger <= now || usage.pressing())) {
      return null;
    }
    filling.remove();
    return oldest.buffer;
  }

  /** The next batch of a buffer that was taken out of its queue. */
  Batch sent(PartitionBuffer buffer, long nowMicros) {
    return buffer.sent(nowMicros);
  }

  private @Nullable Aged oldest() {
    Aged head = filling.peek();
    while (head != null && !head.current()) {
      filling.remove();
      head = filling.peek();
    }
    return head;
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
   * A batch was refused: its rows are back in the buffer and go out again at once, in a smaller
   * batch.
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
      filling.add(new Aged(buffer, now));
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

  /**
   * Whether any row waits that was not declined, be it for others, for its turn or for the end of a
   * back-off.
   */
  boolean anyWaiting() {
    return anyReady() || oldest() != null || !backingOff.isEmpty();
  }

  /** When the oldest row will have waited long enough; far in the future if none waits. */
  long nextDue() {
    Aged oldest = oldest();
    return oldest == null ? Long.MAX_VALUE : oldest.since + linger;
  }

  /** When the next failed attempt is to be repeated; far in the future if none is. */
  long nextRepetition() {
    return Math.min(first(backingOff), first(declined));
  }

  private static long first(Queue<PartitionBuffer> waiting) {
    PartitionBuffer next = waiting.peek();
    return next == null ? Long.MAX_VALUE : next.nextAttempt();
  }
}
