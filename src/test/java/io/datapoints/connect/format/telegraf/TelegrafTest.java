package io.datapoints.connect.format.telegraf;

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

/** What Telegraf's JSON becomes, and what becomes of bad metrics and fields. */
class TelegrafTest {

  private static final String GOOD = metric("{\"f\":1.5}", "1700000000");
  private static final String GOOD_POINT = "m.f{h=a} 1700000000000 double 1.5";

  private final FormatReading reading = FormatReading.of("telegraf_json");

  private static String metric(String fields, String timestamp) {
    return "{\"fields\":%s,\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"timestamp\":%s}"
        .formatted(fields, timestamp);
  }

  /** One message of its Kafka output: an object and a line feed. */
  @Test
  void eachFieldOfAMetricIsAPoint() {
    reading.read(
        """
        {"fields":{"active":true,"field_1":30,"field_2":4.25,"note":"12"},"name":"docker",\
        "tags":{"host":"raynor"},"timestamp":1458229140}
        """);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            "docker.active{host=raynor} 1458229140000 string 'true'",
            "docker.field_1{host=raynor} 1458229140000 double 30.0",
            "docker.field_2{host=raynor} 1458229140000 double 4.25",
            "docker.note{host=raynor} 1458229140000 string '12'");
  }

  @Test
  void aBatchASeriesOfObjectsAndAnArrayAreRead() {
    for (String several :
        List.of(
            "{\"metrics\":[" + GOOD + "," + GOOD + "]}\n",
            GOOD + "\n" + GOOD + "\n",
            "[" + GOOD + "," + GOOD + "]",
            "{\"metrics\":[" + GOOD + "]}\n{\"metrics\":[" + GOOD + "]}",
            "[{\"metrics\":[" + GOOD + "]}," + GOOD + "]")) {
      assertThat(reading.read(several).points())
          .as(several)
          .containsExactly(GOOD_POINT, GOOD_POINT);
      assertThat(reading.reasons()).isEmpty();
    }
    assertThat(reading.read("{\"metrics\":[]}").reasons()).isEmpty();
  }

  @Test
  void aBatchWithinABatchIsNone() {
    reading.read("{\"metrics\":[{\"metrics\":[" + GOOD + "]}," + GOOD + "]}");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons()).containsExactly("metric[0].name is no text, or empty.");
  }

  /** Telegraf writes 1.0 as 1: the type of a field must not depend on that. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1                    | double 1.0",
        "1.5                  | double 1.5",
        "-7                   | double -7.0",
        "1e21                 | double 1.0E21",
        "9007199254740992     | double 9.007199254740992E15",
        "9007199254740993     | long 9007199254740993",
        "-9007199254740993    | long -9007199254740993",
        "1700000000123456789  | long 1700000000123456789",
        "18446744073709551615 | double 1.8446744073709552E19",
        "\"1\"                | string '1'",
        "\"\"                 | string ''",
        "true                 | string 'true'",
        "false                | string 'false'",
      })
  void aNumberIsADoubleAsFarAsThatLosesNothing(String value, String stored) {
    reading.read(metric("{\"f\":" + value + "}", "1700000000"));
    assertThat(reading.points()).containsExactly("m.f{h=a} 1700000000000 " + stored);
    assertThat(reading.reasons()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "s, 1700000000, 1700000000000",
    "1s, 1700000000, 1700000000000",
    "10s, 170000000, 1700000000000",
    "ms, 1700000000123, 1700000000123",
    "10ms, 170000000012, 1700000000120",
    "100us, 17000000001234, 1700000000123",
    "us, 1700000000123999, 1700000000123",
    "ns, 1700000000123999999, 1700000000123",
    "ns, -1, -1",
    "s, 1.7e9, 1700000000000",
  })
  void theTimeIsInTheUnitOfTheSetting(String unit, String time, long millis) {
    FormatReading set =
        FormatReading.with("telegraf_json", Map.of("telegraf.timestamp.unit", unit));
    assertThat(set.read(metric("{\"f\":1.5}", time)).points())
        .containsExactly("m.f{h=a} " + millis + " double 1.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                               | NAME      | .name is no text, or empty.",
        "{'name':'','fields':{'f':1},'timestamp':1}       | NAME      | .name is no text, or empty.",
        "{'name':7,'fields':{'f':1},'timestamp':1}        | NAME      | .name is no text, or empty.",
        "{'name':'m','timestamp':1}                       | SHAPE     | (name=m).fields is missing.",
        "{'name':'m','fields':null,'timestamp':1}         | SHAPE     | (name=m).fields is not an object.",
        "{'name':'m','fields':[1],'timestamp':1}          | SHAPE     | (name=m).fields is not an object.",
        "{'name':'m','fields':{'f':1}}                    | TIMESTAMP | (name=m).timestamp is missing.",
        "{'name':'m','fields':{'f':1},'timestamp':1.5}    | TIMESTAMP | (name=m).timestamp is not a whole number.",
        "{'name':'m','fields':{'f':1},'timestamp':true}   | TIMESTAMP | (name=m).timestamp is not a whole number.",
        "{'name':'m','fields':{'f':1},'timestamp':'2023-11-14T22:13:20Z'} | TIMESTAMP | (name=m).timestamp is a text; json_timestamp_format must not be set.",
        "{'name':'m','fields':{'f':1},'timestamp':9223372036854775807} | TIMESTAMP | (name=m).timestamp is out of range.",
        "{'name':'m','fields':{'f':1},'timestamp':1,'tags':[]} | TAGS | (name=m).tags is not an object of texts.",
        "{'name':'m','fields':{'f':1},'timestamp':1,'tags':{'a':['b']}} | TAGS | (name=m).tag[a].value is an object or an array.",
        "{'metrics':{'name':'m'}}                         | NAME      | .name is no text, or empty.",
      })
  void aBadMetricCostsThatMetric(String bad, Rule rule, String reason) {
    String json = bad.replace("'", "\"");
    reading.read("[" + GOOD + "," + json + "," + GOOD + "]");
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons()).containsExactly("metric[1]" + reason);
    assertThat(reading.rules()).containsExactly(rule);
  }

  /** What its nested fields and transformations make is no measurement. */
  @Test
  void aBadFieldCostsThatField() {
    reading.read(
        metric(
            "{\"a\":{\"x\":1},\"b\":[1],\"c\":null,\"d\":1e999,\"e\":NaN,\"f\":1.5}",
            "1700000000"));
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly(
            "metric[0](name=m.a) is an object or an array, not a value.",
            "metric[0](name=m.b) is an object or an array, not a value.",
            "metric[0](name=m.c) is null.",
            "metric[0](name=m.d).datapoints[0].value is not a finite number.",
            "metric[0](name=m.e).datapoints[0].value is not a finite number.");
  }

  @Test
  void aMetricWhoseFieldsWereAllNaNSaysNothing() {
    reading.read("[" + metric("{}", "1700000000") + "," + GOOD + "]");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.skipped()).isEqualTo(1);
  }

  @Test
  void namesAndBooleansAreAsTheSettingsSay() {
    FormatReading set =
        FormatReading.with(
            "telegraf_json",
            Map.of(
                "influx.separator", "_",
                "influx.plain.value", "true",
                "influx.booleans", "number",
                "record.default.tag", "from=telegraf"));
    assertThat(
            set.read(
                    "{\"name\":\"m\",\"timestamp\":0,"
                        + "\"fields\":{\"value\":1,\"up\":true,\"down\":false}}")
                .points())
        .containsExactly(
            "m{from=telegraf} 0 double 1.0",
            "m_up{from=telegraf} 0 long 1",
            "m_down{from=telegraf} 0 long 0");
  }

  @Test
  void noMetricInheritsFromTheOneBefore() {
    reading.read(GOOD + "{\"name\":\"n\",\"timestamp\":1,\"fields\":{\"g\":2}}{\"name\":\"o\"}");
    assertThat(reading.points()).containsExactly(GOOD_POINT, "n.g{source=unknown} 1000 double 2.0");
    assertThat(reading.reasons()).containsExactly("metric[2](name=o).fields is missing.");
  }

  @Test
  void aReasonHasNoValue() {
    reading.read(
        "[{\"name\":\"m\",\"fields\":\"secret\",\"timestamp\":1},"
            + "{\"name\":\"m\",\"fields\":{\"f\":[\"secret\"]},\"timestamp\":1},"
            + "{\"name\":\"m\",\"fields\":{\"f\":1},\"timestamp\":\"secret\"},secret]");
    assertThat(reading.reasons()).hasSize(4).noneMatch(reason -> reason.contains("secret"));
  }

  @Test
  void anyBytesMakePointsAndReasonsAndNothingElse() {
    reading.surviveDamageOf(
        ("{\"metrics\":["
                + metric("{\"a\":1,\"b\":\"x\\u00e9\",\"c\":true,\"d\":-1.5e3}", "1700000000")
                + ","
                + GOOD
                + "]}\n"
                + GOOD)
            .getBytes(UTF_8));
    assertThat(reading.read(GOOD).points()).containsExactly(GOOD_POINT);
  }

  @Test
  void noRecordTakesMoreThanItsLength() {
    List<String> hostile =
        List.of(
            "[",
            "{\"metrics\":[",
            "{\"fields\":{\"a\":",
            "{\"fields\":{\"a\":1,\"a\":2},\"fields\":{},",
            "{\"name\":\"m\",\"timestamp\":1,\"fields\":{\"\":\"b\"},\"tags\":{},");
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (String part : hostile) {
            reading.read(part.repeat(1_000_000 / part.length()));
            reading.read("[" + part.repeat(1_000_000 / part.length()));
          }
        });
  }

  /** Each of its points has all tags: without a bound they would take gigabytes. */
  @Test
  void longTagsAndManyFieldsDoNotMultiply() {
    String fields = "{" + "\"f\":1,".repeat(60_000) + "\"g\":1}";
    String tag = "a".repeat(30_000);
    String hostile =
        "{\"fields\":%s,\"name\":\"m\",\"tags\":{\"h\":\"%s\"},\"timestamp\":1}"
            .formatted(fields, tag);
    reading.read("[" + hostile + "," + GOOD + "]");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly(
            "metric[0](name=m) has a name and tags that are too long for its 60001 points.");
  }

  @Test
  void aRecordMayHaveManyMetrics() {
    String batch =
        IntStream.range(0, 5_000)
            .mapToObj(i -> metric("{\"f\":" + i + "}", String.valueOf(i)))
            .collect(Collectors.joining(",", "{\"metrics\":[", "]}"));
    assertThat(reading.read(batch).points())
        .hasSize(5_000)
        .contains("m.f{h=a} 4999000 double 4999.0");
  }
}
