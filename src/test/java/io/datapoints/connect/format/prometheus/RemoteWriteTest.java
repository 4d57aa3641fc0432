package io.datapoints.connect.format.prometheus;

import static io.datapoints.connect.format.prometheus.Requests.field;
import static io.datapoints.connect.format.prometheus.Requests.join;
import static io.datapoints.connect.format.prometheus.Requests.label;
import static io.datapoints.connect.format.prometheus.Requests.message;
import static io.datapoints.connect.format.prometheus.Requests.request;
import static io.datapoints.connect.format.prometheus.Requests.sample;
import static io.datapoints.connect.format.prometheus.Requests.series;
import static io.datapoints.connect.format.prometheus.Requests.snappy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.datapoints.connect.FormatReading;
import io.datapoints.connect.model.Rule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What series become, and what becomes of bad ones. */
class RemoteWriteTest {

  private static final double STALE = Double.longBitsToDouble(0x7FF0_0000_0000_0002L);
  private static final ByteString NAME = label("__name__", "m");
  private static final ByteString HOST = label("h", "a");

  private final FormatReading reading = FormatReading.of("prometheus_remote_write");

  @Test
  void aSampleIsAPoint() {
    reading.read(
        request(
            series(
                label("__name__", "http_requests_total"),
                label("instance", "192.0.2.1:9100"),
                label("job", "caf\u00e9"),
                sample(1.5, 1_700_000_000_123L),
                sample(-0.0, -1)),
            series(NAME, HOST, sample(2, 0))));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            "http_requests_total{instance=192.0.2.1:9100,job=caf\u00e9} 1700000000123 double 1.5",
            "http_requests_total{instance=192.0.2.1:9100,job=caf\u00e9} -1 double -0.0",
            "m{h=a} 0 double 2.0");
  }

  @Test
  void fieldsOfDefaultsAreNotOnTheWire() {
    reading.read(request(series(NAME, HOST, field(2, ByteString.EMPTY))));
    assertThat(reading.points()).containsExactly("m{h=a} 0 double 0.0");
  }

  @Test
  void theMarkOfTheEndIsCountedAndNoFault() {
    reading.read(request(series(NAME, HOST, sample(1, 1), sample(STALE, 2), sample(3, 3))));
    assertThat(reading.points()).containsExactly("m{h=a} 1 double 1.0", "m{h=a} 3 double 3.0");
    assertThat(reading.skipped()).isEqualTo(1);
    assertThat(reading.reasons()).isEmpty();
  }

  @Test
  void otherValuesThatAreNoNumbersCostTheirSample() {
    double quiet = Double.longBitsToDouble(0x7FF8_0000_0000_0001L);
    reading.read(
        request(
            series(
                NAME,
                HOST,
                sample(quiet, 1),
                sample(STALE, 2),
                sample(Double.POSITIVE_INFINITY, 3),
                sample(4, 4),
                sample(Double.NEGATIVE_INFINITY, 5))));
    assertThat(reading.points()).containsExactly("m{h=a} 4 double 4.0");
    assertThat(reading.reasons())
        .containsExactly(
            "metric[0](name=m).datapoints[0].value is not a finite number.",
            "metric[0](name=m).datapoints[2].value is not a finite number.",
            "metric[0](name=m).datapoints[4].value is not a finite number.");
    assertThat(reading.rules()).containsOnly(Rule.VALUE);
    assertThat(reading.skipped()).isEqualTo(1);
  }

  @Test
  void aNameMayStandAnywhereAndLabelsBehindSamples() {
    reading.read(
        request(series(sample(1, 1), label("Z", "z"), HOST, NAME, sample(2, 2), label("b", "c"))));
    assertThat(reading.points())
        .containsExactly("m{Z=z,b=c,h=a} 1 double 1.0", "m{Z=z,b=c,h=a} 2 double 2.0");
  }

  @Test
  void anEmptyLabelIsNone() {
    reading.read(
        request(
            series(NAME, label("e", ""), HOST, sample(1, 1)),
            series(NAME, label("e", ""), sample(2, 2)),
            series(label("__name__", ""), HOST, sample(3, 3))));
    assertThat(reading.points())
        .containsExactly("m{h=a} 1 double 1.0", "m{source=unknown} 2 double 2.0");
    assertThat(reading.reasons()).containsExactly("metric[2] has no __name__.");
  }

  @Test
  void aSeriesThatCannotBeReadCostsThatSeries() {
    ByteString wrong = ByteString.copyFrom(new byte[] {'x', (byte) 0xC3});
    ByteString good = series(NAME, HOST, sample(1, 1));
    reading.read(
        request(
            series(HOST, sample(2, 2)),
            series(NAME, label("__name__", "n"), sample(2, 2)),
            series(NAME, HOST, label("h", "b"), sample(2, 2)),
            series(NAME, field(1, join(field(1, wrong), field(2, wrong))), sample(2, 2)),
            series(NAME, field(1, join(field(1, label("", "")), field(2, wrong))), sample(2, 2)),
            series(NAME, label("", "no name"), sample(2, 2)),
            good));
    assertThat(reading.points()).containsExactly("m{h=a} 1 double 1.0");
    assertThat(reading.reasons())
        .containsExactly(
            "metric[0] has no __name__.",
            "metric[1](name=m) has __name__ twice.",
            "metric[2](name=m) duplicate key: h",
            "metric[3](name=m) has a label that is not UTF-8.",
            "metric[4](name=m) has a label that is not UTF-8.",
            "metric[5](name=m).tag[0].name may not be empty.");
  }

  @Test
  void damageCostsTheSmallestPartThatHoldsIt() {
    ByteString damage = ByteString.copyFrom(new byte[] {0x0A, 0x7F, 1});
    ByteString good = series(NAME, HOST, sample(1, 1));
    ByteString bad = field(2, damage);
    reading.read(request(series(NAME, HOST, sample(1, 1), bad, sample(3, 3)), good));
    assertThat(reading.points())
        .containsExactly("m{h=a} 1 double 1.0", "m{h=a} 3 double 3.0", "m{h=a} 1 double 1.0");
    assertThat(reading.reasons()).containsExactly("metric[0](name=m).datapoints[1] is damaged.");

    reading.read(request(series(NAME, HOST, sample(1, 1), damage), good));
    assertThat(reading.points()).containsExactly("m{h=a} 1 double 1.0");
    assertThat(reading.reasons()).containsExactly("metric[0](name=m) is damaged.");

    reading.read(request(good, damage));
    assertThat(reading.points()).containsExactly("m{h=a} 1 double 1.0");
    assertThat(reading.reasons())
        .containsExactly("The request is damaged or truncated behind 1 series.");
    assertThat(reading.rules()).containsOnly(Rule.SHAPE);
  }

  private static ByteString histogram(boolean whole, double count, double sum, long millis) {
    return field(
        4,
        message(
            out -> {
              if (whole) {
                out.writeUInt64(1, (long) count);
              } else {
                out.writeDouble(2, count);
              }
              out.writeDouble(3, sum);
              out.writeSInt32(4, 3);
              out.writeDouble(5, 1e-128);
              out.writeBytes(11, message(o -> o.writeUInt32(2, 1)));
              out.writeByteArray(12, new byte[] {2});
              out.writeInt64(15, millis);
            }));
  }

  @Test
  void aNativeHistogramIsItsCountAndItsSum() {
    reading.read(
        request(
            series(
                NAME,
                HOST,
                histogram(true, 7, 1.5, 10),
                histogram(false, 2.5, 0.5, 20),
                histogram(true, 0, STALE, 30),
                field(4, message(out -> out.writeUInt64(1, -1))))));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            "m_count{h=a} 10 long 7",
            "m_count{h=a} 20 double 2.5",
            "m_count{h=a} 0 double 1.8446744073709552E19",
            "m_sum{h=a} 10 double 1.5",
            "m_sum{h=a} 20 double 0.5",
            "m_sum{h=a} 0 double 0.0");
    assertThat(reading.skipped()).as("the count and the sum of one").isEqualTo(2);
  }

  @Test
  void exemplarsAndMetadataAreNotStored() {
    ByteString exemplar =
        field(3, join(label("trace_id", "x"), message(out -> out.writeDouble(2, 9))));
    ByteString metadata = field(3, message(out -> out.writeString(2, "m")));
    reading.read(request(metadata, series(NAME, HOST, exemplar, sample(1, 1)), metadata));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points()).containsExactly("m{h=a} 1 double 1.0");
    assertThat(reading.read(request(metadata)).reasons()).isEmpty();
    assertThat(reading.read(request()).reasons()).isEmpty();
    assertThat(reading.read(request(series(NAME))).reasons()).isEmpty();
  }

  @Test
  void unknownFieldsArePassedOver() {
    ByteString foreign =
        message(
            out -> {
              out.writeUInt64(2, 1);
              out.writeUInt64(77, 1);
              out.writeFixed32(1_000, 1);
              out.writeTag(81, 3);
              out.writeTag(81, 4);
            });
    reading.read(request(foreign, series(foreign, NAME, HOST, sample(1, 1), foreign), foreign));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points()).containsExactly("m{h=a} 1 double 1.0");
  }

  /** Symbols in field 4, and series that refer to them in field 5. */
  @Test
  void theSecondVersionIsRefused() {
    ByteString symbols = join(field(4, ByteString.EMPTY), field(4, ByteString.copyFromUtf8("m")));
    ByteString series2 = field(5, message(out -> out.writeByteArray(1, new byte[] {1, 2})));
    for (byte[] record : List.of(request(symbols, series2), request(series2))) {
      assertThat(reading.read(record).points()).isEmpty();
      assertThat(reading.reasons())
          .containsExactly("The message is a request of remote write 2.0, and not of 1.0.");
    }
  }

  @Test
  void aRequestThatIsNotCompressedIsRead() {
    ByteString plain = join(series(NAME, HOST, sample(1, 1)), field(3, ByteString.EMPTY));
    assertThat(reading.read(plain.toByteArray()).points()).containsExactly("m{h=a} 1 double 1.0");
    ByteString longer = series(NAME, label("l", "x".repeat(1_000)), sample(1, 1));
    assertThat(reading.read(longer.toByteArray()).points()).hasSize(1);
    assertThat(reading.read(join(plain, field(7, plain)).toByteArray()).points()).isEmpty();
    assertThat(reading.reasons())
        .containsExactly("The message is not a remote write request that is compressed by Snappy.");
  }

  @Test
  void whatIsNoSnappyIsRejected() {
    byte[] framed = {(byte) 0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};
    for (byte[] other : List.of(framed, new byte[] {5, 1, 2}, "{\"a\":1}".getBytes(UTF_8))) {
      assertThat(reading.read(other).rules()).containsExactly(Rule.SHAPE);
      assertThat(reading.points()).isEmpty();
    }
    byte[] zstd = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 4, 0};
    assertThat(reading.read(zstd).reasons())
        .singleElement()
        .asString()
        .contains("zstd", "VictoriaMetrics");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_024, 2_000})
  void theLengthIsCheckedBeforeAnythingIsInflated(int limit) {
    FormatReading limited =
        FormatReading.with(
            "prometheus_remote_write", Map.of("record.max.inflated.bytes", "" + limit));
    byte[] within = snappy(new byte[limit]);
    byte[] beyond = snappy(new byte[limit + 1]);
    assertThat(limited.read(within).rules()).containsExactly(Rule.SHAPE);
    assertThat(limited.read(beyond).reasons())
        .containsExactly("The record value inflates to more than " + limit + " bytes.");
    assertThat(limited.rules()).containsExactly(Rule.SIZE);
  }

  @Test
  void aRecordThatPromisesMoreThanItHoldsIsNoSnappy() {
    byte[] promise = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07, 0, 'x'};
    assertThat(reading.read(promise).rules()).containsExactly(Rule.SHAPE);
  }

  @Test
  void aSeriesMayHaveManySamples() {
    ByteString.Output all = ByteString.newOutput();
    List<String> points = new ArrayList<>();
    try (all) {
      NAME.writeTo(all);
      HOST.writeTo(all);
      for (int i = 0; i < 10_000; i++) {
        sample(i == 9_000 ? Double.NaN : i, i).writeTo(all);
        if (i != 9_000) {
          points.add("m{h=a} " + i + " double " + (double) i);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    reading.read(request(series(all.toByteString())));
    assertThat(reading.points()).isEqualTo(points);
    assertThat(reading.reasons())
        .containsExactly("metric[0](name=m).datapoints[9000].value is not a finite number.");
  }

  private static ByteString varied() {
    return join(
        series(NAME, HOST, label("l", "\u00e9"), sample(1, 1), sample(STALE, 2)),
        field(3, message(out -> out.writeString(2, "m"))),
        series(NAME, histogram(true, 7, 1.5, 10), histogram(false, 2.5, 0.5, 20)));
  }

  @Test
  void anyBytesMakePointsAndReasonsAndNothingElse() {
    byte[] plain = varied().toByteArray();
    reading.surviveDamageOf(plain);
    reading.surviveDamageOf(snappy(plain));
    assertThat(reading.read(plain).points()).hasSize(5);
  }

  @Test
  void ofATruncatedRequestTheSeriesBeforeTheDamageAreStored() {
    ByteString one = varied();
    List<String> points = List.copyOf(reading.read(snappy(one.toByteArray())).points());
    byte[] two = join(one, series(NAME, HOST, sample(1, 1))).toByteArray();
    for (int length = one.size() + 1; length < two.length; length++) {
      reading.read(snappy(Arrays.copyOf(two, length)));
      assertThat(reading.points()).isEqualTo(points);
      assertThat(reading.reasons()).hasSize(1);
    }
  }

  /** A reader whose time grew faster than the record would take hours. */
  @Test
  void noRequestTakesMoreThanItsLength() {
    byte[] samples = new byte[1_000_000];
    byte[] histograms = new byte[1_000_000];
    byte[] empty = new byte[2_000_000];
    for (int i = 0; i < samples.length; i += 2) {
      samples[i] = 0x12;
      histograms[i] = 0x22;
    }
    for (int i = 0; i < empty.length; i += 2) {
      empty[i] = 0x0A;
    }
    ByteString big = label("big", "x".repeat(60_000));
    Assertions.assertTimeout(
        Duration.ofMinutes(2),
        () -> {
          reading.count(request(series(NAME, big, ByteString.copyFrom(samples))));
          assertThat(reading.accepted()).isEqualTo(500_000);
          reading.count(request(series(NAME, big, ByteString.copyFrom(histograms))));
          assertThat(reading.accepted()).isEqualTo(1_000_000);
          reading.count(snappy(empty));
          assertThat(reading.rejected()).isEqualTo(1_000_000);
          reading.count(snappy(damaged(0x0A)));
          assertThat(reading.rejected()).isEqualTo(1_000_000);
          reading.count(request(series(NAME, ByteString.copyFrom(damaged(0x12)))));
          assertThat(reading.rejected()).isEqualTo(1_000_000);
          reading.count(request(series(NAME, ByteString.copyFrom(empty), sample(1, 1))));
          assertThat(reading.accepted()).isEqualTo(1);
        });
  }

  /** A million messages in this field, each with a field that does not end. */
  private static byte[] damaged(int tag) {
    byte[] damaged = new byte[3_000_000];
    for (int i = 0; i < damaged.length; i += 3) {
      damaged[i] = (byte) tag;
      damaged[i + 1] = 1;
      damaged[i + 2] = 8;
    }
    return damaged;
  }

  @Test
  void labelsAreBounded() {
    ByteString.Output all = ByteString.newOutput();
    try (all) {
      NAME.writeTo(all);
      for (int i = 0; i < 8_192; i++) {
        label("l" + i, "v").writeTo(all);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    reading.read(request(series(all.toByteString(), sample(1, 1))));
    assertThat(reading.reasons()).containsExactly("metric[0](name=m) has more than 8191 labels.");
  }

  /** A series is known by its bytes: those of another one must never be taken for it. */
  @Test
  void seriesThatComeAgainAreWhatTheyWere() {
    List<ByteString> requests = new ArrayList<>();
    List<String> points = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      requests.add(series(NAME, label("h", "" + i), sample(i, 1)));
      points.add("m{h=" + i + "} 1 double " + (double) i);
    }
    byte[] request = request(requests.toArray(ByteString[]::new));
    for (int round = 0; round < 3; round++) {
      assertThat(reading.read(request).points()).isEqualTo(points);
    }
  }

  @Test
  void aSeriesThatIsKnownIsCheckedWhereItDiffers() {
    byte[] good = request(series(NAME, HOST, sample(1, 1)));
    for (int round = 0; round < 3; round++) {
      assertThat(reading.read(good).points()).containsExactly("m{h=a} 1 double 1.0");
      assertThat(
              reading
                  .read(request(series(NAME, HOST, sample(Double.NaN, 1), sample(STALE, 2))))
                  .reasons())
          .singleElement()
          .asString()
          .startsWith("metric[0](name=m).datapoints[0]");
      assertThat(reading.skipped()).isEqualTo(1);
      assertThat(reading.read(request(series(NAME, HOST, HOST, sample(1, 1)))).reasons())
          .containsExactly("metric[0](name=m) duplicate key: h");
      assertThat(reading.read(request(series(sample(1, 1), NAME, HOST, sample(2, 2)))).points())
          .containsExactly("m{h=a} 1 double 1.0", "m{h=a} 2 double 2.0");
      assertThat(reading.read(request(series(NAME, sample(1, 1), HOST))).points())
          .containsExactly("m{h=a} 1 double 1.0");
      assertThat(reading.read(request(series(NAME, sample(1, 1)))).points())
          .containsExactly("m{source=unknown} 1 double 1.0");
    }
  }
}
