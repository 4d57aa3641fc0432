package io.datapoints.connect.format.otlp;

import static io.datapoints.connect.format.otlp.Messages.any;
import static io.datapoints.connect.format.otlp.Messages.array;
import static io.datapoints.connect.format.otlp.Messages.map;
import static io.datapoints.connect.format.otlp.Messages.pair;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Requests of every kind of data, good for the most part, from a seed. */
final class RandomMessages {

  private static final List<String> KEYS =
      List.of("a", "b", "host.name", "le", "quantile", "otel.scope.name", "\u00e9", "");
  private static final List<Double> NUMBERS =
      List.of(0.0, 1.0, -2.5, 0.1, 1e6, 123456.789, Double.NaN, Double.POSITIVE_INFINITY);

  private final Random random;

  RandomMessages(long seed) {
    random = new Random(seed);
  }

  ExportMetricsServiceRequest request() {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    some(3, this::resource).forEach(request::addResourceMetrics);
    return request.build();
  }

  private <T> Stream<T> some(int most, Supplier<T> each) {
    return Stream.generate(each).limit(random.nextInt(most + 1));
  }

  private boolean seldom() {
    return random.nextInt(10) == 0;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private ResourceMetrics resource() {
    ResourceMetrics.Builder resource = ResourceMetrics.newBuilder().setSchemaUrl("x");
    if (!seldom()) {
      resource.setResource(Resource.newBuilder().addAllAttributes(attributes(4)));
    }
    some(2, this::scope).forEach(resource::addScopeMetrics);
    return resource.build();
  }

  private List<KeyValue> attributes(int most) {
    return some(most, () -> pair(one(KEYS), value(3))).toList();
  }

  private AnyValue.Builder value(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> any(random.nextBoolean());
      case 1 -> any(random.nextLong());
      case 2 -> any(one(NUMBERS.subList(0, 6)));
      case 3 -> any(new byte[random.nextInt(4)]);
      case 4 -> AnyValue.newBuilder();
      case 5 -> any(one(List.of("", "x", "a \"b\\", "\u20ac\ud83d\ude00", "12")));
      case 6 -> array(some(2, () -> value(depth - 1)).toArray(AnyValue.Builder[]::new));
      default -> map(some(2, () -> pair(one(KEYS), value(depth - 1))).toArray(KeyValue[]::new));
    };
  }

  private ScopeMetrics scope() {
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
    if (random.nextBoolean()) {
      scope.setScope(
          InstrumentationScope.newBuilder()
              .setName(one(List.of("", "scope")))
              .setVersion(one(List.of("", "1.2")))
              .addAllAttributes(attributes(1)));
    }
    some(4, this::metric).forEach(scope::addMetrics);
    return scope.build();
  }

  private Metric metric() {
    Metric.Builder metric = Metric.newBuilder().setDescription("d").setUnit("s");
    metric.setName(seldom() ? "" : one(List.of("m", "n.o", "\u00e9")));
    switch (random.nextInt(11) / 2) {
      case 0 ->
          metric.setGauge(Gauge.newBuilder().addAllDataPoints(some(3, this::number).toList()));
      case 1 ->
          metric.setSum(
              Sum.newBuilder()
                  .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                  .setIsMonotonic(true)
                  .addAllDataPoints(some(3, this::number).toList()));
      case 2 ->
          metric.setHistogram(
              Histogram.newBuilder().addAllDataPoints(some(2, this::histogram).toList()));
      case 3 ->
          metric.setExponentialHistogram(
              ExponentialHistogram.newBuilder()
                  .addAllDataPoints(some(2, this::exponential).toList()));
      case 4 ->
          metric.setSummary(Summary.newBuilder().addAllDataPoints(some(2, this::summary).toList()));
      default -> metric.clearData();
    }
    return metric.build();
  }

  private long nanos() {
    return seldom() ? 0 : random.nextLong();
  }

  private int flags() {
    return seldom() ? random.nextInt(4) : 0;
  }

  private NumberDataPoint number() {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .setStartTimeUnixNano(random.nextLong())
            .setTimeUnixNano(nanos())
            .setFlags(flags())
            .addAllAttributes(attributes(3));
    switch (random.nextInt(5)) {
      case 0, 1 -> point.setAsDouble(one(NUMBERS));
      case 2, 3 -> point.setAsInt(random.nextLong());
      default -> point.addExemplars(Exemplar.newBuilder().setAsDouble(1));
    }
    return point.build();
  }

  private HistogramDataPoint histogram() {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setTimeUnixNano(nanos())
            .setFlags(flags())
            .setCount(random.nextLong())
            .addAllAttributes(attributes(3));
    if (random.nextBoolean()) {
      point.setSum(one(NUMBERS)).setMin(one(NUMBERS)).setMax(one(NUMBERS));
    }
    int bounds = random.nextInt(4);
    for (int i = 0; i < bounds; i++) {
      point.addExplicitBounds(i * 2.5 - 2);
    }
    int counts = seldom() ? random.nextInt(4) : bounds + 1;
    for (int i = 0; i < counts; i++) {
      point.addBucketCounts(random.nextInt(1_000));
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint exponential() {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .setTimeUnixNano(nanos())
            .setFlags(flags())
            .setCount(random.nextLong())
            .setScale(random.nextInt(4))
            .setZeroCount(random.nextInt(3))
            .addAllAttributes(attributes(3));
    if (random.nextBoolean()) {
      point.setSum(one(NUMBERS)).setMin(one(NUMBERS)).setMax(one(NUMBERS));
    }
    if (random.nextBoolean()) {
      point.setPositive(buckets());
    }
    if (random.nextBoolean()) {
      point.setNegative(buckets());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint.Buckets buckets() {
    ExponentialHistogramDataPoint.Buckets.Builder buckets =
        ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(random.nextInt(30) - 20);
    for (int i = random.nextInt(30); i >= 0; i--) {
      buckets.addBucketCounts(random.nextInt(3) * (long) random.nextInt(1_000));
    }
    return buckets.build();
  }

  private SummaryDataPoint summary() {
    return SummaryDataPoint.newBuilder()
        .setTimeUnixNano(nanos())
        .setFlags(flags())
        .setCount(random.nextLong())
        .setSum(one(NUMBERS))
        .addAllAttributes(attributes(3))
        .addAllQuantileValues(
            some(
                    3,
                    () ->
                        SummaryDataPoint.ValueAtQuantile.newBuilder()
                            .setQuantile(one(List.of(0.0, 0.5, 0.99, 1.0)))
                            .setValue(one(NUMBERS))
                            .build())
                .toList())
        .build();
  }
}
