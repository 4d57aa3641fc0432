package io.datapoints.connect.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule of alerts.yml.
 *
 * @param json as it stands there
 */
record Alert(JsonNode json) {

  static final Path DIRECTORY = Path.of("config", "observability");

  /** All of them, in order. */
  static List<Alert> all() throws IOException {
    List<Alert> alerts = new ArrayList<>();
    for (JsonNode group : yaml(DIRECTORY.resolve("alerts.yml")).path("groups")) {
      group.path("rules").forEach(rule -> alerts.add(new Alert(rule)));
    }
    return alerts;
  }

  static JsonNode yaml(Path file) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
  }

  String name() {
    return json.path("alert").asText();
  }

  String expression() {
    return json.path("expr").asText();
  }

  String annotation(String key) {
    return json.path("annotations").path(key).asText();
  }
}
