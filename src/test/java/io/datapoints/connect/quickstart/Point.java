package io.datapoints.connect.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One measurement as a producer sends it: an object of KairosDB's REST format.
 *
 * @param name name of the metric
 * @param tags at least one
 * @param timestamp milliseconds since the epoch
 * @param value a number or a text
 * @param ttl seconds to live, 0 for ever
 */
record Point(String name, SortedMap<String, String> tags, long timestamp, JsonNode value, int ttl)
    implements Message {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Point ofLong(String name, Map<String, String> tags, long timestamp, long value, int ttl) {
    return new Point(name, new TreeMap<>(tags), timestamp, LongNode.valueOf(value), ttl);
  }

  static Point ofDouble(
      String name, Map<String, String> tags, long timestamp, double value, int ttl) {
    return new Point(name, new TreeMap<>(tags), timestamp, DoubleNode.valueOf(value), ttl);
  }

  static Point ofText(
      String name, Map<String, String> tags, long timestamp, String value, int ttl) {
    return new Point(name, new TreeMap<>(tags), timestamp, TextNode.valueOf(value), ttl);
  }

  @Override
  public ProducerRecord<byte[], byte[]> record(String topic) {
    return new ProducerRecord<>(topic, key(), json());
  }

  /** Name and tags. */
  byte[] key() {
    return (name + tags).getBytes(StandardCharsets.UTF_8);
  }

  byte[] json() {
    ObjectNode point = JSON.createObjectNode();
    point.put("name", name);
    point.put("timestamp", timestamp);
    point.set("value", value);
    ObjectNode tagsNode = point.putObject("tags");
    tags.forEach(tagsNode::put);
    if (ttl != 0) {
      point.put("ttl", ttl);
    }
    return point.toString().getBytes(StandardCharsets.UTF_8);
  }
}
