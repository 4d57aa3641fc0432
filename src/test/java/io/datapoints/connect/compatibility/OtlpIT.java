package io.datapoints.connect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages as the Collector writes them to Kafka, which a KairosDB answers as its own points. */
@ExtendWith(ServersExtension.class)
class OtlpIT {

  private static final long NOON = 1_700_000_000_000L;
  private static final long NANOS = NOON * 1_000_000 + 999;

  private static KeyValue tag(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static byte[] message(Metric... metrics) {
    return MetricsData.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(tag("service.name", "shop")))
                .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
        .build()
        .toByteArray();
  }

  private static NumberDataPoint.Builder point(long nanos) {
    return NumberDataPoint.newBuilder()
        .setTimeUnixNano(nanos)
        .addAttributes(tag("http.route", "/a b"));
  }

  private static Metric gauge(String name, NumberDataPoint.Builder... points) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (NumberDataPoint.Builder point : points) {
      gauge.addDataPoints(point);
    }
    return Metric.newBuilder().setName(name).setGauge(gauge).build();
  }

  @Test
  void theCollectorsMessagesAreKairosdbsPoints(Servers servers) throws IOException {
    Metric histogram =
        Metric.newBuilder()
            .setName("latency")
            .setHistogram(
                Histogram.newBuilder()
                    .addDataPoints(
                        HistogramDataPoint.newBuilder()
                            .setTimeUnixNano(NANOS)
                            .setCount(3)
                            .setSum(2.5)
                            .addExplicitBounds(0.5)
                            .addBucketCounts(1)
                            .addBucketCounts(2)))
            .build();
    try (Pipeline pipeline =
        new Pipeline(servers, servers.worker(), "otlp")
            .with("record.format", "otlp_proto")
            .withDeadLetters()
            .deploy()) {
      pipeline.send(
          message(
              gauge("load", point(NANOS).setAsDouble(0.5), point(NANOS + 10_000_000).setAsInt(7)),
              histogram),
          message(gauge("bad", point(0).setAsInt(1), point(NANOS).setAsInt(2))));
      pipeline.awaitCommitted();

      try (KairosServer kairos = servers.kairos(pipeline.keyspace())) {
        Points points = new Points(kairos);
        assertThat(points.of("load")).isEqualTo(Map.of(NOON, "0.5", NOON + 10, "7"));
        assertThat(points.of("latency_count")).isEqualTo(Map.of(NOON, "3"));
        assertThat(points.of("latency_sum")).isEqualTo(Map.of(NOON, "2.5"));
        assertThat(points.of("latency_bucket", Map.of("le", "0.5"))).isEqualTo(Map.of(NOON, "1"));
        assertThat(points.of("latency_bucket", Map.of("le", "+Inf"))).isEqualTo(Map.of(NOON, "3"));
        assertThat(points.of("load", Map.of("service.name", "shop", "http.route", "/a b")))
            .hasSize(2);
        assertThat(points.of("bad")).isEqualTo(Map.of(NOON, "2"));
      }
      assertThat(pipeline.reasons())
          .singleElement()
          .asString()
          .contains("metric[0](name=bad).datapoints[0] has no time.");
    }
  }
}
