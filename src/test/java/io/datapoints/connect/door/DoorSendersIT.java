package io.datapoints.connect.door;

import static io.datapoints.connect.format.prometheus.Requests.label;
import static io.datapoints.connect.format.prometheus.Requests.request;
import static io.datapoints.connect.format.prometheus.Requests.sample;
import static io.datapoints.connect.format.prometheus.Requests.series;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.compatibility.Points;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.influx.InfluxConfig;
import io.micrometer.influx.InfluxMeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole way of senders that know nothing of KairosDB: their own requests, the topic, the
 * connector, Cassandra, and KairosDB's answer to a query.
 */
@ExtendWith(ServersExtension.class)
class DoorSendersIT {

  private static final String NAME = "door-senders";
  private static final long NOON = 1_700_000_000_000L;

  @Test
  void whatTheySentIsKairosdbsAnswer(Servers servers) throws Exception {
    int port = servers.ports().next();
    String door = "http://127.0.0.1:" + port;
    try (ConnectWorker worker = servers.worker(DoorSettings.open(NAME, port, NAME));
        Pipeline pipeline = new Pipeline(servers, worker, NAME, 2).deploy()) {
      openTelemetrysSdk(door);
      micrometersInfluxRegistry(door);
      post(
          door + "/api/v1/write",
          request(
              series(
                  label("__name__", "up"),
                  label("instance", "web:9100"),
                  sample(1, NOON),
                  sample(0, NOON + 15_000))));
      post(
          door + "/write?precision=s",
          "cpu,host=web\\ 1 usage_idle=98.5,cores=4i 1700000000\n".getBytes(UTF_8));
      post(
          door + "/api/put?details",
          """
          [{"metric":"sys.load","timestamp":1700000000,"value":0.5,"tags":{"host":"web"}},
           {"metric":"sys.load","timestamp":1700000000123,"value":"7","tags":{"host":"web"}}]
          """
              .getBytes(UTF_8));
      pipeline.awaitCommitted();

      try (KairosServer kairos = servers.kairos(pipeline.keyspace())) {
        Points points = new Points(kairos);
        assertThat(points.of("orders").values()).containsExactly("3");
        assertThat(points.tags("orders").path("service.name").toString()).isEqualTo("[\"shop\"]");
        assertThat(points.of("delay_count").values()).containsExactly("2");
        assertThat(points.of("delay_sum").values()).containsExactly("12");
        assertThat(points.of("temperature.value").values()).containsExactly("21.5");
        assertThat(points.of("up")).isEqualTo(Map.of(NOON, "1", NOON + 15_000, "0"));
        assertThat(points.of("cpu.usage_idle")).isEqualTo(Map.of(NOON, "98.5"));
        assertThat(points.of("cpu.cores")).isEqualTo(Map.of(NOON, "4"));
        assertThat(points.of("sys.load")).isEqualTo(Map.of(NOON, "0.5", NOON + 123, "7"));
      }
    }
  }

  private static void openTelemetrysSdk(String door) {
    OtlpHttpMetricExporter exporter =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(door + "/v1/metrics")
            .setCompression("gzip")
            .build();
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder()
            .setResource(Resource.create(Attributes.builder().put("service.name", "shop").build()))
            .registerMetricReader(
                PeriodicMetricReader.builder(exporter).setInterval(Duration.ofHours(1)).build())
            .build()) {
      provider.get("test").counterBuilder("orders").build().add(3);
      provider.get("test").histogramBuilder("delay").build().record(5);
      provider.get("test").histogramBuilder("delay").build().record(7);
      assertThat(provider.forceFlush().join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
      // What is exported once more at the end would be a second point.
      exporter.shutdown().join(60, TimeUnit.SECONDS);
    }
  }

  private static void micrometersInfluxRegistry(String door) {
    InfluxConfig config =
        key ->
            switch (key) {
              case "influx.uri" -> door;
              // Nothing but the end of the registry sends.
              case "influx.step" -> "1h";
              default -> null;
            };
    InfluxMeterRegistry registry = new InfluxMeterRegistry(config, Clock.SYSTEM);
    Gauge.builder("temperature", () -> 21.5).tag("room", "the, kitchen=").register(registry);
    registry.close();
  }

  private static void post(String address, byte[] body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
  }
}
