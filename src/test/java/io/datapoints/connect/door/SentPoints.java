package io.datapoints.connect.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.kit.Kafka;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Points of which each has a number: its value, and its time in seconds after a fixed one. */
final class SentPoints {

  static final long BEGIN = 1_700_000_000_000L;

  private static final ObjectMapper JSON = new ObjectMapper();

  private SentPoints() {}

  /** A body of one point. */
  static String body(String metric, int series, long number) {
    return "[{\"name\":\"%s\",\"tags\":{\"series\":\"%d\"},\"datapoints\":[[%d,%d]]}]"
        .formatted(metric, series, time(number), number);
  }

  static long time(long number) {
    return BEGIN + number * 1_000;
  }

  /** The numbers of the points that are in the topic. */
  static Set<Long> in(Kafka kafka, String topic) throws IOException {
    Set<Long> numbers = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.records(topic)) {
      for (JsonNode point : JSON.readTree(record.value()).path("datapoints")) {
        numbers.add(point.path(1).asLong());
      }
    }
    return numbers;
  }
}
