package io.datapoints.connect.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.http.metrics.DoorMetric;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alerts and the dashboard ask the door for nothing that it does not show. */
class DoorSeriesTest {

  static final String PREFIX = "datapoints_http_";

  @Test
  void everySeriesThatIsAskedForIsInTheCatalogue() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (DoorMetric metric : DoorMetric.values()) {
      shown.add(metric.prometheusName());
      shown.add(metric.prometheusName() + "_bucket");
    }
    Set<String> asked = new TreeSet<>();
    Stream.concat(
            Dashboard.connector().expressions().stream(),
            Alert.all().stream().map(Alert::expression))
        .flatMap(expression -> PromQl.series(expression).stream())
        .filter(name -> name.startsWith(PREFIX))
        .forEach(asked::add);

    assertThat(asked).hasSizeGreaterThan(8).isSubsetOf(shown);
  }
}
