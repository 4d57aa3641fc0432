package io.datapoints.connect.format.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.datapoints.connect.FormatReading;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenTelemetry's own SDK sends, as it comes from its socket. */
class OpenTelemetrySdkTest {

  private static final long NANOS = 1_700_000_000_123_456_789L;
  private static final Attributes TAGS =
      Attributes.builder().put("http.route", "/orders").put("status", 200).build();

  private final FormatReading reading = FormatReading.of("otlp_proto");

  /** Time stands still. */
  private static final class NoTime implements Clock {

    @Override
    public long now() {
      return NANOS;
    }

    @Override
    public long nanoTime() {
      return 0;
    }
  }

  /** The body of the request by which the SDK exports what was measured. */
  private static byte[] exported(String compression, Consumer<Meter> measure)
      throws IOException, InterruptedException {
    BlockingQueue<byte[]> bodies = new ArrayBlockingQueue<>(8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/metrics",
        exchange -> {
          bodies.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder()
            .setClock(new NoTime())
            .setResource(
                Resource.builder()
                    .put("service.name", "shop")
                    .put("host.name", "host.example.com")
                    .put("process.pid", 4711)
                    .build())
            .registerView(
                InstrumentSelector.builder().setName("exponential").build(),
                View.builder()
                    .setAggregation(Aggregation.base2ExponentialBucketHistogram())
                    .build())
            .registerMetricReader(
                PeriodicMetricReader.builder(
                        OtlpHttpMetricExporter.builder()
                            .setEndpoint(
                                "http://"
                                    + server.getAddress().getAddress().getHostAddress()
                                    + ":"
                                    + server.getAddress().getPort()
                                    + "/v1/metrics")
                            .setCompression(compression)
                            .build())
                    .setInterval(Duration.ofDays(1))
                    .build())
            .build()) {
      measure.accept(provider.get("test"));
      provider.forceFlush().join(30, TimeUnit.SECONDS);
      byte[] body = bodies.poll(30, TimeUnit.SECONDS);
      assertThat(body).isNotNull();
      return body;
    } finally {
      server.stop(0);
    }
  }

  private static String at(String series, String value) {
    String metric = series.substring(0, series.indexOf('{'));
    String more = series.substring(metric.length() + 1, series.length() - 1);
    List<String> tags =
        new ArrayList<>(List.of("http.route=/orders", "status=200", "host.name=host.example.com"));
    tags.add("service.name=shop");
    if (!more.isEmpty()) {
      tags.add(more);
    }
    tags.sort(null);
    return metric + "{" + String.join(",", tags) + "} 1700000000123 " + value;
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void countersAndGaugesAreTheirNumbers(String compression)
      throws IOException, InterruptedException {
    byte[] body =
        exported(
            compression,
            meter -> {
              meter.counterBuilder("requests").build().add(3, TAGS);
              meter.counterBuilder("seconds").ofDoubles().build().add(1.5, TAGS);
              meter.upDownCounterBuilder("queue").build().add(-2, TAGS);
              meter.gaugeBuilder("load").build().set(0.25, TAGS);
              meter.gaugeBuilder("threads").ofLongs().build().set(8, TAGS);
            });
    reading.read(body);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactlyInAnyOrder(
            at("requests{}", "long 3"),
            at("seconds{}", "double 1.5"),
            at("queue{}", "long -2"),
            at("load{}", "double 0.25"),
            at("threads{}", "long 8"));
  }

  @Test
  void histogramsAreCountSumMinimumMaximumAndBuckets() throws IOException, InterruptedException {
    byte[] body =
        exported(
            "none",
            meter -> {
              var histogram =
                  meter
                      .histogramBuilder("latency")
                      .setExplicitBucketBoundariesAdvice(List.of(0.1, 1.0))
                      .build();
              histogram.record(0.05, TAGS);
              histogram.record(0.5, TAGS);
              histogram.record(2, TAGS);
            });
    reading.read(body);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            at("latency_count{}", "long 3"),
            at("latency_sum{}", "double 2.55"),
            at("latency_min{}", "double 0.05"),
            at("latency_max{}", "double 2.0"),
            at("latency_bucket{le=0.1}", "long 1"),
            at("latency_bucket{le=1}", "long 2"),
            at("latency_bucket{le=+Inf}", "long 3"));
  }

  @Test
  void exponentialHistogramsHaveFewBuckets() throws IOException, InterruptedException {
    byte[] body =
        exported(
            "none",
            meter -> {
              var histogram = meter.histogramBuilder("exponential").build();
              for (int power = 0; power <= 10; power++) {
                histogram.record(Math.scalb(1.0, power), TAGS);
              }
              histogram.record(0, TAGS);
            });
    reading.read(body);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .contains(
            at("exponential_count{}", "long 12"),
            at("exponential_sum{}", "double 2047.0"),
            at("exponential_bucket{le=0}", "long 1"),
            at("exponential_bucket{le=1}", "long 2"),
            at("exponential_bucket{le=2}", "long 3"),
            at("exponential_bucket{le=1024}", "long 12"),
            at("exponential_bucket{le=+Inf}", "long 12"));
    assertThat(reading.points()).hasSizeLessThanOrEqualTo(4 + 20 + 1);
  }

  @Test
  void attributesOfEveryTypeAreTags() throws IOException, InterruptedException {
    Attributes all =
        Attributes.builder()
            .put("text", "x")
            .put("yes", true)
            .put("decimal", 1.5)
            .put(AttributeKey.stringArrayKey("texts"), Arrays.asList("a", "b"))
            .put(AttributeKey.longArrayKey("numbers"), Arrays.asList(1L, 2L))
            .build();
    byte[] body = exported("none", meter -> meter.counterBuilder("c").build().add(1, all));
    assertThat(reading.read(body).points())
        .containsExactly(
            "c{decimal=1.5,host.name=host.example.com,numbers=[1,2],service.name=shop,text=x,"
                + "texts=[\"a\",\"b\"],yes=true} 1700000000123 long 1");
  }
}
