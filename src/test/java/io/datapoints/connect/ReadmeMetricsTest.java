package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Holds the table of the README to the catalogue. {@code -Dreadme.update=true} rewrites it. */
class ReadmeMetricsTest {

  @Test
  void theReadmeListsEveryMetricAsItIs() throws IOException {
    new ReadmeTable("metrics").is("\n" + MetricsTable.markdown() + "\n");
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
