package io.datapoints.connect.quickstart;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends messages to a topic and counts them; after every thousandth one follows a bad record. */
final class Feed implements AutoCloseable {

  private static final int MESSAGES_PER_BAD_RECORD = 1_000;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final BadRecords bad;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private long good;
  private long badRecords;

  /**
   * @param producer closed with this
   */
  Feed(Producer<byte[], byte[]> producer, String topic, BadRecords bad) {
    this.producer = producer;
    this.topic = topic;
    this.bad = bad;
  }

  void send(Message message) {
    send(message.key(), message.json());
    good++;
    if (good % MESSAGES_PER_BAD_RECORD == 0) {
      send(null, bad.number(badRecords));
      badRecords++;
    }
  }

  private void send(byte @Nullable [] key, byte[] value) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, value),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  /** Good messages sent so far. */
  long good() {
    return good;
  }

  /** Bad records sent so far. */
  long badRecords() {
    return badRecords;
  }

  /**
   * Returns once Kafka has everything.
   *
   * @throws IllegalStateException if it refused a record
   */
  void flush() {
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
