package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.http.metrics.DoorMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Holds the page of the door's metrics to the code. {@code -Ddocs.update=true} rewrites it. */
class DoorMetricsPageTest {

  private static final Path PAGE = Path.of("docs", "reference", "door-metrics.md");

  @Test
  void thePageListsEveryMetricAsItIs() throws IOException {
    new GeneratedTable(PAGE, "metrics").is("\n" + metrics() + "\n");
  }

  private static String metrics() {
    StringBuilder markdown =
        new StringBuilder("| Metric | for Prometheus | Unit | What it says |\n|---|---|---|---|\n");
    for (DoorMetric metric : DoorMetric.values()) {
      markdown.append(
          "| `%s` | `%s` | %s | %s |\n"
              .formatted(
                  metric.metricName(),
                  metric.prometheusName(),
                  metric.unit(),
                  metric.description()));
    }
    return markdown.toString();
  }

  @Test
  void namesStandOnce() {
    assertThat(Arrays.stream(DoorMetric.values()).map(DoorMetric::metricName))
        .doesNotHaveDuplicates();
    assertThat(Arrays.stream(DoorMetric.values()).map(DoorMetric::prometheusName))
        .doesNotHaveDuplicates();
  }
}
