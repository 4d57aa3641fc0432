package io.datapoints.connect.http.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

  private final List<Reading> readings =
      List.of(
          Reading.of(DoorMetric.REJECTIONS_TOTAL, "rule", "json", () -> 3L),
          Reading.of(DoorMetric.REJECTIONS_TOTAL, "rule", "a\"b\\", () -> 4L),
          new Reading(DoorMetric.ANSWER_SECONDS, "-bucket", Map.of("le", "+Inf"), () -> 2L),
          new Reading(DoorMetric.ANSWER_SECONDS, "-sum", Map.of(), () -> 0.25),
          Reading.of(DoorMetric.KAIROSDB_QUEUE_SIZE, () -> 5.0));

  @Test
  void aMetricHasOneHeadAndALineForEachTag() {
    assertThat(PrometheusText.of(readings).lines())
        .containsExactly(
            "# HELP datapoints_http_rejections_total Parts of requests that broke a rule.",
            "# TYPE datapoints_http_rejections_total counter",
            "datapoints_http_rejections_total{rule=\"json\"} 3",
            "datapoints_http_rejections_total{rule=\"a\\\"b\\\\\"} 4",
            "# HELP datapoints_http_answer_seconds Time from a body's last byte to its answer,"
                + " which waits for Kafka.",
            "# TYPE datapoints_http_answer_seconds histogram",
            "datapoints_http_answer_seconds_bucket{le=\"+Inf\"} 2",
            "datapoints_http_answer_seconds_sum 0.25",
            "# HELP kairosdb_queue_size As requests-in-flight.",
            "# TYPE kairosdb_queue_size gauge",
            "kairosdb_queue_size 5");
  }

  @Test
  void jsonHasTheSameReadings() {
    assertThat(JsonReadings.of(readings.subList(0, 1)))
        .isEqualTo(
            "{\"metrics\":[{\"name\":\"rejections-total\",\"tags\":{\"rule\":\"json\"},"
                + "\"value\":3}]}");
    assertThat(JsonReadings.of(List.of(Reading.of(DoorMetric.READY, () -> Double.NaN))))
        .contains("\"value\":null");
  }
}
