package io.datapoints.connect.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names in expressions of the kinds that dashboards and alerts have. */
class PromQlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up{job=\"kafka-connect\"} == 0 | up",
        "max by (connector, task) (a_ms{status=\"failed\"}) / 1000 > 6e2 | a_ms",
        "sum(rate(a_total{c=~\"$c\", r=\"b_total\"}[$__rate_interval])) or vector(0) | a_total",
        "a > 1 and on (x, y) group_left (z) (b > 0 or c > 0) unless d offset 5m | a b c d",
        "time() - max (a:b > 0) | a:b",
        "label_values(a{connector=~\"$connector\"}, task) | a task",
        "topk(10, a) > bool 0 | a",
        "deriv(a[15m]) > 0.5 | a"
      })
  void theNamesOfSeriesAreFound(String expression, String names) {
    assertThat(PromQl.series(expression)).containsExactly(names.split(" "));
  }
}
