package io.datapoints.connect.benchmark;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.otlp.JsonForm;
import io.datapoints.connect.format.otlp.OtlpJsonDecoder;
import io.datapoints.connect.format.otlp.OtlpProtoDecoder;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * From a record of 50 metrics of 20 points to points, by the point. Each has seven attributes of
 * its own and three of its resource, which has twelve.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OtlpBenchmark {

  private static final int METRICS = 50;
  private static final int POINTS = 20;
  private static final RecordOrigin ORIGIN = new RecordOrigin("otlp_metrics", 0, 0, 0);

  private final PipelineConfig config =
      CassandraSinkConfig.from(Map.of("record.format", "otlp_proto")).pipeline();
  private final FormatDecoder proto = new OtlpProtoDecoder(config.format().otlp(), feed());
  private final FormatDecoder json = new OtlpJsonDecoder(config.format().otlp(), feed());
  private final byte[] protoRecord = request().toByteArray();
  private final byte[] jsonRecord = JsonForm.of(request());

  private PointFeed feed() {
    return new PointFeed(config.kairos(), "source", "unknown");
  }

  private static ExportMetricsServiceRequest request() {
    Resource.Builder resource =
        Resource.newBuilder()
            .addAttributes(text("service.name", "checkout"))
            .addAttributes(text("service.instance.id", "627cc493-f310-47de-96bd-71410b7dec09"))
            .addAttributes(text("k8s.pod.name", "checkout-6c7d9f4b8-x2x7q"));
    for (int i = 0; i < 9; i++) {
      resource.addAttributes(text("other.attribute." + i, "a value of some length " + i));
    }
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
    for (int metric = 0; metric < METRICS; metric++) {
      Gauge.Builder gauge = Gauge.newBuilder();
      for (int point = 0; point < POINTS; point++) {
        gauge.addDataPoints(point(point));
      }
      scope.addMetrics(
          Metric.newBuilder()
              .setName("http.server.request.duration." + metric)
              .setDescription("Duration of HTTP server requests.")
              .setUnit("s")
              .setGauge(gauge));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
        .build();
  }

  private static NumberDataPoint point(int number) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(1_700_000_000_000_000_000L)
        .setTimeUnixNano(1_700_000_060_123_456_789L)
        .setAsDouble(17.25 * number)
        .addAttributes(text("http.request.method", number % 2 == 0 ? "GET" : "POST"))
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("http.response.status_code")
                .setValue(AnyValue.newBuilder().setIntValue(200 + number)))
        .addAttributes(text("http.route", "/api/v1/orders/{id}/items"))
        .addAttributes(text("network.protocol.version", "1.1"))
        .addAttributes(text("server.address", "checkout.example.com"))
        .addAttributes(text("url.scheme", "https"))
        .addAttributes(text("user_agent.synthetic.type", "bot"))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  /** One record of Protobuf to accepted points. */
  @Benchmark
  @OperationsPerInvocation(METRICS * POINTS)
  public void proto(Blackhole sink) {
    proto.decode(protoRecord, 0, protoRecord.length, ORIGIN, new PointSink(sink));
  }

  /** One record of JSON to accepted points. */
  @Benchmark
  @OperationsPerInvocation(METRICS * POINTS)
  public void json(Blackhole sink) {
    json.decode(jsonRecord, 0, jsonRecord.length, ORIGIN, new PointSink(sink));
  }
}
