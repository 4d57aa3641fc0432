package io.datapoints.connect.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a record leaves in a store, but for its value. Understands the records of {@link
 * io.datapoints.connect.fault.Workload}: one long point or one flow each; anything else counts as
 * bad.
 */
sealed interface SampleKey {

  /** Of the kairosdb layout. */
  record PointKey(String metric, Map<String, String> tags, long timestamp) implements SampleKey {}

  /** Of the flows layout. */
  record FlowKey(
      String sourceIp, String destIp, int sourcePort, int destPort, String protocol, long timestamp)
      implements SampleKey {}

  /** Milliseconds since the epoch. */
  long timestamp();

  /** The key of the record's sample; empty if the record is a bad one. */
  static Optional<SampleKey> of(ObjectMapper json, byte[] record) {
    try {
      JsonNode sample = json.readTree(record);
      return sample.has("source_ip") ? flow(sample) : point(sample);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<SampleKey> point(JsonNode point) {
    Map<String, String> tags = new TreeMap<>();
    point.path("tags").forEachEntry((name, value) -> tags.put(name, value.asText()));
    if (tags.isEmpty() || !point.path("value").isIntegralNumber()) {
      return Optional.empty();
    }
    return Optional.of(
        new PointKey(point.path("name").asText(), tags, point.path("timestamp").asLong()));
  }

  private static Optional<SampleKey> flow(JsonNode flow) {
    int sourcePort = flow.path("source_port").asInt();
    if (sourcePort > 65_535) {
      return Optional.empty();
    }
    return Optional.of(
        new FlowKey(
            flow.path("source_ip").asText(),
            flow.path("dest_ip").asText(),
            sourcePort,
            flow.path("dest_port").asInt(),
            flow.path("protocol").asText(),
            flow.path("timestamp").asLong()));
  }
}
