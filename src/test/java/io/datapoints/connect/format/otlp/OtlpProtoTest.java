package io.datapoints.connect.format.otlp;

import static io.datapoints.connect.format.otlp.Messages.NANOS;
import static io.datapoints.connect.format.otlp.Messages.any;
import static io.datapoints.connect.format.otlp.Messages.array;
import static io.datapoints.connect.format.otlp.Messages.buckets;
import static io.datapoints.connect.format.otlp.Messages.exponential;
import static io.datapoints.connect.format.otlp.Messages.exponentialPoint;
import static io.datapoints.connect.format.otlp.Messages.gauge;
import static io.datapoints.connect.format.otlp.Messages.histogram;
import static io.datapoints.connect.format.otlp.Messages.histogramPoint;
import static io.datapoints.connect.format.otlp.Messages.map;
import static io.datapoints.connect.format.otlp.Messages.pair;
import static io.datapoints.connect.format.otlp.Messages.point;
import static io.datapoints.connect.format.otlp.Messages.request;
import static io.datapoints.connect.format.otlp.Messages.resource;
import static io.datapoints.connect.format.otlp.Messages.summary;
import static io.datapoints.connect.format.otlp.Messages.text;
import static io.datapoints.connect.format.otlp.Messages.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.datapoints.connect.FormatReading;
import io.datapoints.connect.model.Rule;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What data points become, kind by kind, and what becomes of bad ones. */
class OtlpProtoTest {

  private static final long MILLIS = NANOS / 1_000_000;

  private final FormatReading reading = FormatReading.of("otlp_proto");

  private static FormatReading with(String setting, String value) {
    return FormatReading.with("otlp_proto", Map.of(setting, value));
  }

  private FormatReading read(MessageLite message) {
    return reading.read(message.toByteArray());
  }

  /** A point of the usual time. */
  private static String at(String series, String value) {
    return series + " " + MILLIS + " " + value;
  }

