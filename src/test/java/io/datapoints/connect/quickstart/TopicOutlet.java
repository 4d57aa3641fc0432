package io.datapoints.connect.quickstart;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Straight to Kafka. */
final class TopicOutlet implements Outlet {

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param producer closed with this
   * @param topic where messages go that name none themselves
   */
  TopicOutlet(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  @Override
  public void send(Message message) {
    var unused =
        producer.send(
            message.record(topic),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  @Override
  public void flush() {
    producer.flush();
    Exception first = failure.get();
    if (first != null) {
      throw new IllegalStateException("Kafka did not take a record", first);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
