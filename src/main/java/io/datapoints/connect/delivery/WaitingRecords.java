package io.datapoints.connect.delivery;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records that were received and have not been read, in their order: the rest of one poll, since
 * the partitions are paused while there is any. They are not entered, so nothing of them is
 * committed. Owned by the task thread.
 */
public final class WaitingRecords {

  private record Waiting(SinkRecord record, int bytes) {}

  private final Deque<Waiting> records = new ArrayDeque<>();
  private long bytes;
  private long earliest = Long.MAX_VALUE;

  /** None so far. */
  public WaitingRecords() {}

  /** Puts a record behind those that wait already. */
  public void add(SinkRecord record, long receivedAt) {
    Waiting last = new Waiting(record, RecordSize.of(record));
    earliest = Math.min(earliest, receivedAt);
    records.add(last);
    bytes += last.bytes;
  }

  /** The first of them, or null for none. */
  public @Nullable SinkRecord first() {
    Waiting first = records.peek();
    return first == null ? null : first.record;
  }

  /** Takes out the first of them. */
  public void removeFirst() {
    bytes -= records.remove().bytes;
    forgetTime();
  }

  private void forgetTime() {
    if (records.isEmpty()) {
      earliest = Long.MAX_VALUE;
    }
  }

  /** Drops those of partitions that another task may own by now. */
  public void close(Collection<TopicPartition> partitions) {
    records.removeIf(
        waiting ->
            partitions.contains(
                new TopicPartition(
                    waiting.record.originalTopic(), waiting.record.originalKafkaPartition())));
    bytes = records.stream().mapToLong(Waiting::bytes).sum();
    forgetTime();
  }

  /** Lowers offsets to be committed to the first record that waits. */
  public void holdBack(Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (Waiting waiting : records) {
      long offset = waiting.record.originalKafkaOffset();
      offsets.computeIfPresent(
          new TopicPartition(
              waiting.record.originalTopic(), waiting.record.originalKafkaPartition()),
          (partition, durable) ->
              offset < durable.offset() ? new OffsetAndMetadata(offset) : durable);
    }
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return records.isEmpty();
  }

  /** What they hold in memory. */
  public long bytes() {
    return bytes;
  }

  /** When the first was received, in the ticker's milliseconds; far in the future for none. */
  public long earliest() {
    return earliest;
  }
}
