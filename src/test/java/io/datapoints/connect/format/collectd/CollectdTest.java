package io.datapoints.connect.format.collectd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.FormatReading;
import io.datapoints.connect.model.Rule;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What value lists of collectd become, and what becomes of bad ones. */
class CollectdTest {

  private static final String GOOD = list("[1.5]", "[\"value\"]");
  private static final String GOOD_POINT = "p.t{host=h} 1700000000125 double 1.5";

  private final FormatReading reading = FormatReading.of("collectd_json");

  private static String list(String values, String names) {
    return ("{\"values\":%s,\"dstypes\":[\"gauge\"],\"dsnames\":%s,\"time\":1700000000.125,"
            + "\"interval\":10.000,\"host\":\"h\",\"plugin\":\"p\",\"plugin_instance\":\"\","
            + "\"type\":\"t\",\"type_instance\":\"\"}")
        .formatted(values, names);
  }

  /** As write_kafka and write_http write it, meta data included. */
  @Test
  void eachValueOfAListIsAPoint() {
    reading.read(
        """
        [{"values":[197141504,175136768],"dstypes":["counter","counter"],\
        "dsnames":["read","write"],"time":1251533299.265,"interval":10.000,\
        "host":"web01.example.com","plugin":"disk","plugin_instance":"sda",\
        "type":"disk_octets","type_instance":"","meta":{"network:received":true}},\
        {"values":[98.5],"dstypes":["gauge"],"dsnames":["value"],"time":1251533299.000,\
        "interval":10.000,"host":"web01.example.com","plugin":"cpu","plugin_instance":"0",\
        "type":"cpu","type_instance":"idle"}]\
        """);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            "disk.disk_octets.read{host=web01.example.com,plugin_instance=sda} 1251533299265"
                + " double 1.97141504E8",
            "disk.disk_octets.write{host=web01.example.com,plugin_instance=sda} 1251533299265"
                + " double 1.75136768E8",
            "cpu.cpu{host=web01.example.com,plugin_instance=0,type_instance=idle} 1251533299000"
                + " double 98.5");
  }

  @Test
  void oneListOrSeveralOneAfterTheOtherAreRead() {
    assertThat(reading.read(GOOD).points()).containsExactly(GOOD_POINT);
    assertThat(reading.read("[" + GOOD + "]\n[" + GOOD + "]").points())
        .containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.read("[]").reasons()).isEmpty();
  }

  /** A rate of 5.0 is written as 5, whatever the type of its source. */
  @ParameterizedTest
  @CsvSource({
    "5, double 5.0",
    "0.1, double 0.1",
    "1e+20, double 1.0E20",
    "-3, double -3.0",
    "9007199254740993, long 9007199254740993",
    "18446744073709551615, double 1.8446744073709552E19",
  })
  void aNumberIsADoubleAsFarAsThatLosesNothing(String value, String stored) {
    assertThat(reading.read(list("[" + value + "]", "[\"value\"]")).points())
        .containsExactly("p.t{host=h} 1700000000125 " + stored);
  }

  /** The first rate of a counter, or a gauge that is NaN. */
  @Test
  void aNullIsNoValue() {
    reading.read("[" + list("[null,2]", "[\"rx\",\"tx\"]") + "," + list("[]", "[]") + "]");
    assertThat(reading.points()).containsExactly("p.t.tx{host=h} 1700000000125 double 2.0");
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.skipped()).isEqualTo(1);
  }

  /** As write_http sends it with Notifications, in the form of an alert, and older ones. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'labels':{'alertname':'collectd_cpu','instance':'h','severity':'FAILURE'},"
            + "'annotations':{'summary':'x'},'startsAt':'2023-11-14T22:13:20.000Z'}",
        "{'severity':'WARNING','message':'x','time':1700000000.125,'host':'h','plugin':'p'}",
      })
  void aNotificationIsNoMetric(String notification) {
    reading.read("[" + notification.replace("'", "\"") + "," + GOOD + "]");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.skipped()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"plugin\":\"p\"   | \"plugin\":\"\"        | NAME      | (name=.t).plugin is no text, or empty.",
        "\"plugin\":\"p\",  |                        | NAME      | .plugin is no text, or empty.",
        "\"type\":\"t\"     | \"type\":7             | NAME      | .type is no text, or empty.",
        "\"host\":\"h\"     | \"host\":[1]           | TAGS      | (name=p.t).host is not a text.",
        "\"host\":\"h\"     | \"host\":1             | TAGS      | (name=p.t).host is not a text.",
        "\"time\"           | \"tome\"               | TIMESTAMP | (name=p.t).time is missing.",
        "1700000000.125     | \"now\"                | TIMESTAMP | (name=p.t).time is not a number of seconds, or out of range.",
        "1700000000.125     | NaN                    | TIMESTAMP | (name=p.t).time is not a number of seconds, or out of range.",
        "1700000000.125     | 1e300                  | TIMESTAMP | (name=p.t).time is not a number of seconds, or out of range.",
        "1700000000.125     | 9223372036854775807    | TIMESTAMP | (name=p.t).time is not a number of seconds, or out of range.",
        "\"values\"         | \"v\"                  | SHAPE     | (name=p.t).values is missing.",
        "\"dsnames\"        | \"d\"                  | SHAPE     | (name=p.t).dsnames is missing.",
        "[1.5]              | 1.5                    | SHAPE     | (name=p.t).values is not an array.",
        "[1.5]              | {}                     | SHAPE     | (name=p.t).values is not an array.",
        "[1.5]              | [1.5,2]                | SHAPE     | (name=p.t).values has another length than .dsnames.",
        "[1.5]              | []                     | SHAPE     | (name=p.t).values has another length than .dsnames.",
        "[1.5]              | [\"1\"]                | VALUE     | .values[0] is not a number.",
        "[1.5]              | [true]                 | VALUE     | .values[0] is not a number.",
        "[1.5]              | [[1]]                  | VALUE     | .values[0] is not a number.",
        "[1.5]              | [NaN]                  | VALUE     | (name=p.t).datapoints[0].value is not a finite number.",
        "[1.5]              | [1e999]                | VALUE     | (name=p.t).datapoints[0].value is not a finite number.",
        "[\"value\"]        | [null]                 | NAME      | .dsnames[0] is not a text.",
      })
  void aBadListCostsThatList(String good, String bad, Rule rule, String reason) {
    reading.read("[" + GOOD + "," + GOOD.replace(good, bad == null ? "" : bad) + "," + GOOD + "]");
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons()).containsExactly("metric[1]" + reason);
    assertThat(reading.rules()).containsExactly(rule);
  }

  @Test
  void aBadValueCostsThatValue() {
    reading.read(list("[1,\"x\",3]", "[\"a\",\"b\",\"c\"]"));
    assertThat(reading.points())
        .containsExactly(
            "p.t.a{host=h} 1700000000125 double 1.0", "p.t.c{host=h} 1700000000125 double 3.0");
    assertThat(reading.reasons()).containsExactly("metric[0].values[1] is not a number.");
  }

  @Test
  void noListInheritsFromTheOneBefore() {
    reading.read("[" + GOOD + ",{},{\"values\":[1],\"dsnames\":[\"value\"],\"time\":1}]");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly(
            "metric[1].plugin is no text, or empty.", "metric[2].plugin is no text, or empty.");
    assertThat(
            reading
                .read(
                    "{\"values\":[1],\"dsnames\":[\"value\"],\"time\":1,\"plugin\":\"p\","
                        + "\"type\":\"t\"}")
                .points())
        .containsExactly("p.t{source=unknown} 1000 double 1.0");
  }

  /** That of collectd 6, which no released version writes. */
  @Test
  void familiesOfMetricsAreNoValueLists() {
    reading.read("[{\"name\":\"a\",\"type\":\"GAUGE\",\"metrics\":[{\"value\":\"1\"}]}]");
    assertThat(reading.reasons()).containsExactly("metric[0].plugin is no text, or empty.");
  }

  @Test
  void anyBytesMakePointsAndReasonsAndNothingElse() {
    reading.surviveDamageOf(
        ("[" + list("[1,null,-1.5e3]", "[\"a\",\"b\\u00e9\",\"c\"]") + "," + GOOD + "]")
            .getBytes(UTF_8));
    assertThat(reading.read(GOOD).points()).containsExactly(GOOD_POINT);
  }

  /** Each of its points has all tags: without a bound they would take gigabytes. */
  @Test
  void aLongHostAndManyValuesDoNotMultiply() {
    String values = IntStream.range(0, 60_000).mapToObj(i -> "1").collect(Collectors.joining(","));
    String hostile =
        list("[" + values + "]", "[" + values.replace("1", "\"\"") + "]")
            .replace("\"h\"", "\"" + "h".repeat(30_000) + "\"");
    reading.read("[" + hostile + "," + GOOD + "]");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly(
            "metric[0](name=p.t) has a name and tags that are too long for its 60000 points.");
  }

  @Test
  void noRecordTakesMoreThanItsLength() {
    List<String> hostile =
        List.of(
            "[", "{\"values\":[", "{\"values\":[1,2],\"dsnames\":[],", "[{},", "{\"time\":1e9,");
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
