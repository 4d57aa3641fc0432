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
 * whose first row has waited longest. Owned by the task thread.
 */
final class Buffers {

  /** A place in the order of age; void when the buffer has been served since. */
  private record Aged(PartitionBuffer buffer, long since) {
    boolean current() {
      return buffer.state == PartitionBuffer.State.FILLING && buffer.fillingSince == since;
    }
  }

  private final BatchingConfig batching;
  private final Holdings holdings;
  private final long linger;
  private final Map<PartitionKey, PartitionBuffer> byPartition = new HashMap<>();
  private final Queue<PartitionBuffer> ready = new ArrayDeque<>();
  private final ArrayDeque<Aged> filling = new ArrayDeque<>();
  private final Queue<PartitionBuffer> backingOff = byNextAttempt();

  /** Those whose rows were all declined: an end of that is not to be waited for. */
  private final Queue<PartitionBuffer> suspected = byNextAttempt();

  private @Nullable PartitionBuffer last;

  Buffers(BatchingConfig batching, Holdings holdings) {
    this.batching = batching;
    this.holdings = holdings;
    this.linger = batching.linger().toMillis();
  }

  private static Queue<PartitionBuffer> byNextAttempt() {
    return new PriorityQueue<>(
        Comparator.comparingLong((PartitionBuffer buffer) -> buffer.nextAttempt));
  }

  void add(Entry entry, long now) {
    PartitionBuffer buffer = buffer(entry.row.partition());
    buffer.add(entry);
    if (buffer.state == PartitionBuffer.State.IDLE) {
      fill(buffer, now);
    } else if (buffer.state == PartitionBuffer.State.FILLING && buffer.full()) {
      makeReady(buffer);
    } else if (buffer.state == PartitionBuffer.State.BACKING_OFF
        && !buffer.onlySuspects()
        && suspected.remove(buffer)) {
      fill(buffer, now);
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
    holdings.hold(buffer);
    return buffer;
  }

  /** The buffer whose failed attempt is to be repeated next, taken out of its queue. */
  @Nullable PartitionBuffer nextToRepeat(long now) {
    PartitionBuffer failed = firstDue(backingOff, now);
    return failed != null ? failed : firstDue(suspected, now);
  }

  private static @Nullable PartitionBuffer firstDue(Queue<PartitionBuffer> waiting, long now) {
    PartitionBuffer due = waiting.peek();
    return due != null && due.nextAttempt <= now ? waiting.remove() : null;
  }

  /**
   * The buffer to be served next of those whose last attempt did not fail, taken out of its queue.
   *
   * @param early whether one that could wait longer will do
   */
  @Nullable PartitionBuffer next(long now, boolean early) {
    PartitionBuffer full = ready.poll();
    if (full != null) {
      return full;
    }
    Aged oldest = oldest();
    if (oldest == null || !(early || oldest.since + linger <= now)) {
      return null;
    }
    filling.remove();
    return oldest.buffer;
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
    buffer.failures = 0;
    if (buffer.isEmpty()) {
      discard(buffer);
    } else if (buffer.onlySuspects()) {
      backOff(buffer, buffer.suspectsDue(), suspected);
    } else if (buffer.full() || buffer.gaveWay()) {
      makeReady(buffer);
    } else {
      fill(buffer, now);
    }
  }

  /**
   * A batch was refused: its rows are back in the buffer and go out again at once, in a smaller
   * batch.
   */
  void refused(PartitionBuffer buffer) {
    buffer.failures = 0;
    if (buffer.isEmpty()) {
      discard(buffer);
    } else if (buffer.onlySuspects()) {
      backOff(buffer, buffer.suspectsDue(), suspected);
    } else {
      makeReady(buffer);
    }
  }

  /** An attempt failed: its rows are back in the buffer and wait for their next turn. */
  void failed(PartitionBuffer buffer, long now, Backoff backoff) {
    if (buffer.isEmpty()) {
      discard(buffer);
      return;
    }
    buffer.failures++;
    backOff(buffer, now + backoff.delay(buffer.failures), backingOff);
  }

  private static void backOff(PartitionBuffer buffer, long until, Queue<PartitionBuffer> waiting) {
    buffer.nextAttempt = until;
    buffer.state = PartitionBuffer.State.BACKING_OFF;
    waiting.add(buffer);
  }

  private void fill(PartitionBuffer buffer, long now) {
    buffer.state = PartitionBuffer.State.FILLING;
    buffer.fillingSince = now;
    if (buffer.full()) {
      makeReady(buffer);
    } else {
      filling.add(new Aged(buffer, now));
    }
  }

  private void makeReady(PartitionBuffer buffer) {
    buffer.state = PartitionBuffer.State.READY;
    ready.add(buffer);
  }

  private void discard(PartitionBuffer buffer) {
    buffer.state = PartitionBuffer.State.IDLE;
    byPartition.remove(buffer.partition());
    holdings.release(buffer);
    if (last == buffer) {
      last = null;
    }
  }

  /** Takes out rows that are no longer this task's to write. Those under way are not among them. */
  List<Entry> removeIf(Predicate<Entry> gone) {
    List<Entry> removed = new ArrayList<>();
    for (PartitionBuffer buffer : List.copyOf(byPartition.values())) {
      removed.addAll(buffer.removeIf(gone));
      if (buffer.isEmpty() && buffer.state != PartitionBuffer.State.IN_FLIGHT) {
        ready.remove(buffer);
        backingOff.remove(buffer);
        suspected.remove(buffer);
        discard(buffer);
      }
    }
    return removed;
  }

  boolean anyReady() {
    return !ready.isEmpty();
  }

  /**
   * Whether any row waits that was not declined, be it for company, for its turn or for the end of
   * a back-off.
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
    return Math.min(first(backingOff), first(suspected));
  }

  private static long first(Queue<PartitionBuffer> waiting) {
    PartitionBuffer next = waiting.peek();
    return next == null ? Long.MAX_VALUE : next.nextAttempt;
  }
}
