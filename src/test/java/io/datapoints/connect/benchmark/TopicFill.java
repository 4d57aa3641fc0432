package io.datapoints.connect.benchmark;

import io.datapoints.connect.kit.Kafka;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Fills topics with workloads, point by point over all series, series spread over partitions. */
final class TopicFill {

  private final Kafka kafka;
  private final int partitions;

  TopicFill(Kafka kafka, int partitions) {
    this.kafka = kafka;
    this.partitions = partitions;
  }

  /**
   * Creates the topic and writes the workload to it, uncompressed.
   *
   * @return each partition's offset after its last record
   */
  Map<TopicPartition, Long> fill(String topic, Workload workload) {
    kafka.createTopic(topic, partitions);
    // Answered once the broker serves each partition. A producer that is quicker than that has its
    // first batch refused and its second one taken, and never gets the first one in again.
    if (kafka.endOffset(topic) != 0) {
      throw new IllegalStateException(topic + " is not new");
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      for (int point = 0; point < workload.pointsPerSeries(); point += workload.pointsPerRecord()) {
        for (int series = 0; series < workload.series(); series++) {
          int partition = series % partitions;
          // Failures reach the callback.
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      topic, partition, workload.recordKey(series), workload.record(series, point)),
                  (metadata, exception) -> failure.compareAndSet(null, exception));
          ends.merge(new TopicPartition(topic, partition), 1L, Long::sum);
        }
      }
    }
    Exception failed = failure.get();
    if (failed != null || kafka.endOffset(topic) != workload.records()) {
      throw new IllegalStateException("could not fill " + topic, failed);
    }
    return ends;
  }
}
