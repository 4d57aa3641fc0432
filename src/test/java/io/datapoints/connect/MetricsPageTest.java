package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Holds the table of metrics to the catalogue. {@code -Ddocs.update=true} rewrites it. */
class MetricsPageTest {

  @Test
  void thePageListsEveryMetricAsItIs() throws IOException {
    new GeneratedTable(Path.of("docs", "operate", "metrics.md"), "metrics")
        .is("\n" + MetricsTable.markdown() + "\n");
  }

  @Test
  void namesAreThoseOfKafkasOwnStyleAndStandOnce() {
    assertThat(MetricsTable.markdown().lines().filter(line -> line.startsWith("| `")))
        .extracting(line -> line.split("`", 3)[1])
        .containsExactlyElementsOf(Arrays.stream(Metric.values()).map(Metric::metricName).toList())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+[0-9]*(-[a-z0-9]+)+"));
  }
}
