package io.datapoints.connect.delivery.offsets;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Knows for every partition up to where everything received is durable or reported, which is all
 * that may be committed. It counts in the order of receipt and by the original coordinates, so gaps
 * in the log do not matter, and a topic that was created anew and starts again at 0 is simply
 * followed: a record delivered a second time is tracked like a first one, since writing it again
 * changes nothing while leaving it out could lose it.
 *
 * <p>Owned by the task thread.
 */
public final class OffsetLedger {

  /** No record is held. */
  public static final long NOTHING = Long.MAX_VALUE;

  private final Map<TopicPartition, Deque<OffsetRange>> ranges = new HashMap<>();
  private final Map<TopicPartition, OffsetRange> poll = new HashMap<>();

  /** Bad records that wait to be reported. */
  private int rejected;

  private @Nullable String lastTopic;
  private int lastPartition;
  private @Nullable OffsetRange lastRange;

  /**
   * Enters a record; the range it belongs to must be told when the record is done.
   *
   * @param receivedAt when it was received, in the engine's milliseconds; of the records of one
   *     range, that of the first counts
   */
  public OffsetRange received(String topic, int partition, long offset, long receivedAt) {
    OffsetRange range = lastRange;
    if (range == null || partition != lastPartition || !topic.equals(lastTopic)) {
      range = openRange(new TopicPartition(topic, partition), offset, receivedAt);
      lastTopic = topic;
      lastPartition = partition;
      lastRange = range;
    }
    range.received();
    return range;
  }

  private OffsetRange openRange(TopicPartition partition, long offset, long receivedAt) {
    return poll.computeIfAbsent(
        partition,
        unseen -> {
          OffsetRange range = new OffsetRange(receivedAt, offset);
          ranges.computeIfAbsent(partition, first -> new ArrayDeque<>()).add(range);
          return range;
        });
  }

  /** The records of the next poll begin ranges of their own. */
  public void pollEnded() {
    poll.clear();
    lastRange = null;
  }

  /** A bad record of which nothing is left to be written; its turn to be reported comes. */
  public void rejected(PendingRecord pending) {
    pending.range().rejected(pending);
    rejected++;
  }

  /**
   * Hands out each bad record before which everything in its partition is durable or reported. Not
   * sooner, so that a task that starts again at the committed offset does not report it again.
   */
  public void takeReportable(Consumer<PendingRecord> reporter) {
    if (rejected == 0) {
      return;
    }
    for (TopicPartition partition : ranges.keySet()) {
      for (OffsetRange range : pending(partition)) {
        List<PendingRecord> reportable = range.takeReportable();
        rejected -= reportable.size();
        reportable.forEach(reporter);
        if (!range.settled()) {
          break;
        }
      }
    }
  }

  /** Waits for the reports that are under way, so that their records can be committed. */
  public void awaitReports(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (Deque<OffsetRange> received : ranges.values()) {
        for (OffsetRange range : received) {
          if (!range.settled()) {
            break;
          }
          if (!range.awaitReports(deadline)) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What may be committed of what the framework has delivered: its own position where nothing is
   * pending, which also passes what a transform has dropped; else the first pending record. Never
   * beyond that position: a put that failed has delivered nothing.
   *
   * @param delivered the next offset to read, by partition, of the puts that returned
   */
  public Map<TopicPartition, OffsetAndMetadata> durableOffsets(
      Map<TopicPartition, OffsetAndMetadata> delivered) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    delivered.forEach(
        (partition, position) -> {
          long first = firstPending(partition);
          offsets.put(
              partition, first < position.offset() ? new OffsetAndMetadata(first) : position);
        });
    return offsets;
  }

  /** A topic that was created anew has its first pending record behind older ones. */
  private long firstPending(TopicPartition partition) {
    long first = NOTHING;
    for (OffsetRange range : pending(partition)) {
      first = Math.min(first, range.first());
    }
    return first;
  }

  /**
   * When the oldest record was received that is not durable or reported yet, in the engine's
   * milliseconds; {@link #NOTHING} for none. Asked between polls.
   */
  public long oldestReceipt() {
    long oldest = NOTHING;
    for (TopicPartition partition : ranges.keySet()) {
      OffsetRange head = pending(partition).peek();
      if (head != null) {
        oldest = Math.min(oldest, head.receivedAt());
      }
    }
    return oldest;
  }

  /**
   * The ranges that hold up commits. Done ones are forgotten wherever they stand, so that a record
   * that is stuck does not make the others pile up behind it. A range whose poll is still being
   * entered is not over, though all of it so far may be done.
   */
  private Deque<OffsetRange> pending(TopicPartition partition) {
    Deque<OffsetRange> received = ranges.get(partition);
    if (received == null) {
      return new ArrayDeque<>();
    }
    OffsetRange open = poll.get(partition);
    received.removeIf(range -> range != open && range.done());
    return received;
  }

  /**
   * Forgets partitions that were taken away; what is still on its way for them counts no more.
   *
   * @param dropped takes the bad records that will be reported by another task
   */
  public void close(Collection<TopicPartition> partitions, Consumer<PendingRecord> dropped) {
    for (TopicPartition partition : partitions) {
      Deque<OffsetRange> received = ranges.remove(partition);
      if (received != null) {
        for (OffsetRange range : received) {
          range.abandon();
          List<PendingRecord> unreported = range.takeRejected();
          rejected -= unreported.size();
          unreported.forEach(dropped);
        }
      }
    }
    pollEnded();
  }
}
