package io.datapoints.connect.format.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.FormatReading;
import io.datapoints.connect.model.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the JSON of prometheus-kafka-adapter becomes, and what becomes of bad samples. */
class AdapterJsonTest {

  private static final String GOOD = sample("1.5", "2023-11-14T22:13:20Z");
  private static final String GOOD_POINT = "up{job=a} 1700000000000 double 1.5";

  private final FormatReading reading = FormatReading.of("prometheus_json");

  private static String sample(String value, String timestamp) {
    return ("{\"labels\":{\"__name__\":\"up\",\"job\":\"a\"},\"name\":\"up\","
            + "\"timestamp\":\"%s\",\"value\":\"%s\"}")
        .formatted(timestamp, value);
  }

  /** The message of its documentation. */
  @Test
  void aSampleIsAPoint() {
    reading.read(
        """
        {
          "timestamp": "1970-01-01T00:00:00Z",
          "value": "9876543210",
          "name": "up",
          "labels": {
            "__name__": "up",
            "label1": "value1",
            "label2": "value2"
          }
        }
        """);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly("up{label1=value1,label2=value2} 0 double 9.87654321E9");
    assertThat(reading.read(GOOD + "\n" + GOOD).points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.read("[" + GOOD + "]").points()).containsExactly(GOOD_POINT);
  }

  /** Prometheus has nothing else. Go writes them without an exponent, however many digits. */
  @ParameterizedTest
  @CsvSource({"1, 1.0", "-0.25, -0.25", "9007199254740993, 9.007199254740992E15", "1e3, 1000.0"})
  void everyValueIsADouble(String value, String stored) {
    assertThat(reading.read(sample(value, "2023-11-14T22:13:20Z")).points())
        .containsExactly("up{job=a} 1700000000000 double " + stored);
  }

  @Test
  void aValueMayHaveHundredsOfDigits() {
    String large = "1" + "0".repeat(308);
    String small = "0." + "0".repeat(323) + "5";
    assertThat(
            reading
                .read(sample(large, "2023-11-14T22:13:20Z") + sample(small, "2023-11-14T22:13:20Z"))
                .points())
        .containsExactly(
            "up{job=a} 1700000000000 double 1.0E308", "up{job=a} 1700000000000 double 4.9E-324");
  }

  @ParameterizedTest
  @CsvSource({
    "2023-11-14T22:13:20Z, 1700000000000",
    "2023-11-14T23:13:20+01:00, 1700000000000",
    "2023-11-14T22:13:20.123456789Z, 1700000000123",
    "1969-12-31T23:59:59Z, -1000",
  })
  void theTimeIsThatOfRfc3339(String timestamp, long millis) {
    assertThat(reading.read(sample("1.5", timestamp)).points())
        .containsExactly("up{job=a} " + millis + " double 1.5");
  }

  /** The mark at the end of a series is a NaN, which the text does not tell from others. */
  @Test
  void naNIsNoValue() {
    reading.read(sample("NaN", "2023-11-14T22:13:20Z") + GOOD);
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.skipped()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"name\":\"up\"         | \"name\":\"\"       | NAME      | .name is no text, or empty.",
        "\"name\":\"up\",        |                     | NAME      | .name is no text, or empty.",
        "\"name\":\"up\"         | \"name\":[]         | NAME      | .name is no text, or empty.",
        "\"timestamp\"           | \"time\"            | TIMESTAMP | (name=up).timestamp is missing.",
        "\"2023-11-14T22:13:20Z\" | 1700000000         | TIMESTAMP | (name=up).timestamp is not a text.",
        "2023-11-14T22:13:20Z    | 2023-11-14          | TIMESTAMP | (name=up).timestamp is not a time of RFC 3339.",
        "2023-11-14T22:13:20Z    | 2023-11-14T22:13:20 | TIMESTAMP | (name=up).timestamp is not a time of RFC 3339.",
        "2023-11-14T22:13:20Z    | 2023-02-30T22:13:20Z | TIMESTAMP | (name=up).timestamp is not a time of RFC 3339.",
        "\"value\"               | \"v\"               | VALUE     | (name=up).value is missing.",
        "\"1.5\"                 | null                | VALUE     | (name=up).value is missing.",
        "\"1.5\"                 | \"+Inf\"            | VALUE     | (name=up).value is not a finite number.",
        "\"1.5\"                 | \"-Inf\"            | VALUE     | (name=up).value is not a finite number.",
        "\"1.5\"                 | \"\"                | VALUE     | (name=up).value is not a finite number.",
        "\"1.5\"                 | \"x\"               | VALUE     | (name=up).value is not a finite number.",
        "\"1.5\"                 | true                | VALUE     | (name=up).value is not a finite number.",
        "{\"__name__\":\"up\",\"job\":\"a\"} | []      | TAGS      | (name=up).labels is not an object of texts.",
        "\"job\":\"a\"           | \"job\":{}          | TAGS      | (name=up).tag[job].value is an object or an array.",
      })
  void aBadSampleCostsThatSample(String good, String bad, Rule rule, String reason) {
    reading.read("[" + GOOD + "," + GOOD.replace(good, bad == null ? "" : bad) + "," + GOOD + "]");
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons()).containsExactly("metric[1]" + reason);
    assertThat(reading.rules()).containsExactly(rule);
  }

  /** An empty label is one that is not there. */
  @Test
  void labelsThatSayNothingAreLeftOut() {
    String sample = "{\"name\":\"up\",\"timestamp\":\"1970-01-01T00:00:00Z\",\"value\":\"1\"%s}";
    assertThat(
            reading
                .read(sample.formatted(",\"labels\":{\"__name__\":\"x\",\"a\":\"\",\"b\":\"c\"}"))
                .points())
        .containsExactly("up{b=c} 0 double 1.0");
    for (String none : List.of("", ",\"labels\":{}", ",\"labels\":{\"__name__\":\"up\"}")) {
      assertThat(reading.read(sample.formatted(none)).points())
          .containsExactly("up{source=unknown} 0 double 1.0");
    }
  }

  @Test
  void noSampleInheritsFromTheOneBefore() {
    reading.read(GOOD + "{}" + "{\"name\":\"n\",\"timestamp\":\"1970-01-01T00:00:00Z\"}");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly(
            "metric[1].name is no text, or empty.", "metric[2](name=n).value is missing.");
  }

  @Test
  void anyBytesMakePointsAndReasonsAndNothingElse() {
    reading.surviveDamageOf((GOOD + "\n" + GOOD).getBytes(UTF_8));
    assertThat(reading.read(GOOD).points()).containsExactly(GOOD_POINT);
  }

  @Test
  void noRecordTakesMoreThanItsLength() {
    List<String> hostile =
        List.of("[", "{\"labels\":", "{\"labels\":{\"a\":\"b\"},", "{\"timestamp\":\"1970", "[{},");
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (String part : hostile) {
            reading.read(part.repeat(1_000_000 / part.length()));
            reading.read("[" + part.repeat(1_000_000 / part.length()));
          }
        });
  }
}
