package io.datapoints.connect.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The REST interface of a Kafka Connect worker. A request that the worker refuses is an {@link
 * IOException} with the worker's words; one it cannot take during a rebalance (409) is repeated.
 */
public final class ConnectRest {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final int CONFLICT = 409;

  private final Http http;

  /**
   * @param root {@code http://host:port}
   */
  public ConnectRest(String root) {
    this.http = new Http(root);
  }

  /** {@code http://host:port}. */
  public String root() {
    return http.root();
  }

  /** Whether the worker has joined its group and answers requests. */
  public boolean isHealthy() throws IOException {
    return http.send("GET", "/health", null).status() == 200;
  }

  /** Creates the connector or gives it a new configuration. */
  public JsonNode putConnector(String name, Map<String, String> config) throws IOException {
    return call("PUT", "/connectors/" + name + "/config", http.json().writeValueAsString(config));
  }

  /**
   * What the plugin says about a configuration: the number of errors, and each setting with its
   * own.
   */
  public JsonNode validate(String connectorClass, Map<String, String> config) throws IOException {
    Map<String, String> complete = new TreeMap<>(config);
    complete.putIfAbsent("connector.class", connectorClass);
    String plugin = connectorClass.substring(connectorClass.lastIndexOf('.') + 1);
    return call(
        "PUT",
        "/connector-plugins/" + plugin + "/config/validate",
        http.json().writeValueAsString(complete));
  }

  /** The answer to a GET, as it came. */
  public String get(String path) throws IOException {
    return call("GET", path, null).toString();
  }

  /** The status document. */
  public JsonNode status(String name) throws IOException {
    return call("GET", "/connectors/" + name + "/status", null);
  }

  /**
   * Returns once the connector and at least one task are RUNNING, and all of its tasks are.
   *
   * @throws IllegalStateException at once when one of them has failed, with its trace
   */
  public void awaitRunning(String name) {
    Await.until(
        name + " to run",
        BOUND,
        () -> {
          List<String> states = states(name);
          if (states.contains("FAILED")) {
            throw new IllegalStateException(name + " failed: " + trace(name));
          }
          return states.size() > 1 && states.stream().allMatch("RUNNING"::equals);
        });
  }

  /** Returns once the connector or one of its tasks is FAILED. */
  public void awaitFailed(String name) {
    Await.until(name + " to fail", BOUND, () -> states(name).contains("FAILED"));
  }

  /** The state of the connector, followed by those of its tasks. */
  public List<String> states(String name) throws IOException {
    JsonNode status = status(name);
    List<String> states = new ArrayList<>();
    states.add(status.path("connector").path("state").asText());
    status.path("tasks").forEach(task -> states.add(task.path("state").asText()));
    return states;
  }

  /** The stack traces of whatever has failed; empty if nothing has. */
  public String trace(String name) throws IOException {
    JsonNode status = status(name);
    StringBuilder traces = new StringBuilder(status.path("connector").path("trace").asText());
    status.path("tasks").forEach(task -> traces.append(task.path("trace").asText()));
    return traces.toString();
  }

  /** Removes the connector. */
  public void deleteConnector(String name) throws IOException {
    call("DELETE", "/connectors/" + name, null);
  }

  /** Asks the connector to stop reading while its tasks stay. */
  public void pause(String name) throws IOException {
    call("PUT", "/connectors/" + name + "/pause", null);
  }

  /** Ends {@link #pause} and {@link #stop}. */
  public void resume(String name) throws IOException {
    call("PUT", "/connectors/" + name + "/resume", null);
  }

  /** Takes the tasks down and keeps the configuration. */
  public void stop(String name) throws IOException {
    call("PUT", "/connectors/" + name + "/stop", null);
  }

  /** Restarts the connector and all of its tasks; returns without waiting for that. */
  public void restart(String name) throws IOException {
    call("POST", "/connectors/" + name + "/restart?includeTasks=true", null);
  }

  /** Restarts one task. */
  public void restartTask(String name, int task) throws IOException {
    call("POST", "/connectors/" + name + "/tasks/" + task + "/restart", null);
  }

  /** What a sink connector has committed. */
  public Map<TopicPartition, Long> offsets(String name) throws IOException {
    Map<TopicPartition, Long> offsets = new TreeMap<>(ConnectRest::inOrder);
    for (JsonNode each : call("GET", "/connectors/" + name + "/offsets", null).path("offsets")) {
      JsonNode partition = each.path("partition");
      offsets.put(
          new TopicPartition(
              partition.path("kafka_topic").asText(), partition.path("kafka_partition").asInt()),
          each.path("offset").path("kafka_offset").asLong());
    }
    return offsets;
  }

  /** The class names of the connectors that the worker has found. */
  public List<String> plugins() throws IOException {
    List<String> classes = new ArrayList<>();
    call("GET", "/connector-plugins", null)
        .forEach(plugin -> classes.add(plugin.path("class").asText()));
    return classes;
  }

  /**
   * The version of a connector that the worker has found.
   *
   * @throws IOException if it has not
   */
  public String pluginVersion(String connectorClass) throws IOException {
    for (JsonNode plugin : call("GET", "/connector-plugins", null)) {
      if (plugin.path("class").asText().equals(connectorClass)) {
        return plugin.path("version").asText();
      }
    }
    throw new IOException("no plugin " + connectorClass);
  }

  /** Sets what a stopped sink connector has committed. */
  public void alterOffsets(String name, Map<TopicPartition, Long> offsets) throws IOException {
    ObjectNode request = http.json().createObjectNode();
    ArrayNode array = request.putArray("offsets");
    offsets.forEach(
        (partition, offset) -> {
          ObjectNode each = array.addObject();
          each.putObject("partition")
              .put("kafka_topic", partition.topic())
              .put("kafka_partition", partition.partition());
          each.putObject("offset").put("kafka_offset", offset);
        });
    call("PATCH", "/connectors/" + name + "/offsets", request.toString());
  }

  /** The root document: version, commit and cluster of the worker. */
  public ObjectNode version() throws IOException {
    return (ObjectNode) call("GET", "/", null);
  }

  private JsonNode call(String method, String path, @Nullable String body) throws IOException {
    Http.Answer answer =
        Await.value(
            method + " " + path + " to be possible",
            BOUND,
            () ->
                Optional.of(http.send(method, path, body))
                    .filter(each -> each.status() != CONFLICT));
    return http.parse(answer.orFail());
  }

  private static int inOrder(TopicPartition left, TopicPartition right) {
    int topics = left.topic().compareTo(right.topic());
    return topics != 0 ? topics : Integer.compare(left.partition(), right.partition());
  }
}
