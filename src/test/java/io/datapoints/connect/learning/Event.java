package io.datapoints.connect.learning;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as the platform sends it.
 *
 * @param key JSON of what the record is about: records that make the same row share a key, and so a
 *     partition; null only in a bad one
 * @param value JSON; null where what the key names is gone
 * @param timestamp milliseconds since the epoch; of two records of one row the later has the later
 *     one
 */
public record Event(String topic, @Nullable String key, @Nullable String value, long timestamp) {

  /** As it goes to Kafka. */
  public ProducerRecord<byte[], byte[]> record() {
    return new ProducerRecord<>(topic, null, timestamp, bytes(key), bytes(value));
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
