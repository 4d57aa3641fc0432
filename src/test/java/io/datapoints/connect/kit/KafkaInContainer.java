package io.datapoints.connect.kit;

import org.jspecify.annotations.Nullable;
import org.testcontainers.kafka.KafkaContainer;

/** Kafka from its official image. */
final class KafkaInContainer extends InContainer<KafkaContainer> implements Kafka {

  private @Nullable Topics topics;

  @Override
  KafkaContainer create() {
    // What tests expect of a broker that runs as a process, and the image does not say itself.
    return new KafkaContainer("apache/kafka:" + KafkaBroker.VERSION)
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");
  }

  @Override
  public String bootstrapServers() {
    return container().getBootstrapServers();
  }

  @Override
  public Topics topics() {
    if (topics == null) {
      topics = new Topics(bootstrapServers());
    }
    return topics;
  }

  @Override
  public void close() {
    if (topics != null) {
      topics.close();
    }
    super.close();
  }
}
