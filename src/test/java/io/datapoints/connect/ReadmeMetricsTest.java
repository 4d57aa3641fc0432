package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Holds the table of the README to the catalogue. {@code -Dreadme.update=true} rewrites it. */
class ReadmeMetricsTest {

  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- metrics:begin -->\n";
  private static final String END = "<!-- metrics:end -->\n";

  @Test
  void theReadmeListsEveryMetricAsItIs() throws IOException {
    String expected = "\n" + MetricsTable.markdown() + "\n";
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin).as("markers in the README").isBetween(BEGIN.length(), end);

    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(README, readme.substring(0, begin) + expected + readme.substring(end));
    } else {
      assertThat(readme.substring(begin, end).lines().toList())
          .as(
              "README.md differs from the metrics: mvn test -Dtest=ReadmeMetricsTest"
                  + " -Dreadme.update=true")
          .containsExactlyElementsOf(expected.lines().toList());
    }
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