  @Test
  void aPointOfAGaugeIsAPoint() {
    read(request(gauge("cpu.load", point(0.5), point(7L))));
    assertThat(reading.points())
        .containsExactly(at("cpu.load{h=a}", "double 0.5"), at("cpu.load{h=a}", "long 7"));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.skipped()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "AGGREGATION_TEMPORALITY_CUMULATIVE, true",
    "AGGREGATION_TEMPORALITY_DELTA, true",
    "AGGREGATION_TEMPORALITY_DELTA, false",
    "AGGREGATION_TEMPORALITY_UNSPECIFIED, false",
  })
  void aPointOfASumIsStoredAsItComes(AggregationTemporality temporality, boolean monotonic) {
    Sum sum =
        Sum.newBuilder()
            .setAggregationTemporality(temporality)
            .setIsMonotonic(monotonic)
            .addDataPoints(point(3L).setStartTimeUnixNano(1))
            .build();
    read(request(Metric.newBuilder().setName("m").setSum(sum).build()));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 3"));
  }

  @Test
  void extremesOfNumbersAreKept() {
    read(
        request(
            gauge("m", point(Long.MIN_VALUE), point(Long.MAX_VALUE), point(0L)),
            gauge("m", point(-0.0), point(Double.MIN_VALUE), point(Double.MAX_VALUE))));
    assertThat(reading.points())
        .containsExactly(
            at("m{h=a}", "long -9223372036854775808"),
            at("m{h=a}", "long 9223372036854775807"),
            at("m{h=a}", "long 0"),
            at("m{h=a}", "double -0.0"),
            at("m{h=a}", "double 4.9E-324"),
            at("m{h=a}", "double 1.7976931348623157E308"));
  }

  @Test
  void whatKairosdbCannotReturnCostsItsPoint() {
    read(request(gauge("m", point(Double.NaN), point(1.0), point(Double.NEGATIVE_INFINITY))));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "double 1.0"));
    assertThat(reading.reasons())
        .containsExactly(
            "metric[0](name=m).datapoints[0].value is not a finite number.",
            "metric[0](name=m).datapoints[2].value is not a finite number.");
    assertThat(reading.rules()).containsOnly(Rule.VALUE);
  }

  @Test
  void aPointWithoutAValueIsCountedAndNoFault() {
    read(request(gauge("m", point(), point(2L), point(3L).setFlags(1), point(4L).setFlags(2))));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 2"), at("m{h=a}", "long 4"));
    assertThat(reading.skipped()).isEqualTo(2);
    assertThat(reading.reasons()).isEmpty();
  }

  @Test
  void aPointThatRecordsNothingNeedsNoTime() {
    read(request(gauge("m", point(3L).setTimeUnixNano(0).setFlags(1))));
    assertThat(reading.skipped()).isEqualTo(1);
    assertThat(reading.reasons()).isEmpty();
  }

  @Test
  void aPointWithoutATimeIsRejected() {
    read(request(gauge("m", point(1L).setTimeUnixNano(0), point(2L))));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 2"));
    assertThat(reading.reasons()).containsExactly("metric[0](name=m).datapoints[0] has no time.");
    assertThat(reading.rules()).containsExactly(Rule.TIMESTAMP);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "999999, 0",
    "1000000, 1",
    "9223372036854775807, 9223372036854",
    "-1, 18446744073709",
  })
  void aTimeIsNanosecondsWithoutASign(long nanos, long millis) {
    read(request(gauge("m", point(1L).setTimeUnixNano(nanos))));
    assertThat(reading.points()).containsExactly("m{h=a} " + millis + " long 1");
  }

  @Test
  void anAttributeOfAnyKindIsATag() {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .setTimeUnixNano(NANOS)
            .setAsInt(1)
            .addAttributes(text("text", "a b=\u00e9\u20ac\ud83d\ude00"))
            .addAttributes(pair("yes", any(true)))
            .addAttributes(pair("no", any(false)))
            .addAttributes(whole("whole", -5))
            .addAttributes(pair("decimal", any(2.50)))
            .addAttributes(pair("round", any(3.0)))
            .addAttributes(pair("bytes", any(new byte[] {0, 1, (byte) 255})))
            .addAttributes(
                pair("array", array(any("x\"\\\n\u0001"), any(1L), any(""), AnyValue.newBuilder())))
            .addAttributes(
                pair("map", map(pair("k", array()), pair("l", map(whole("n", 1))), text("", "e"))))
            .addAttributes(pair("none", AnyValue.newBuilder()))
            .addAttributes(KeyValue.newBuilder().setKey("absent"))
            .addAttributes(text("empty", ""))
            .addAttributes(pair("nothing", any(new byte[0])))
            .addAttributes(text("", "without a key"));
    read(request(gauge("m", point)));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            at(
                "m{array=[\"x\\\"\\\\\\u000a\\u0001\",1,\"\",null],bytes=AAH/,decimal=2.5,"
                    + "map={\"k\":[],\"l\":{\"n\":1},\"\":\"e\"},no=false,round=3,"
                    + "text=a b=\u00e9\u20ac\ud83d\ude00,whole=-5,yes=true}",
                "long 1"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "-0.0, 0",
    "1e15, 1000000000000000",
    "123456789012345680, 123456789012345680",
    "1e21, 1.0E21",
    "0.00001, 0.00001",
    "0.0000001, 0.0000001",
    "1e-20, 0.00000000000000000001",
    "1e-21, 1.0E-21",
    "1.0905077326652577, 1.0905077326652577",
    "0.30000000000000004, 0.30000000000000004",
    "2e-3, 0.002",
    "NaN, NaN",
    "Infinity, Infinity",
  })
  void aDecimalHasTheShortestText(double number, String text) {
    read(request(gauge("m", point(1L).clearAttributes().addAttributes(pair("d", any(number))))));
    assertThat(reading.points()).containsExactly(at("m{d=" + text + "}", "long 1"));
  }

  @Test
  void aPointWithoutTagsGetsTheDefaultTag() {
    read(request(gauge("m", point(1L).clearAttributes())));
    assertThat(reading.points()).containsExactly(at("m{source=unknown}", "long 1"));
  }

  @Test
  void chosenAttributesOfTheResourceAreTags() {
    var resource =
        resource(
            text("service.name", "shop"),
            text("process.pid", "1"),
            text("host.name", ""),
            text("", "x"));
    ExportMetricsServiceRequest request =
        request(resource, gauge("m", point(1L), point(2L).clearAttributes()));
    assertThat(read(request).points())
        .containsExactly(
            at("m{h=a,service.name=shop}", "long 1"), at("m{service.name=shop}", "long 2"));
    assertThat(with("otlp.resource.attributes", "*").read(request.toByteArray()).points())
        .contains(at("m{process.pid=1,service.name=shop}", "long 2"));
    assertThat(with("otlp.resource.attributes", "process.pid").read(request.toByteArray()).points())
        .contains(at("m{process.pid=1}", "long 2"));
    assertThat(with("otlp.resource.attributes", "").read(request.toByteArray()).points())
        .contains(at("m{source=unknown}", "long 2"));
  }

  @Test
  void aPointWinsOverItsScopeAndThatOverItsResource() {
    ResourceMetrics.Builder metrics =
        ResourceMetrics.newBuilder()
            .setResource(
                resource(
                    text("otel.scope.name", "of resource"),
                    text("otel.scope.version", "of resource"),
                    text("a", "of resource"),
                    text("b", "of resource")))
            .addScopeMetrics(
                ScopeMetrics.newBuilder()
                    .setScope(InstrumentationScope.newBuilder().setName("s").setVersion("1"))
                    .addMetrics(
                        gauge(
                            "m",
                            point(1L)
                                .addAttributes(text("otel.scope.version", "of point"))
                                .addAttributes(text("a", "of point"))
                                .addAttributes(text("b", "")))))
            .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(gauge("n", point(2L))));
    byte[] record =
        ExportMetricsServiceRequest.newBuilder().addResourceMetrics(metrics).build().toByteArray();
    FormatReading all =
        FormatReading.with(
            "otlp_proto", Map.of("otlp.resource.attributes", "*", "otlp.scope.tags", "true"));
    assertThat(all.read(record).points())
        .containsExactly(
            at(
                "m{a=of point,b=of resource,h=a,otel.scope.name=s,otel.scope.version=of point}",
                "long 1"),
            at(
                "n{a=of resource,b=of resource,h=a,otel.scope.name=of resource,"
                    + "otel.scope.version=of resource}",
                "long 2"));
    assertThat(with("otlp.resource.attributes", "a").read(record).points())
        .contains(at("n{a=of resource,h=a}", "long 2"));
  }

  @Test
  void tagsOfOneResourceAreNotThoseOfTheNext() {
    ExportMetricsServiceRequest request =
        request(resource(text("service.name", "shop")), gauge("m", point(1L))).toBuilder()
            .mergeFrom(request(gauge("n", point(2L))))
            .mergeFrom(request(resource(text("host.name", "x")), gauge("o", point(3L))))
            .build();
    assertThat(read(request).points())
        .containsExactly(
            at("m{h=a,service.name=shop}", "long 1"),
            at("n{h=a}", "long 2"),
            at("o{h=a,host.name=x}", "long 3"));
  }

  @Test
  void aKeyThatIsThereTwiceIsAFault() {
    read(request(gauge("m", point(1L).addAttributes(text("h", "b")), point(2L))));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 2"));
    assertThat(reading.reasons()).containsExactly("metric[0](name=m) duplicate key: h");
    read(request(resource(text("host.name", "a"), text("host.name", "b")), gauge("m", point(1L))));
    assertThat(reading.points()).isEmpty();
    assertThat(reading.reasons()).containsExactly("resource[0] duplicate key: host.name");
  }

  @Test
  void aMetricWithoutANameIsRejected() {
    read(
        request(
            gauge("", point(1L), point(1L)),
            histogram("", histogramPoint().setCount(1)),
            gauge("n", point(2L))));
    assertThat(reading.points()).containsExactly(at("n{h=a}", "long 2"));
    assertThat(reading.reasons())
        .containsExactly("metric[0] has no name.", "metric[1] has no name.");
  }

  @Test
  void aMetricWithoutDataIsCounted() {
    read(request(Metric.newBuilder().setName("m").setDescription("d").build()));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.skipped()).isEqualTo(1);
  }

  @Test
  void aHistogramIsCountSumMinimumMaximumAndCumulativeBuckets() {
    read(
        request(
            histogram(
                "m",
                histogramPoint()
                    .setCount(10)
                    .setSum(12.5)
                    .setMin(0.25)
                    .setMax(7)
                    .addAllExplicitBounds(List.of(-1.0, 0.005, 10.0))
                    .addAllBucketCounts(List.of(0L, 1L, 2L, 7L)))));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            at("m_count{h=a}", "long 10"),
            at("m_sum{h=a}", "double 12.5"),
            at("m_min{h=a}", "double 0.25"),
            at("m_max{h=a}", "double 7.0"),
            at("m_bucket{h=a,le=-1}", "long 0"),
            at("m_bucket{h=a,le=0.005}", "long 1"),
            at("m_bucket{h=a,le=10}", "long 3"),
            at("m_bucket{h=a,le=+Inf}", "long 10"));
  }

  @Test
  void aHistogramMayLackAllButItsCount() {
    read(request(histogram("m", histogramPoint().setCount(3))));
    assertThat(reading.points()).containsExactly(at("m_count{h=a}", "long 3"));
    read(request(histogram("m", histogramPoint().setCount(3).addBucketCounts(3))));
    assertThat(reading.points())
        .containsExactly(at("m_count{h=a}", "long 3"), at("m_bucket{h=a,le=+Inf}", "long 3"));
    read(request(histogram("m", histogramPoint().setSum(0).setMin(0).setMax(0))));
    assertThat(reading.points())
        .containsExactly(
            at("m_count{h=a}", "long 0"),
            at("m_sum{h=a}", "double 0.0"),
            at("m_min{h=a}", "double 0.0"),
            at("m_max{h=a}", "double 0.0"));
  }

  @Test
  void aBoundOfInfinityIsTheLastBucket() {
    read(
        request(
            histogram(
                "m",
                histogramPoint()
                    .setCount(3)
                    .addAllExplicitBounds(List.of(1.0, Double.POSITIVE_INFINITY))
                    .addAllBucketCounts(List.of(1L, 2L, 0L)))));
    assertThat(reading.points())
        .containsExactly(
            at("m_count{h=a}", "long 3"),
            at("m_bucket{h=a,le=1}", "long 1"),
            at("m_bucket{h=a,le=+Inf}", "long 3"));
  }

  @Test
  void bucketsThatDoNotFitTheirBoundsCostTheirPoint() {
    HistogramDataPoint.Builder good = histogramPoint().setCount(1);
    for (HistogramDataPoint.Builder bad :
        List.of(
            histogramPoint().addExplicitBounds(1).addBucketCounts(1),
            histogramPoint().addExplicitBounds(1),
            histogramPoint().addBucketCounts(1).addBucketCounts(1),
            histogramPoint().addExplicitBounds(1).addAllBucketCounts(List.of(1L, 2L, 3L)))) {
      read(request(histogram("m", bad), histogram("m", good)));
      assertThat(reading.points()).containsExactly(at("m_count{h=a}", "long 1"));
      assertThat(reading.reasons())
          .containsExactly("metric[0](name=m).datapoints[0] has not one bucket more than bounds.");
    }
    for (List<Double> bounds :
        List.of(List.of(1.0, 1.0), List.of(2.0, 1.0), List.of(1.0, Double.NaN))) {
      HistogramDataPoint.Builder bad =
          histogramPoint().addAllExplicitBounds(bounds).addAllBucketCounts(List.of(1L, 2L, 3L));
      read(request(histogram("m", bad)));
      assertThat(reading.reasons())
          .containsExactly("metric[0](name=m).datapoints[0] has bounds that do not rise.");
    }
  }

  @Test
  void countsBeyondALongAreDoublesAndInBucketsAFault() {
    read(request(histogram("m", histogramPoint().setCount(-1))));
    assertThat(reading.points())
        .containsExactly(at("m_count{h=a}", "double 1.8446744073709552E19"));
    for (List<Long> counts : List.of(List.of(-1L, 2L), List.of(Long.MAX_VALUE, 1L))) {
      read(
          request(
              histogram("m", histogramPoint().addExplicitBounds(1).addAllBucketCounts(counts))));
      assertThat(reading.points()).isEmpty();
      assertThat(reading.reasons())
          .containsExactly(
              "metric[0](name=m).datapoints[0] has counts beyond the range of a long.");
    }
  }

  @Test
  void bucketsMayBeLeftOut() {
    byte[] record =
        request(
                histogram("m", histogramPoint().setCount(1).addBucketCounts(1)),
                exponential("n", exponentialPoint().setCount(2).setPositive(buckets(0, 2))))
            .toByteArray();
    assertThat(with("otlp.histogram.buckets", "false").read(record).points())
        .containsExactly(
            at("m_count{h=a}", "long 1"),
            at("n_count{h=a}", "long 2"),
            at("n_bucket{h=a,le=2}", "long 2"),
            at("n_bucket{h=a,le=+Inf}", "long 2"));
    assertThat(with("otlp.exponential.buckets", "0").read(record).points())
        .containsExactly(
            at("m_count{h=a}", "long 1"),
            at("m_bucket{h=a,le=+Inf}", "long 1"),
            at("n_count{h=a}", "long 2"));
  }

  @Test
  void anExponentialHistogramHasPowersAsBounds() {
    read(
        request(
            exponential(
                "m",
                exponentialPoint()
                    .setCount(21)
                    .setSum(1.5)
                    .setMin(-9)
                    .setMax(9)
                    .setScale(0)
                    .setZeroCount(5)
                    .setZeroThreshold(0.125)
                    .setNegative(buckets(1, 3, 4))
                    .setPositive(buckets(-2, 0, 1, 0, 8, 0)))));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            at("m_count{h=a}", "long 21"),
            at("m_sum{h=a}", "double 1.5"),
            at("m_min{h=a}", "double -9.0"),
            at("m_max{h=a}", "double 9.0"),
            at("m_bucket{h=a,le=-4}", "long 4"),
            at("m_bucket{h=a,le=-2}", "long 7"),
            at("m_bucket{h=a,le=0.125}", "long 12"),
            at("m_bucket{h=a,le=1}", "long 13"),
            at("m_bucket{h=a,le=2}", "long 13"),
            at("m_bucket{h=a,le=4}", "long 21"),
            at("m_bucket{h=a,le=+Inf}", "long 21"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 2",
    "0, -1, 1",
    "0, 9, 1024",
    "1, 0, 1.4142135623730951",
    "3, 0, 1.0905077326652577",
    "3, 7, 2",
    "20, 0, 1.0000006610368821",
    "-1, 0, 4",
    "-2, 0, 16",
    "-10, -1, 1",
    "-10, -3, 0",
    "0, 2000, +Inf",
    "0, 2147483646, +Inf",
    "0, -2147483648, 0",
    "2147483647, 5, 1",
    "-2147483648, 5, +Inf",
    "-2147483648, -5, 0",
  })
  void theBoundFollowsFromTheScale(int scale, int offset, String bound) {
    read(
        request(
            exponential(
                "m",
                exponentialPoint().setCount(1).setScale(scale).setPositive(buckets(offset, 1)))));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points().get(1)).isEqualTo(at("m_bucket{h=a,le=" + bound + "}", "long 1"));
    assertThat(reading.points()).endsWith(at("m_bucket{h=a,le=+Inf}", "long 1"));
  }

  @Test
  void neighboursAreMergedUntilTheBucketsAreFewEnough() {
    byte[] record =
        request(
                exponential(
                    "m",
                    exponentialPoint()
                        .setCount(23)
                        .setScale(1)
                        .setZeroCount(1)
                        .setNegative(buckets(-1, 1, 2))
                        .setPositive(buckets(-3, 1, 2, 3, 4, 5, 4))))
            .toByteArray();
    assertThat(with("otlp.exponential.buckets", "9").read(record).points()).hasSize(1 + 9 + 1);
    assertThat(with("otlp.exponential.buckets", "8").read(record).points())
        .containsExactly(
            at("m_count{h=a}", "long 23"),
            at("m_bucket{h=a,le=-1}", "long 2"),
            at("m_bucket{h=a,le=-0.5}", "long 3"),
            at("m_bucket{h=a,le=0}", "long 4"),
            at("m_bucket{h=a,le=0.5}", "long 5"),
            at("m_bucket{h=a,le=1}", "long 10"),
            at("m_bucket{h=a,le=2}", "long 19"),
            at("m_bucket{h=a,le=4}", "long 23"),
            at("m_bucket{h=a,le=+Inf}", "long 23"));
    assertThat(with("otlp.exponential.buckets", "5").read(record).points()).hasSize(1 + 5 + 1);
  }

  @Test
  void aMeaninglessExponentialHistogramCostsItsPoint() {
    for (double threshold : List.of(-1.0, Double.NaN)) {
      read(request(exponential("m", exponentialPoint().setZeroThreshold(threshold))));
      assertThat(reading.points()).isEmpty();
      assertThat(reading.reasons())
          .containsExactly("metric[0](name=m).datapoints[0] has a zero threshold that is no size.");
    }
    read(request(exponential("m", exponentialPoint().setPositive(buckets(0, Long.MAX_VALUE, 1)))));
    assertThat(reading.rules()).containsExactly(Rule.VALUE);
    read(request(exponential("m", exponentialPoint().setPositive(buckets(0, new long[16_385])))));
    assertThat(reading.rules()).containsExactly(Rule.SIZE);
  }

  @Test
  void aSummaryHasAPointAQuantile() {
    SummaryDataPoint.Builder point =
        SummaryDataPoint.newBuilder()
            .setTimeUnixNano(NANOS)
            .addAttributes(text("h", "a"))
            .setCount(4)
            .setSum(8)
            .addQuantileValues(quantile(0, 1))
            .addQuantileValues(quantile(0.5, 2))
            .addQuantileValues(quantile(0.99, Double.NaN))
            .addQuantileValues(quantile(1, 4));
    read(request(summary("m", point)));
    assertThat(reading.points())
        .containsExactly(
            at("m_count{h=a}", "long 4"),
            at("m_sum{h=a}", "double 8.0"),
            at("m{h=a,quantile=0}", "double 1.0"),
            at("m{h=a,quantile=0.5}", "double 2.0"),
            at("m{h=a,quantile=1}", "double 4.0"));
    assertThat(reading.reasons())
        .containsExactly("metric[0](name=m).datapoints[0].value is not a finite number.");
  }

  private static SummaryDataPoint.ValueAtQuantile quantile(double quantile, double value) {
    return SummaryDataPoint.ValueAtQuantile.newBuilder()
        .setQuantile(quantile)
        .setValue(value)
        .build();
  }

  @Test
  void whatIsNotStoredIsPassedOver() {
    Metric metric =
        gauge(
                "m",
                point(1L).setStartTimeUnixNano(5).addExemplars(Exemplar.newBuilder().setAsInt(9)))
            .toBuilder()
            .setDescription("d")
            .setUnit("By")
            .addMetadata(text("k", "v"))
            .build();
    ExportMetricsServiceRequest request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .setSchemaUrl("https://example.com/schema")
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder().setSchemaUrl("u").addMetrics(metric)))
            .build();
    assertThat(read(request).points()).containsExactly(at("m{h=a}", "long 1"));
    assertThat(reading.reasons()).isEmpty();
  }

  @Test
  void nothingIsNoFault() {
    for (ExportMetricsServiceRequest empty :
        List.of(
            ExportMetricsServiceRequest.getDefaultInstance(),
            ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.getDefaultInstance())
                .build(),
            request(),
            request(gauge("m")))) {
      assertThat(read(empty).reasons()).isEmpty();
      assertThat(reading.points()).isEmpty();
    }
  }
}
