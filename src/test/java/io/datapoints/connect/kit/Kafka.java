package io.datapoints.connect.kit;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** A Kafka cluster, and what a test does with it. */
public interface Kafka extends Restartable {

  /** Where clients find it, {@code host:port}. */
  String bootstrapServers();

  /** The clients behind the other methods, closed with this. */
  Topics topics();

  /** Creates a topic with replication factor 1. */
  default void createTopic(String name, int partitions) {
    topics().create(name, partitions);
  }

  /** How many records were ever written to the topic, its partitions' end offsets summed. */
  default long endOffset(String topic) {
    return topics().endOffsets(topic).values().stream().mapToLong(Long::longValue).sum();
  }

  /** What a consumer group has committed; empty if it has not. */
  default Map<TopicPartition, Long> committedOffsets(String group) {
    return topics().committedOffsets(group);
  }

  /** Every record that is in the topic now, partition by partition in order. */
  default List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return topics().records(topic);
  }

  /** A producer that the caller closes; acknowledged by all replicas, idempotent. */
  default Producer<byte[], byte[]> producer() {
    return topics().producer();
  }
}
