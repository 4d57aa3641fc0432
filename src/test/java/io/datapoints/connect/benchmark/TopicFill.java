package io.datapoints.connect.benchmark;

import io.datapoints.connect.kit.Kafka;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Fills topics, record by record over all keys, keys spread over partitions. */
final class TopicFill {

  private final Kafka kafka;
  private final int partitions;

  TopicFill(Kafka kafka, int partitions) {
    this.kafka = kafka;
    this.partitions = partitions;
  }

  /**
   * Creates the topic of the content's name and writes the content to it, uncompressed.
   *
   * @return each partition's offset after its last record
   */
  Map<TopicPartition, Long> fill(TopicContent content) {
    String topic = content.name();
    kafka.createTopic(topic, partitions);
    // Answered once the broker serves each partition. A producer that is quicker than that has its
    // first batch refused and its second one taken, and never gets the first one in again.
    if (kafka.endOffset(topic) != 0) {
      throw new IllegalStateException(topic + " is not new");
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      for (long position = 0; position < content.records(); position++) {
        int key = content.key(position);
        int partition = key % partitions;
        byte[] value = content.recordValue(key, content.number(position));
        // Failures reach the callback.
        var unused =
            producer.send(
                new ProducerRecord<>(topic, partition, content.recordKey(key), value),
                (metadata, exception) -> failure.compareAndSet(null, exception));
        ends.merge(new TopicPartition(topic, partition), 1L, Long::sum);
      }
    }
    Exception failed = failure.get();
    if (failed != null || kafka.endOffset(topic) != content.records()) {
      throw new IllegalStateException("could not fill " + topic, failed);
    }
    return ends;
  }
}
