package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.datapoints.connect.http.RawConnection.Answered;
import io.datapoints.connect.intake.MemoryLog;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OTLP over HTTP at the door. */
class OtlpDoorTest {

  private static final String PROTOBUF = "Content-Type: application/x-protobuf\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final long NANOS = 1_700_000_000_000_000_000L;

  private static Answered export(OpenDoor door, String headers, byte[] body) throws IOException {
    return door.post("/v1/metrics", headers, body);
  }

  private static NumberDataPoint point(double value, long nanos) {
    return NumberDataPoint.newBuilder()
        .setTimeUnixNano(nanos)
        .setAsDouble(value)
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("host")
                .setValue(AnyValue.newBuilder().setStringValue("a")))
        .build();
  }

  private static byte[] gauges(NumberDataPoint... points) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(
                            Metric.newBuilder()
                                .setName("load")
                                .setGauge(Gauge.newBuilder().addAllDataPoints(List.of(points))))))
        .build()
        .toByteArray();
  }

  private static String json(String value, String time) {
    return """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"load","gauge":{"dataPoints":[\
        {"asDouble":%s,"timeUnixNano":"%s","attributes":\
        [{"key":"host","value":{"stringValue":"a"}}]}]}}]}]}]}"""
        .formatted(value, time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "none"})
  void openTelemetrysSdkExports(String compression) {
    try (OpenDoor door = OpenDoor.with()) {
      SdkMeterProvider provider =
          SdkMeterProvider.builder()
              .setResource(
                  Resource.create(Attributes.builder().put("service.name", "shop").build()))
              .registerMetricReader(
                  PeriodicMetricReader.builder(
                          OtlpHttpMetricExporter.builder()
                              .setEndpoint(door.address() + "/v1/metrics")
                              .setCompression(compression)
                              .build())
                      .setInterval(Duration.ofHours(1))
                      .build())
              .build();
      provider
          .get("test")
          .counterBuilder("orders")
          .build()
          .add(3, Attributes.builder().put("kind", "book").build());

      assertThat(provider.forceFlush().join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
      assertThat(door.log.records().stream().map(MemoryLog.Sent::value))
          .singleElement()
          .asString()
          .startsWith(
              "{\"name\":\"orders\",\"tags\":{\"kind\":\"book\",\"service.name\":\"shop\"},")
          .endsWith(",3,\"long\"]]}");
      provider.close();
    }
  }

  @Test
  void whatIsStoredIsAnsweredInTheFormOfTheRequest() throws IOException {
    String value =
        "{\"name\":\"load\",\"tags\":{\"host\":\"a\"},\"datapoints\":[[1700000000000,1.5,\"double\"]]}";
    try (OpenDoor door = OpenDoor.with()) {
      Answered protobuf = export(door, PROTOBUF, gauges(point(1.5, NANOS)));
      assertThat(protobuf.status()).isEqualTo(200);
      assertThat(protobuf.header("Content-Type")).isEqualTo("application/x-protobuf");
      assertThat(protobuf.body()).isEmpty();

      assertThat(door.log.records()).extracting(MemoryLog.Sent::value).containsExactly(value);
      assertThat(export(door, PROTOBUF, new byte[0]).status()).isEqualTo(200);
    }
  }

  @Test
  void badPointsAreAPartialSuccess() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered protobuf =
          export(
              door, PROTOBUF, gauges(point(1.5, NANOS), point(2, 0), point(Double.NaN, NANOS + 1)));
      assertThat(protobuf.status()).isEqualTo(200);
      ExportMetricsServiceResponse response =
          ExportMetricsServiceResponse.parseFrom(protobuf.bytes());
      assertThat(response.getPartialSuccess().getRejectedDataPoints()).isEqualTo(2);
      assertThat(response.getPartialSuccess().getErrorMessage()).contains("load", "time");
      assertThat(door.log.records()).hasSize(1);
    }
  }

  @Test
  void whatCannotBeDecodedIsAStatus() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      byte[] whole = gauges(point(1.5, NANOS));
      Answered protobuf = export(door, PROTOBUF, Arrays.copyOf(whole, whole.length - 2));
      assertThat(protobuf.status()).isEqualTo(400);
      assertThat(protobuf.header("Content-Type")).isEqualTo("application/x-protobuf");
      UnknownFieldSet status = UnknownFieldSet.parseFrom(protobuf.bytes());
      assertThat(status.getField(1).getVarintList()).containsExactly(3L);
      assertThat(status.getField(2).getLengthDelimitedList())
          .singleElement()
          .extracting(ByteString::toStringUtf8)
          .asString()
          .isNotEmpty();
      assertThat(door.log.records()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Type: text/plain\r\n", "Content-Type: application/grpc\r\n"})
  void anotherTypeIsRefused(String header) throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(export(door, header, gauges(point(1, NANOS))).status()).isEqualTo(415);
    }
  }

  @Test
  void whatTheLogDoesNotTakeIsToBeSentAgain() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      door.log.fail(new IOException("away"));
      Answered answer = export(door, PROTOBUF, gauges(point(1, NANOS)));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isNotNull();
      assertThat(UnknownFieldSet.parseFrom(answer.bytes()).getField(1).getVarintList())
          .containsExactly(14L);
    }
  }

  @Test
  void jsonIsAnsweredInJson() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered stored = export(door, JSON, json("1.5", "" + NANOS).getBytes(UTF_8));
      assertThat(stored.status()).isEqualTo(200);
      assertThat(stored.header("Content-Type")).isEqualTo("application/json");
      assertThat(stored.body()).isEqualTo("{}");
      assertThat(door.log.records())
          .singleElement()
          .extracting(MemoryLog.Sent::value)
          .isEqualTo(
              "{\"name\":\"load\",\"tags\":{\"host\":\"a\"},\"datapoints\":"
                  + "[[1700000000000,1.5,\"double\"]]}");
      assertThat(export(door, JSON, "{}".getBytes(UTF_8)).status()).isEqualTo(200);

      Answered partial = export(door, JSON, json("2", "0").getBytes(UTF_8));
      assertThat(partial.status()).isEqualTo(200);
      assertThat(partial.body())
          .startsWith("{\"partialSuccess\":{\"rejectedDataPoints\":\"1\",\"errorMessage\":\"");

      Answered damaged = export(door, JSON, "{\"resourceMetrics\":[".getBytes(UTF_8));
      assertThat(damaged.status()).isEqualTo(400);
      assertThat(damaged.body()).startsWith("{\"code\":3,\"message\":\"");
      assertThat(door.log.records()).hasSize(1);
    }
  }
}
