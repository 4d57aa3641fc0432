package io.datapoints.connect.quickstart;

import io.datapoints.connect.learning.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What producers really send now and then. Each of these is one record that no rule can save. */
final class BadRecords {

  /** Of the kairosdb layout. */
  static final BadRecords POINTS =
      texts(
          "{\"name\": \"shop.cut.off\", \"timestamp\": 17000000",
          "not JSON at all",
          "{\"name\": \"\", \"timestamp\": 1700000000000, \"value\": 1, \"tags\": {\"host\": \"a\"}}",
          "{\"name\": \"shop.no.tags\", \"timestamp\": 1700000000000, \"value\": 1, \"tags\": {}}",
          "{\"name\": \"shop.no.value\", \"timestamp\": 1700000000000, \"tags\": {\"host\": \"a\"}}");

  /** Of the flows layout. */
  static final BadRecords FLOWS =
      texts(
          "{\"source_ip\": \"10.0.0.1\", \"dest_ip\": \"192.0.2.",
          flow("10.0.0.300", "443", "\"tcp\"", "1700000000000", "1"),
          flow("10.0.0.1", "70000", "\"tcp\"", "1700000000000", "1"),
          flow("10.0.0.1", "443", "\"\"", "1700000000000", "1"),
          flow("10.0.0.1", "443", "\"tcp\"", "\"yesterday\"", "1"),
          flow("10.0.0.1", "443", "\"tcp\"", "1700000000000", "\"a lot\""));

  private final List<Message> kinds;

  private BadRecords(List<Message> kinds) {
    this.kinds = kinds;
  }

  private static BadRecords texts(String... values) {
    return new BadRecords(Arrays.stream(values).map(BadRecords::text).toList());
  }

  private static Message text(String value) {
    return topic -> new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Of the learning platform. */
  static BadRecords events(List<Event> events) {
    return new BadRecords(events.stream().map(BadRecords::event).toList());
  }

  private static Message event(Event event) {
    return topic -> event.record();
  }

  private static String flow(
      String source, String port, String protocol, String timestamp, String value) {
    return """
        {"source_ip": "%s", "dest_ip": "192.0.2.1", "source_port": 50000, "dest_port": %s,
         "protocol": %s, "timestamp": %s, "value": %s}"""
        .formatted(source, port, protocol, timestamp, value);
  }

  /** The kinds take turns. */
  Message number(long index) {
    return kinds.get((int) (index % kinds.size()));
  }
}
