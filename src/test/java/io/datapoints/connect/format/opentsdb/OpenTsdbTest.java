package io.datapoints.connect.format.opentsdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.FormatReading;
import io.datapoints.connect.model.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bodies of OpenTSDB's put become, and what becomes of bad data points in them. */
class OpenTsdbTest {

  private static final String GOOD = point("m", "1700000000", "1");
  private static final String GOOD_POINT = "m{h=a} 1700000000000 long 1";

  private final FormatReading reading = FormatReading.of("opentsdb_json");

  private static String point(String metric, String timestamp, String value) {
    return "{\"metric\":\"%s\",\"timestamp\":%s,\"value\":%s,\"tags\":{\"h\":\"a\"}}"
        .formatted(metric, timestamp, value);
  }

  /** The example of OpenTSDB's documentation. */
  @Test
  void anArrayOfDataPointsIsOnePointEach() {
    reading.read(
        """
        [
            {
                "metric": "sys.cpu.nice",
                "timestamp": 1346846400,
                "value": 18,
                "tags": {
                   "host": "web01",
                   "dc": "lga"
                }
            },
            {
                "metric": "sys.cpu.nice",
                "timestamp": 1346846400,
                "value": 9,
                "tags": {
                   "host": "web02",
                   "dc": "lga"
                }
            }
        ]
        """);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            "sys.cpu.nice{dc=lga,host=web01} 1346846400000 long 18",
            "sys.cpu.nice{dc=lga,host=web02} 1346846400000 long 9");
  }

  /** Its values are texts, and each data point ends with a line feed. */
  @Test
  void whatTelegrafSendsIsRead() {
    reading.read(
        """
        [{"metric":"mem_used","timestamp":1700000000,"value":"4145426432","tags":{"host":"a"}}
        ,{"metric":"load_1","timestamp":1700000000,"value":"0.430000","tags":{"host":"a"}}
        ]""");
    assertThat(reading.points())
        .containsExactly(
            "mem_used{host=a} 1700000000000 long 4145426432",
            "load_1{host=a} 1700000000000 double 0.43");
  }

  /** It names the type of each message, and others are no data points of the series. */
  @Test
  void theMessagesOfOpenTsdbsOwnConsumerAreRead() {
    String message =
        "{%s\"metric\":\"sys.cpu.user\",\"tags\":{\"host\":\"web01\"},"
            + "\"timestamp\":1492641000,\"value\":42}";
    assertThat(reading.read(message.formatted("\"type\":\"Metric\",\"requeueTS\":1,")).points())
        .containsExactly("sys.cpu.user{host=web01} 1492641000000 long 42");
    for (String derived :
        List.of(
            "\"type\":\"Aggregate\",",
            "\"type\":\"Histogram\",",
            "\"interval\":\"1m\",",
            "\"aggregator\":\"SUM\",",
            "\"groupByAggregator\":\"SUM\",")) {
      assertThat(reading.read(message.formatted(derived)).points()).isEmpty();
      assertThat(reading.reasons())
          .containsExactly(
              "metric[0](name=sys.cpu.user) is a rollup, a pre-aggregate or a histogram; data"
                  + " points are read.");
    }
  }

  @Test
  void aRecordIsOneDataPointOrSeveralOneAfterTheOther() {
    assertThat(reading.read(GOOD).points()).containsExactly(GOOD_POINT);
    assertThat(reading.read(GOOD + "\n" + GOOD + "\n").points())
        .containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.read("[" + GOOD + "]\n[" + GOOD + "," + GOOD + "]").points()).hasSize(3);
    assertThat(reading.reasons()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1                    | long 1",
        "-1                   | long -1",
        "9223372036854775807  | long 9223372036854775807",
        "9223372036854775808  | double 9.223372036854776E18",
        "1.0                  | double 1.0",
        "1e3                  | double 1000.0",
        "-0.25                | double -0.25",
        "123456789.123456789  | double 1.2345678912345679E8",
        "\"1\"                | long 1",
        "\"+1\"               | long 1",
        "\"1.50\"             | double 1.5",
        "\"1e-3\"             | double 0.001",
        "\"9223372036854775808\" | double 9.223372036854776E18",
      })
  void aWholeNumberIsALongAndAnyOtherADouble(String value, String stored) {
    assertThat(reading.read(point("m", "1700000000", value)).points())
        .containsExactly("m{h=a} 1700000000000 " + stored);
    assertThat(reading.reasons()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1                    | 1000",
        "4294967295           | 4294967295000",
        "4294967296           | 4294967296",
        "1700000000123        | 1700000000123",
        "9999999999999        | 9999999999999",
        "\"1700000000\"       | 1700000000000",
        "1.7e9                | 1700000000000",
        "1700000000.0         | 1700000000000",
      })
  void aTimeOfMoreThan32BitsIsInMilliseconds(String timestamp, long millis) {
    assertThat(reading.read(point("m", timestamp, "1")).points())
        .containsExactly("m{h=a} " + millis + " long 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"timestamp\":1,\"value\":1`                     | NAME      | .metric is missing.",
        "`\"metric\":null,\"timestamp\":1,\"value\":1`     | NAME      | .metric is missing.",
        "`\"metric\":\"\",\"timestamp\":1,\"value\":1`     | NAME      | .metric is empty.",
        "`\"metric\":7,\"timestamp\":1,\"value\":1`        | NAME      | .metric is not a text.",
        "`\"metric\":{},\"timestamp\":1,\"value\":1`       | NAME      | .metric is not a text.",
        "`\"metric\":\"m\",\"value\":1`                    | TIMESTAMP | (name=m).timestamp is missing.",
        "`\"metric\":\"m\",\"timestamp\":null,\"value\":1` | TIMESTAMP | (name=m).timestamp is missing.",
        "`\"metric\":\"m\",\"timestamp\":0,\"value\":1`    | TIMESTAMP | (name=m).timestamp is out of range.",
        "`\"metric\":\"m\",\"timestamp\":-1,\"value\":1`   | TIMESTAMP | (name=m).timestamp is out of range.",
        "`\"metric\":\"m\",\"timestamp\":10000000000000,\"value\":1` | TIMESTAMP | (name=m).timestamp is out of range.",
        "`\"metric\":\"m\",\"timestamp\":1e300,\"value\":1` | TIMESTAMP | (name=m).timestamp is not a whole number.",
        "`\"metric\":\"m\",\"timestamp\":1.5,\"value\":1`  | TIMESTAMP | (name=m).timestamp is not a whole number.",
        "`\"metric\":\"m\",\"timestamp\":NaN,\"value\":1`  | TIMESTAMP | (name=m).timestamp is not a whole number.",
        "`\"metric\":\"m\",\"timestamp\":\"now\",\"value\":1` | TIMESTAMP | (name=m).timestamp is not a whole number.",
        "`\"metric\":\"m\",\"timestamp\":[1],\"value\":1`  | TIMESTAMP | (name=m).timestamp is not a whole number.",
        "`\"metric\":\"m\",\"timestamp\":true,\"value\":1` | TIMESTAMP | (name=m).timestamp is not a whole number.",
        "`\"metric\":\"m\",\"timestamp\":1`                | VALUE     | (name=m).value is missing.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":null` | VALUE     | (name=m).value is missing.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":\"\"` | VALUE     | (name=m).value is not a finite number.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":\"x\"` | VALUE    | (name=m).value is not a finite number.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":\"1d\"` | VALUE   | (name=m).value is not a finite number.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":\"NaN\"` | VALUE  | (name=m).value is not a finite number.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":NaN`  | VALUE     | (name=m).value is not a finite number.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":-Infinity` | VALUE | (name=m).value is not a finite number.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":1e999` | VALUE    | (name=m).value is not a finite number.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":true` | VALUE     | (name=m).value is not a finite number.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":[1]`  | VALUE     | (name=m).value is not a finite number.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":1,\"tags\":[]` | TAGS | (name=m).tags is not an object of texts.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":1,\"tags\":{\"a\":{}}` | TAGS | (name=m).tag[a].value is an object or an array.",
        "`\"metric\":\"m\",\"timestamp\":1,\"value\":1,\"tags\":{\"\":\"a\"}` | TAGS | (name=m).tag[0].name may not be empty.",
      })
  void aBadDataPointCostsThatDataPoint(String fields, Rule rule, String reason) {
    reading.read("[" + GOOD + ",{" + fields + "}," + GOOD + "]");
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons()).containsExactly("metric[1]" + reason);
    assertThat(reading.rules()).containsExactly(rule);
  }

  @Test
  void whatIsNoObjectCostsItself() {
    reading.read("[1,null,[" + GOOD + "],\"x\"," + GOOD + "]");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly(
            "metric[0] is not an object.",
            "metric[1] is not an object.",
            "metric[2] is not an object.",
            "metric[3] is not an object.");
    for (String none : List.of("1", "null", "\"x\"", "true")) {
      assertThat(reading.read(none).reasons())
          .containsExactly("The JSON is neither a metric object nor an array of metric objects.");
    }
    for (String blank : List.of("", "  ", "\n")) {
      assertThat(reading.read(blank).reasons()).containsExactly("The JSON is empty.");
    }
    assertThat(reading.read("[]").reasons()).isEmpty();
    assertThat(reading.points()).isEmpty();
  }

  @Test
  void whatStandsBeforeASyntaxErrorIsKept() {
    reading.read("[" + GOOD + "," + GOOD + ",{\"metric\":}]");
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons())
        .singleElement()
        .asString()
        .startsWith("Invalid JSON at line 1, column ");
    assertThat(reading.rules()).containsExactly(Rule.JSON);
  }

  /** So that the answer to a request can count the data points that failed. */
  @Test
  void aDataPointHasOneReasonHoweverManyOfItsTagsAreBad() {
    FormatReading strict =
        FormatReading.with("opentsdb_json", Map.of("validation.rules", "strict"));
    String bad =
        "{\"metric\":\"m\",\"timestamp\":1,\"value\":1,\"tags\":{\"a b\":\"c\",\"d e\":\"f\"}}";
    strict.read("[" + bad + "," + GOOD + "," + bad + "]");
    assertThat(strict.points()).containsExactly(GOOD_POINT);
    assertThat(strict.reasons()).hasSize(2);
    assertThat(strict.reasons().get(0)).contains("tag[a b]", "tag[d e]");
    assertThat(strict.reasons().get(1)).startsWith("metric[2](name=m)");
  }

  @Test
  void tagsThatSayNothingAreLeftOut() {
    String tags = "{\"metric\":\"m\",\"timestamp\":1,\"value\":1,\"tags\":%s}";
    assertThat(
            reading
                .read(tags.formatted("{\"a\":\"\",\"b\":null,\"c\":1.50,\"d\":true,\"e\":\"f\"}"))
                .points())
        .containsExactly("m{c=1.50,d=true,e=f} 1000 long 1");
    for (String none : List.of("{}", "null", "{\"a\":\"\"}")) {
      assertThat(reading.read(tags.formatted(none)).points())
          .containsExactly("m{source=unknown} 1000 long 1");
    }
    assertThat(reading.read("{\"metric\":\"m\",\"timestamp\":1,\"value\":1}").points())
        .containsExactly("m{source=unknown} 1000 long 1");
  }

  @Test
  void fieldsInAnyOrderAndOthersAmongThemAreNoMatter() {
    reading.read(
        "{\"tags\":{\"h\":\"a\"},\"x\":[{\"value\":2}],\"value\":1,\"timestamp\":1700000000,"
            + "\"y\":{\"metric\":\"n\"},\"metric\":\"m\"}");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons()).isEmpty();
  }

  @Test
  void noObjectInheritsFromTheOneBefore() {
    reading.read("[" + GOOD + ",{}," + GOOD + ",{\"metric\":\"n\",\"timestamp\":1,\"value\":2}]");
    assertThat(reading.points())
        .containsExactly(GOOD_POINT, GOOD_POINT, "n{source=unknown} 1000 long 2");
    assertThat(reading.reasons()).containsExactly("metric[1].metric is missing.");
  }

  @Test
  void aReasonHasNoValue() {
    reading.read(
        "[{\"metric\":\"m\",\"timestamp\":1,\"value\":\"secret\"},"
            + "{\"metric\":\"m\",\"timestamp\":\"secret\",\"value\":1},"
            + "{\"metric\":\"m\",\"timestamp\":1,\"value\":1,\"tags\":\"secret\"},secret]");
    assertThat(reading.reasons()).hasSize(4).noneMatch(reason -> reason.contains("secret"));
  }

  @Test
  void anyBytesMakePointsAndReasonsAndNothingElse() {
    reading.surviveDamageOf(
        ("[" + GOOD + ",\n" + point("n\\u00e9", "1700000000123", "\"1.5e3\"") + "] " + GOOD)
            .getBytes(UTF_8));
    assertThat(reading.read(GOOD).points()).containsExactly(GOOD_POINT);
  }

  @Test
  void noRecordTakesMoreThanItsLength() {
    List<String> hostile =
        List.of(
            "[",
            "{\"tags\":",
            "{\"a\":",
            "{\"metric\":\"m\",\"timestamp\":1,\"value\":1,\"tags\":{"
                + "\"\":\"b\",".repeat(9_999),
            "{\"metric\":\"m\",\"timestamp\":1,\"value\":" + "9".repeat(999) + "},",
            "[],");
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (String part : hostile) {
            reading.read(part.repeat(2_000_000 / part.length()));
            reading.read("[" + part.repeat(2_000_000 / part.length()));
          }
        });
  }

  @Test
  void aRecordMayHaveManyDataPoints() {
    String body =
        IntStream.range(1, 5_001)
            .mapToObj(i -> point("m" + i % 7, String.valueOf(i), String.valueOf(i)))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(reading.read(body).points()).hasSize(5_000).contains("m1{h=a} 8000 long 8");
  }
}
