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
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.datapoints.connect.FormatReading;
import io.datapoints.connect.model.Rule;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What the wire may do, in order and out of it, and what damage costs. */
class OtlpWireTest {

  private static final long MILLIS = NANOS / 1_000_000;
  private static final int SCOPE_METRICS = 2;

  private final FormatReading reading = FormatReading.of("otlp_proto");

  /** Writes the content of a message by hand. */
  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private static ByteString message(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    content.write(out);
    out.flush();
    return ByteString.copyFrom(bytes.toByteArray());
  }

  /** A message that holds these bytes in one field. */
  private static ByteString holding(int field, ByteString content) throws IOException {
    return message(out -> out.writeBytes(field, content));
  }

  /** A record of one resource, whose message has these bytes. */
  private static byte[] record(ByteString resourceMetrics) throws IOException {
    return holding(1, resourceMetrics).toByteArray();
  }

  /** A record of one metric, whose message has these bytes. */
  private static byte[] metricRecord(ByteString metric) throws IOException {
    return record(holding(SCOPE_METRICS, holding(2, metric)));
  }

  private static String at(String series, String value) {
    return series + " " + MILLIS + " " + value;
  }

  @Test
  void aResourceMayFollowItsMetricsAndAScopeToo() throws IOException {
    ByteString scope =
        ScopeMetrics.newBuilder()
            .addMetrics(gauge("m", point(1L)))
            .build()
            .toByteString()
            .concat(
                ScopeMetrics.newBuilder()
                    .setScope(InstrumentationScope.newBuilder().setName("s"))
                    .build()
                    .toByteString());
    ByteString resource =
        ResourceMetrics.newBuilder()
            .setResource(resource(text("host.name", "x")))
            .build()
            .toByteString();
    FormatReading scopes = FormatReading.with("otlp_proto", Map.of("otlp.scope.tags", "true"));
    scopes.read(record(holding(SCOPE_METRICS, scope).concat(resource)));
    assertThat(scopes.points())
        .containsExactly(at("m{h=a,host.name=x,otel.scope.name=s}", "long 1"));
  }

