package io.datapoints.connect.delivery;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
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
final class OffsetLedger {

  private final Map<TopicPartition, Deque<Span>> spans = new HashMap<>();
  private final Map<TopicPartition, Long> durable = new HashMap<>();
  private final Map<TopicPartition, Span> poll = new HashMap<>();

  private @Nullable String lastTopic;
  private int lastPartition;
  private @Nullable Span lastSpan;

  /** Enters a record; the span it belongs to must be told when the record is done. */
  Span received(String topic, int partition, long offset) {
    Span span = lastSpan;
    if (span == null || partition != lastPartition || !topic.equals(lastTopic)) {
      span = openSpan(new TopicPartition(topic, partition), offset);
      lastTopic = topic;
      lastPartition = partition;
      lastSpan = span;
    }
    span.received(offset);
    return span;
  }

  private Span openSpan(TopicPartition partition, long offset) {
    return poll.computeIfAbsent(
        partition,
        unseen -> {
          Span span = new Span(offset);
          spans.computeIfAbsent(partition, first -> new ArrayDeque<>()).add(span);
          return span;
        });
  }

  /** The records of the next poll begin spans of their own. */
  void pollEnded() {
    poll.clear();
    lastSpan = null;
  }

  /**
   * What may be committed now: for each partition of which anything was received, the next offset
   * to read.
   */
  Map<TopicPartition, OffsetAndMetadata> durableOffsets() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    spans.forEach(
        (partition, received) -> {
          settle(partition, received);
          Long next =
              received.isEmpty() ? durable.get(partition) : Long.valueOf(received.peek().first());
          if (next != null) {
            offsets.put(partition, new OffsetAndMetadata(next));
          }
        });
    return offsets;
  }

  private void settle(TopicPartition partition, Deque<Span> received) {
    for (Span head = received.peek(); head != null && head.done(); head = received.peek()) {
      durable.put(partition, head.next());
      received.remove();
    }
  }

  /** Forgets partitions that were taken away; what is still on its way for them counts no more. */
  void close(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      Deque<Span> received = spans.remove(partition);
      if (received != null) {
        received.forEach(Span::abandon);
      }
      durable.remove(partition);
    }
    pollEnded();
  }
}
