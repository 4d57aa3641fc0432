package io.datapoints.connect.quickstart;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Sends messages and counts them; after every thousandth one follows a bad record. */
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
   * @param topic where messages go that name none themselves
   */
  Feed(Producer<byte[], byte[]> producer, String topic, BadRecords bad) {
    this.producer = producer;
    this.topic = topic;
    this.bad = bad;
  }

  void send(Message message) {
    produce(message);
    good++;
    if (good % MESSAGES_PER_BAD_RECORD == 0) {
      produce(bad.number(badRecords));
      badRecords++;
    }
  }

  private void produce(Message message) {
    var unused =
        producer.send(
            message.record(topic),
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
