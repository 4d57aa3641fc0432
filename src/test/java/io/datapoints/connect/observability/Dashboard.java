package io.datapoints.connect.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dashboard of Grafana, as its JSON.
 *
 * @param json the whole file
 */
record Dashboard(JsonNode json) {

  static final Path DIRECTORY = Path.of("config", "observability", "grafana", "dashboards");

  /** A variable takes its values from the label of a series. */
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((.{1,300}), (\\w{1,40})\\)");

  /** Of the connector, on Prometheus. */
  static Dashboard connector() throws IOException {
    return read("connector.json");
  }

  /** Of the stored flows, on Cassandra. */
  static Dashboard flows() throws IOException {
    return read("flows.json");
  }

  private static Dashboard read(String name) throws IOException {
    return new Dashboard(new ObjectMapper().readTree(DIRECTORY.resolve(name).toFile()));
  }

  /** The panels, rows included. */
  List<JsonNode> panels() {
    List<JsonNode> panels = new ArrayList<>();
    json.path("panels").forEach(panels::add);
    return panels;
  }

  /** What the panels ask for. */
  List<JsonNode> targets() {
    List<JsonNode> targets = new ArrayList<>();
    panels().forEach(panel -> panel.path("targets").forEach(targets::add));
    return targets;
  }

  /** What the variables of the head stand for. */
  List<JsonNode> variables() {
    List<JsonNode> variables = new ArrayList<>();
    json.at("/templating/list").forEach(variables::add);
    return variables;
  }

  /** Every expression of PromQL, those of the variables included. */
  List<String> expressions() {
    List<String> expressions = new ArrayList<>();
    targets().forEach(target -> expressions.add(target.path("expr").asText()));
    for (JsonNode variable : variables()) {
      Matcher query = LABEL_VALUES.matcher(variable.path("definition").asText());
      if (query.matches()) {
        expressions.add(query.group(1));
      }
    }
    return expressions;
  }
}
