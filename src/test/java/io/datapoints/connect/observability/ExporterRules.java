package io.datapoints.connect.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exporter's rules for the catalogue of metrics, as its configuration has to state them. */
final class ExporterRules {

  static final Path FILE = Path.of("config", "observability", "jmx-exporter.yml");

  /** Kafka quotes a tag that JMX could not hold as it is. */
  private static final String TEXT = "\"?(.+?)\"?";

  private static final String NUMBER = "\"?(\\d+)\"?";

  private ExporterRules() {}

  /** What Prometheus calls a metric. */
  static String series(Metric metric) {
    return "kafka_connect_datapoints_" + metric.metricName().replace('-', '_');
  }

  /** The labels of its series. */
  static List<String> labels(Metric metric) {
    List<String> labels = new ArrayList<>(List.of("connector", "task"));
    metric.tag().ifPresent(tag -> labels.add(tag.key()));
    return labels;
  }

  /** A rule for each metric of the catalogue, in its order. */
  static String yaml() {
    return Stream.of(Metric.values()).map(ExporterRules::rule).collect(Collectors.joining());
  }

  private static String rule(Metric metric) {
    String tag = metric.tag().map(each -> ", " + each.key() + "=" + TEXT).orElse("");
    List<String> labels = new ArrayList<>();
    for (String label : labels(metric)) {
      labels.add(label + ": \"$" + (labels.size() + 1) + '"');
    }
    return """
          - pattern: 'kafka.connect<type=plugins, connector=%s, task=%s%s><>%s'
            name: %s
            type: %s
            labels: {%s}
            help: '%s'
        """
        .formatted(
            TEXT,
            NUMBER,
            tag,
            metric.metricName(),
            series(metric),
            metric.kind(),
            String.join(", ", labels),
            metric.description().replace("'", "''"));
  }

  /** All rules that the file has, in the order in which they are tried. */
  static List<JsonNode> all() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    new ObjectMapper(new YAMLFactory()).readTree(FILE.toFile()).path("rules").forEach(rules::add);
    return rules;
  }
}
