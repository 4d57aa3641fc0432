package io.datapoints.connect.kit;

import org.jspecify.annotations.Nullable;
import org.testcontainers.kafka.KafkaContainer;

/** Kafka from its official image. */
final class KafkaInContainer extends InContainer<KafkaContainer> implements Kafka {

  private @Nullable Topics topics;

  @Override
  KafkaContainer create() {
    return new KafkaContainer("apache/kafka:" + KafkaBroker.VERSION);
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
