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

  private final Map<TopicPartition, Deque<Span>> spans = new HashMap<>();
  private final Map<TopicPartition, Span> poll = new HashMap<>();

  /** Bad records that wait to be reported. */
  private int rejected;

  private @Nullable String lastTopic;
  private int lastPartition;
  private @Nullable Span lastSpan;

  /**
   * Enters a record; the span it belongs to must be told when the record is done.
   *
   * @param receivedAt when it was received, in the engine's milliseconds; of the records of one
   *     span, that of the first counts
   */
  public Span received(String topic, int partition, long offset, long receivedAt) {
    Span span = lastSpan;
    if (span == null || partition != lastPartition || !topic.equals(lastTopic)) {
      span = openSpan(new TopicPartition(topic, partition), offset, receivedAt);
      lastTopic = topic;
      lastPartition = partition;
      lastSpan = span;
    }
    span.received(offset);
    return span;
  }

  private Span openSpan(TopicPartition partition, long offset, long receivedAt) {
    return poll.computeIfAbsent(
        partition,
        unseen -> {
          Span span = new Span(receivedAt, offset);
          spans.computeIfAbsent(partition, first -> new ArrayDeque<>()).add(span);
          return span;
        });
  }

  /** The records of the next poll begin spans of their own. */
  public void pollEnded() {
    poll.clear();
    lastSpan = null;
  }

  /** A bad record of which nothing is left to be written; its turn to be reported comes. */
  public void rejected(Receipt receipt) {
    receipt.span().rejected(receipt);
    rejected++;
  }

  /**
   * Hands out each bad record before which everything in its partition is durable or reported. Not
   * sooner, so that a task that starts again at the committed offset does not report it again.
   */
  public void takeReportable(Consumer<Receipt> reporter) {
    if (rejected == 0) {
      return;
    }
    for (TopicPartition partition : spans.keySet()) {
      for (Span span : pending(partition)) {
        List<Receipt> reportable = span.takeReportable();
        rejected -= reportable.size();
        reportable.forEach(reporter);
        if (!span.settled()) {
          break;
        }
      }
    }
  }

  /** Waits for the reports that are under way, so that their records can be committed. */
  public void awaitReports(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (Deque<Span> received : spans.values()) {
        for (Span span : received) {
          if (!span.settled()) {
            break;
          }
          if (!span.awaitReports(deadline)) {
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
    for (Span span : pending(partition)) {
      first = Math.min(first, span.first());
    }
    return first;
  }

  /**
   * When the oldest record was received that is not durable or reported yet, in the engine's
   * milliseconds; {@link #NOTHING} for none. Asked between polls.
   */
  public long oldestReceipt() {
    long oldest = NOTHING;
    for (TopicPartition partition : spans.keySet()) {
      Span head = pending(partition).peek();
      if (head != null) {
        oldest = Math.min(oldest, head.receivedAt());
      }
    }
    return oldest;
  }

  /**
   * The spans that hold up commits. Done ones are forgotten wherever they stand, so that a record
   * that is stuck does not make the others pile up behind it. A span whose poll is still being
   * entered is not over, though all of it so far may be done.
   */
  private Deque<Span> pending(TopicPartition partition) {
    Deque<Span> received = spans.get(partition);
    if (received == null) {
      return new ArrayDeque<>();
    }
    Span open = poll.get(partition);
    received.removeIf(span -> span != open && span.done());
    return received;
  }

  /**
   * Forgets partitions that were taken away; what is still on its way for them counts no more.
   *
   * @param dropped takes the bad records that will be reported by another task
   */
  public void close(Collection<TopicPartition> partitions, Consumer<Receipt> dropped) {
    for (TopicPartition partition : partitions) {
      Deque<Span> received = spans.remove(partition);
      if (received != null) {
        for (Span span : received) {
          span.abandon();
          List<Receipt> unreported = span.takeRejected();
          rejected -= unreported.size();
          unreported.forEach(dropped);
        }
      }
    }
    pollEnded();
  }
}
