package io.datapoints.connect.delivery;

import io.datapoints.connect.delivery.pace.Backoff;
import io.datapoints.connect.store.SharedLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Partitions that may share a batch, as those with the same replicas: their buffers whose rows wait
 * for others, oldest first, and how the last of their batches fared. What keeps one of them from
 * being written is likely to keep the others too, so a group that failed is tried by one batch at a
 * time, after ever longer waits. Times are the engine's milliseconds. Owned by the task thread.
 */
final class PartitionGroup {

  /** Later than any time. */
  static final long NEVER = Long.MAX_VALUE;

  /** A place in the order of age; stale once the buffer has been served since. */
  private record Aged(PartitionBuffer buffer, long since) {
    boolean current() {
      return buffer.fillingSince(since);
    }
  }

  private final boolean sharing;
  private final ArrayDeque<Aged> filling = new ArrayDeque<>();
  private int inFlight;
  private int failures;
  private long nextAttempt;

  /**
   * @param sharing false for partitions that have nothing in common, whose rows go alone
   */
  PartitionGroup(boolean sharing) {
    this.sharing = sharing;
  }

  /** A buffer is filling since now. */
  void add(PartitionBuffer buffer, long now) {
    filling.add(new Aged(buffer, now));
  }

  /** Since when the oldest has been filling, {@link #NEVER} for none. */
  long oldest() {
    Aged first = first();
    return first == null ? NEVER : first.since;
  }

  private @Nullable Aged first() {
    Aged head = filling.peek();
    while (head != null && !head.current()) {
      filling.remove();
      head = filling.peek();
    }
    return head;
  }

  /**
   * Takes out the oldest, of which there is one, and others that share a batch with it; they are
   * {@link PartitionBuffer.State#READY} then.
   *
   * @param until others have to have been filling since then or before
   * @param limits of all of them together
   */
  List<PartitionBuffer> take(long until, SharedLimits limits) {
    inFlight++;
    PartitionBuffer oldest = removeFirst();
    if (!sharing) {
      return List.of(oldest);
    }
    List<PartitionBuffer> taken = new ArrayList<>(limits.partitions());
    taken.add(oldest);
    long bytes = oldest.bytes();
    for (Aged next = first(); next != null && next.since <= until; next = first()) {
      bytes += next.buffer.bytes();
      if (taken.size() >= limits.partitions() || bytes > limits.bytes()) {
        break;
      }
      taken.add(removeFirst());
    }
    return taken;
  }

  private PartitionBuffer removeFirst() {
    PartitionBuffer buffer = filling.remove().buffer;
    buffer.ready();
    return buffer;
  }

  /** Whether its last batch failed. */
  boolean failing() {
    return failures > 0;
  }

  /** Batches that were taken from here and are under way. */
  int inFlight() {
    return inFlight;
  }

  /** When a group that failed may be tried again. */
  long nextAttempt() {
    return inFlight > 0 ? NEVER : nextAttempt;
  }

  /** The store answered a batch that was taken from here. */
  void answered() {
    inFlight--;
    failures = 0;
  }

  /** The store did not answer such a batch. Those sent before another failed count as one. */
  void failed(long sentAt, long now, Backoff backoff) {
    inFlight--;
    if (!sharing) {
      return;
    }
    if (failures == 0 || sentAt >= nextAttempt) {
      failures++;
      nextAttempt = now + backoff.delay(failures);
    }
  }

  /** Whether there is nothing of it to be remembered. */
  boolean idle() {
    return inFlight == 0 && failures == 0 && first() == null;
  }
}
