package io.datapoints.connect.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.observability.Exposition.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {

  private static final String TEXT =
      """
      # HELP rows_total Rows: all of them.
      # TYPE rows_total counter
      rows_total{connector="a,b",task="0",} 3.0
      rows_total{connector="a \\"q\\"",task="1"} 1.5E7
      # TYPE up gauge
      up NaN
      down -Inf
      """;

  @Test
  void namesLabelsAndValuesAreRead() {
    Exposition exposition = Exposition.parse(TEXT);

    assertThat(exposition.names()).containsExactly("down", "rows_total", "up");
    assertThat(exposition.of("rows_total"))
        .containsExactly(
            new Sample("rows_total", Map.of("connector", "a,b", "task", "0"), 3),
            new Sample("rows_total", Map.of("connector", "a \\\"q\\\"", "task", "1"), 1.5e7));
    assertThat(exposition.sum("rows_total")).isEqualTo(15_000_003);
    assertThat(exposition.sum("up")).isNaN();
    assertThat(exposition.sum("down")).isNegative().isInfinite();
    assertThat(exposition.types()).containsEntry("rows_total", "counter");
    assertThat(exposition.helps()).containsExactly(Map.entry("rows_total", "Rows: all of them."));
  }
}
