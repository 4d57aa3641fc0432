package io.datapoints.connect;

import io.datapoints.connect.metrics.Metric;
import java.util.Locale;
import java.util.stream.Collectors;

/** Renders the catalogue of metrics as Markdown. */
final class MetricsTable {

  private MetricsTable() {}

  static String markdown() {
    StringBuilder markdown =
        new StringBuilder("| Metric | Kind | Unit | What it says |\n|---|---|---|---|\n");
    for (Metric metric : Metric.values()) {
      markdown.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  metric.metricName(),
                  metric.kind().name().toLowerCase(Locale.ROOT),
                  metric.unit(),
                  metric.description() + metric.tag().map(MetricsTable::ids).orElse("")));
    }
    return markdown.toString();
  }

  private static String ids(Metric.Tag tag) {
    return tag.ids().stream()
        .collect(
            Collectors.joining(
                "`, `", " One for each value of the tag `%s`: `".formatted(tag.key()), "`."));
  }
}