  @Test
  void aMessageInTwoPartsIsOne() throws IOException {
    ByteString first =
        ResourceMetrics.newBuilder()
            .setResource(resource(text("host.name", "x")))
            .build()
            .toByteString();
    ByteString second =
        ResourceMetrics.newBuilder()
            .setResource(resource(text("service.name", "y")))
            .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(gauge("m", point(1L))))
            .build()
            .toByteString();
    assertThat(reading.read(record(first.concat(second))).points())
        .containsExactly(at("m{h=a,host.name=x,service.name=y}", "long 1"));
  }

  @Test
  void aNameMayFollowItsData() throws IOException {
    ByteString data = gauge("", point(1L)).toByteString();
    ByteString name = Metric.newBuilder().setName("m").build().toByteString();
    assertThat(reading.read(metricRecord(data.concat(name))).points())
        .containsExactly(at("m{h=a}", "long 1"));
  }

  @Test
  void ofSeveralKindsOfDataTheLastOneCounts() throws IOException {
    Sum sum = Sum.newBuilder().addDataPoints(point(2L)).build();
    ByteString metric =
        gauge("m", point(1L))
            .toByteString()
            .concat(Metric.newBuilder().setSum(sum).build().toByteString());
    assertThat(reading.read(metricRecord(metric)).points()).containsExactly(at("m{h=a}", "long 2"));
    ByteString again = metric.concat(gauge("m", point(3L)).toByteString());
    ByteString more = again.concat(gauge("m", point(4L)).toByteString());
    assertThat(reading.read(metricRecord(more)).points())
        .containsExactly(at("m{h=a}", "long 3"), at("m{h=a}", "long 4"));
  }

  @Test
  void theLastOfSeveralValuesCounts() throws IOException {
    ByteString point =
        point(1.5)
            .build()
            .toByteString()
            .concat(point().clearAttributes().setAsInt(2).build().toByteString());
    ByteString metric =
        holding(5, holding(1, point))
            .concat(Metric.newBuilder().setName("m").build().toByteString());
    assertThat(reading.read(metricRecord(metric)).points()).containsExactly(at("m{h=a}", "long 2"));
  }

  @Test
  void repeatedNumbersMayBePackedOrNot() throws IOException {
    ByteString histogram =
        message(
            out -> {
              out.writeDouble(7, 1.0);
              out.writeFixed64(6, 1);
              out.writeFixed64(6, 2);
              out.writeByteArray(6, new byte[] {3, 0, 0, 0, 0, 0, 0, 0});
              out.writeByteArray(7, message(o -> o.writeDoubleNoTag(2.0)).toByteArray());
              out.writeFixed64(3, NANOS);
            });
    ByteString name = Metric.newBuilder().setName("m").build().toByteString();
    reading.read(metricRecord(name.concat(holding(9, holding(1, histogram)))));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            at("m_count{source=unknown}", "long 0"),
            at("m_bucket{le=1}", "long 1"),
            at("m_bucket{le=2}", "long 3"),
            at("m_bucket{le=+Inf}", "long 6"));

    ByteString exponential =
        message(
            out -> {
              out.writeBytes(
                  8,
                  message(
                      o -> {
                        o.writeUInt64(2, 1);
                        o.writeByteArray(2, new byte[] {2, 3});
                        o.writeSInt32(1, -1);
                      }));
              out.writeFixed64(3, NANOS);
            });
    reading.read(metricRecord(name.concat(holding(10, holding(1, exponential)))));
    assertThat(reading.points())
        .containsExactly(
            at("m_count{source=unknown}", "long 0"),
            at("m_bucket{le=1}", "long 1"),
            at("m_bucket{le=2}", "long 3"),
            at("m_bucket{le=4}", "long 6"),
            at("m_bucket{le=+Inf}", "long 6"));
  }

  /** Until release 0.15 the protocol knew scopes as libraries. */
  @Test
  void scopesByTheirOldNumberAreRead() throws IOException {
    ByteString scope =
        ScopeMetrics.newBuilder().addMetrics(gauge("m", point(1L))).build().toByteString();
    assertThat(reading.read(record(holding(1_000, scope))).points())
        .containsExactly(at("m{h=a}", "long 1"));
  }

  @Test
  void unknownFieldsAndWireTypesArePassedOver() throws IOException {
    Content unknown =
        out -> {
          out.writeUInt64(77, 1);
          out.writeFixed32(78, 1);
          out.writeFixed64(79, 1);
          out.writeString(80, "x");
          out.writeTag(81, 3);
          out.writeUInt32(1, 5);
          out.writeTag(82, 3);
          out.writeTag(82, 4);
          out.writeTag(81, 4);
          out.writeUInt64(1, 1);
          out.writeFixed64(2, 1);
        };
    ByteString foreign = message(unknown);
    ByteString point = point(1L).build().toByteString().concat(foreign);
    ByteString metric =
        Metric.newBuilder()
            .setName("m")
            .build()
            .toByteString()
            .concat(foreign)
            .concat(holding(5, foreign.concat(holding(1, point)).concat(foreign)));
    ByteString scope = foreign.concat(holding(2, metric)).concat(foreign);
    ByteString all = foreign.concat(holding(1, foreign.concat(holding(2, scope)))).concat(foreign);
    assertThat(reading.read(all.toByteArray()).points()).containsExactly(at("m{h=a}", "long 1"));
    assertThat(reading.reasons()).isEmpty();
  }

  @Test
  void damageCostsTheSmallestPartThatHoldsIt() throws IOException {
    ByteString damage = ByteString.copyFrom(new byte[] {0x0A, 0x7F, 1});
    ByteString name = Metric.newBuilder().setName("m").build().toByteString();
    ByteString good = holding(1, point(1L).build().toByteString());
    ByteString bad = holding(1, point(2L).build().toByteString().concat(damage));

    reading.read(metricRecord(name.concat(holding(5, good.concat(bad).concat(good)))));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 1"), at("m{h=a}", "long 1"));
    assertThat(reading.reasons()).containsExactly("metric[0](name=m).datapoints[1] is damaged.");

    reading.read(metricRecord(name.concat(holding(5, good.concat(damage)))));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 1"));
    assertThat(reading.reasons())
        .containsExactly("metric[0](name=m) is damaged behind 1 datapoints.");

    ByteString metric = gauge("m", point(1L)).toByteString();
    ByteString metrics = holding(2, metric.concat(damage)).concat(holding(2, metric));
    reading.read(record(holding(SCOPE_METRICS, metrics)));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 1"));
    assertThat(reading.reasons()).containsExactly("metric[0] is damaged.");

    ByteString scope = holding(2, metric);
    reading.read(
        record(holding(SCOPE_METRICS, scope.concat(damage)).concat(holding(SCOPE_METRICS, scope))));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 1"));
    assertThat(reading.reasons()).containsExactly("scope[0] is damaged.");

    ByteString resource = holding(SCOPE_METRICS, scope);
    reading.read(
        holding(1, resource)
            .concat(holding(1, resource.concat(damage)))
            .concat(holding(1, resource))
            .toByteArray());
    assertThat(reading.points()).hasSize(2);
    assertThat(reading.reasons()).containsExactly("resource[1] is damaged.");

    reading.read(holding(1, resource).concat(damage).toByteArray());
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 1"));
    assertThat(reading.reasons())
        .containsExactly(
            "The message is not OTLP metrics, or damaged or truncated, behind 1 resources.");
    assertThat(reading.rules()).containsOnly(Rule.SHAPE);
  }

  @Test
  void textsThatAreNotUtf8CostWhatTheyBelongTo() throws IOException {
    ByteString wrong = ByteString.copyFrom(new byte[] {'x', (byte) 0xC3});
    ByteString good = gauge("m", point(1L)).toByteString();

    reading.read(
        record(
            holding(
                SCOPE_METRICS,
                holding(2, good.concat(holding(1, wrong))).concat(holding(2, good)))));
    assertThat(reading.points()).containsExactly(at("m{h=a}", "long 1"));
    assertThat(reading.reasons()).containsExactly("metric[0] has a name that is not UTF-8.");

    for (ByteString pair :
        List.of(
            holding(1, wrong).concat(holding(2, holding(1, ByteString.copyFromUtf8("v")))),
            holding(1, ByteString.copyFromUtf8("k")).concat(holding(2, holding(1, wrong))))) {
      ByteString point = point(1L).build().toByteString().concat(holding(7, pair));
      ByteString name = Metric.newBuilder().setName("m").build().toByteString();
      reading.read(metricRecord(name.concat(holding(5, holding(1, point)))));
      assertThat(reading.points()).isEmpty();
      assertThat(reading.reasons())
          .containsExactly("metric[0](name=m).datapoints[0] has an attribute that is not UTF-8.");
    }
  }

  private static byte[] varied() {
    Resource resource = resource(text("service.name", "shop"), text("host.name", "h\u00e9"));
    return request(
            resource,
            gauge(
                "g",
                point(1.5),
                point(3L).addAttributes(pair("n", map(pair("a", array(any(1L))))))),
            histogram(
                "h",
                histogramPoint()
                    .setCount(3)
                    .setSum(2)
                    .addAllExplicitBounds(List.of(1.0, 2.0))
                    .addAllBucketCounts(List.of(1L, 1L, 1L))),
            exponential(
                "e",
                exponentialPoint()
                    .setCount(3)
                    .setZeroCount(1)
                    .setPositive(buckets(3, 1, 0, 1))
                    .setNegative(buckets(-2, 1))),
            summary(
                "s",
                SummaryDataPoint.newBuilder()
                    .setTimeUnixNano(NANOS)
                    .setCount(1)
                    .addQuantileValues(
                        SummaryDataPoint.ValueAtQuantile.newBuilder()
                            .setQuantile(0.5)
                            .setValue(1))))
        .toByteArray();
  }

  @Test
  void anyBytesMakePointsAndReasonsAndNothingElse() {
    byte[] record = varied();
    reading.surviveDamageOf(record);
    assertThat(reading.read(record).reasons()).isEmpty();
  }

  @Test
  void ofATruncatedRecordTheResourcesBeforeTheDamageAreStored() throws IOException {
    byte[] one = varied();
    List<String> points = List.copyOf(reading.read(one).points());
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    for (int length = one.length + 1; length < two.length; length++) {
      reading.read(Arrays.copyOf(two, length));
      assertThat(reading.points()).isEqualTo(points);
      assertThat(reading.reasons()).hasSize(1);
    }
  }

  @Test
  void nestingIsBounded() throws IOException {
    AnyValue.Builder nested = any("x");
    for (int depth = 0; depth < AnyTexts.MAX_DEPTH; depth++) {
      nested = array(nested);
    }
    reading.read(request(gauge("m", point(1L).addAttributes(pair("d", nested)))).toByteArray());
    assertThat(reading.points()).hasSize(1);
    reading.read(
        request(gauge("m", point(1L).addAttributes(pair("d", array(nested))))).toByteArray());
    assertThat(reading.reasons())
        .containsExactly(
            "metric[0](name=m).datapoints[0] has an attribute of more than 32 levels.");

    ByteString groups =
        message(
            out -> {
              for (int i = 0; i < 1_000_000; i++) {
                out.writeTag(99, 3);
              }
            });
    reading.read(groups.toByteArray());
    assertThat(reading.rules()).containsExactly(Rule.SHAPE);

    ByteString deep = ByteString.EMPTY;
    for (int depth = 0; depth < 5_000; depth++) {
      deep = ByteString.copyFrom(holding(5, holding(1, deep)).toByteArray());
    }
    ByteString point =
        point(1L)
            .build()
            .toByteString()
            .concat(holding(7, holding(1, ByteString.copyFromUtf8("k")).concat(holding(2, deep))));
    ByteString name = Metric.newBuilder().setName("m").build().toByteString();
    reading.read(metricRecord(name.concat(holding(5, holding(1, point)))));
    assertThat(reading.rules()).containsExactly(Rule.SIZE);
  }

  @Test
  void lengthsAndNumbersWithoutEndAreDamage() {
    for (byte[] hostile :
        List.of(
            new byte[] {0x0A},
            new byte[] {0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07},
            new byte[] {0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F},
            filled(1_000, (byte) 0xFF),
            filled(1_000, (byte) 0x80),
            new byte[] {0, 0, 0},
            new byte[] {0x0C},
            new byte[] {0x0F})) {
      assertThat(reading.read(hostile).rules()).containsExactly(Rule.SHAPE);
    }
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return bytes;
  }

  /** A reader whose time grew faster than the record would take hours. */
  @Test
  void noRecordTakesMoreThanItsLength() {
    Assertions.assertTimeout(
        Duration.ofMinutes(2),
        () -> {
          String big = "x".repeat(60_000);
          ExportMetricsServiceRequest.Builder many =
              request(resource(text("host.name", big), text("service.name", "s"))).toBuilder();
          Metric.Builder metric = gauge("m", point(1L)).toBuilder();
          metric.getGaugeBuilder().clearDataPoints();
          for (int i = 0; i < 200_000; i++) {
            metric.getGaugeBuilder().addDataPoints(point(1L).clearAttributes());
          }
          many.getResourceMetricsBuilder(0).addScopeMetricsBuilder().addMetrics(metric);
          reading.count(many.build().toByteArray());
          assertThat(reading.accepted()).isBetween(1_000, 3_000);
          assertThat(reading.accepted() + reading.rejected()).isEqualTo(200_000);

          Resource.Builder tags = Resource.newBuilder();
          for (int i = 0; i < 8_000; i++) {
            tags.addAttributes(text("k" + i, "v"));
          }
          many.getResourceMetricsBuilder(0).setResource(tags);
          many.getResourceMetricsBuilder(0)
              .getScopeMetricsBuilder(1)
              .getMetricsBuilder(0)
              .getGaugeBuilder()
              .getDataPointsBuilderList()
              .forEach(NumberDataPoint.Builder::clearAsInt);
          FormatReading all =
              FormatReading.with("otlp_proto", Map.of("otlp.resource.attributes", "*"));
          all.count(many.build().toByteArray());
          assertThat(all.skipped() + all.rejected()).isEqualTo(200_000);
          assertThat(all.rejected()).isPositive();
        });
  }

  @Test
  void aMillionEmptyPartsAreReadInATimeInProportion() throws IOException {
    ByteString name = Metric.newBuilder().setName("m").build().toByteString();
    byte[] empty = new byte[2_000_000];
    for (int i = 0; i < empty.length; i += 2) {
      empty[i] = 0x0A;
    }
    Assertions.assertTimeout(
        Duration.ofMinutes(2),
        () -> {
          reading.count(empty);
          assertThat(reading.reasons()).isEmpty();
          ByteString points = ByteString.copyFrom(empty);
          reading.count(metricRecord(name.concat(holding(5, points))));
          assertThat(reading.rejected()).isEqualTo(1_000_000);
          byte[] damaged = new byte[3_000_000];
          for (int i = 0; i < damaged.length; i += 3) {
            damaged[i] = 0x0A;
            damaged[i + 1] = 1;
            damaged[i + 2] = 8;
          }
          reading.count(metricRecord(name.concat(holding(5, ByteString.copyFrom(damaged)))));
          assertThat(reading.rejected()).isEqualTo(1_000_000);
          byte[] metrics = empty.clone();
          for (int i = 0; i < metrics.length; i += 2) {
            metrics[i] = 0x12;
          }
          reading.count(record(holding(SCOPE_METRICS, ByteString.copyFrom(metrics))));
          assertThat(reading.skipped()).isEqualTo(1_000_000);
          reading.count(record(ByteString.copyFrom(metrics)));
          assertThat(reading.reasons()).isEmpty();
        });
  }

  @Test
  void attributesAreBounded() {
    var point = point(1L);
    for (int i = 0; i < 10_000; i++) {
      point.addAttributes(text("k" + i, "v"));
    }
    reading.read(request(gauge("m", point)).toByteArray());
    assertThat(reading.reasons())
        .containsExactly("metric[0](name=m).datapoints[0] has more than 8191 attributes.");
    var resource = Resource.newBuilder();
    for (int i = 0; i < 10_000; i++) {
      resource.addAttributes(text("k" + i, "v"));
    }
    reading.read(request(resource.build(), gauge("m", point(1L))).toByteArray());
    assertThat(reading.reasons()).containsExactly("resource[0] has more than 8191 attributes.");
  }
}
