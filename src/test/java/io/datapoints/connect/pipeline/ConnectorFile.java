package io.datapoints.connect.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.kit.Cassandra;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A connector as one posts it to Kafka Connect.
 *
 * @param name name of the connector
 * @param config its settings
 */
public record ConnectorFile(String name, SortedMap<String, String> config) {

  /** Reads {@code {"name": ..., "config": {...}}}. */
  public static ConnectorFile read(Path file) throws IOException {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    SortedMap<String, String> config = new TreeMap<>();
    json.path("config")
        .properties()
        .forEach(each -> config.put(each.getKey(), each.getValue().asText()));
    return new ConnectorFile(json.path("name").asText(), config);
  }

  /** The same with other values for these settings. */
  public ConnectorFile with(Map<String, String> others) {
    SortedMap<String, String> changed = new TreeMap<>(config);
    changed.putAll(others);
    return new ConnectorFile(name, changed);
  }

  /** The same with the address of this Cassandra. */
  public ConnectorFile at(Cassandra cassandra) {
    return with(
        Map.of(
            "cassandra.contact.points", cassandra.contactPoint(),
            "cassandra.local.datacenter", cassandra.localDatacenter()));
  }

  /** The topics that it reads. */
  public List<String> topics() {
    return List.of(config.getOrDefault("topics", "metrics").split(",", -1));
  }

  /** The topic for what cannot be stored. */
  public String deadLetterTopic() {
    return config.getOrDefault("errors.deadletterqueue.topic.name", "metrics.errors");
  }

  /** The keyspace that it writes to. */
  public String keyspace() {
    return config.getOrDefault("cassandra.keyspace", "kairosdb");
  }
}
