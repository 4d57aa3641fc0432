package io.datapoints.connect.format.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.FormatReading;
import io.datapoints.connect.model.Rule;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that JSON may have, and what becomes of bad ones; what points become is the same. */
class OtlpJsonTest {

  private static final String GOOD =
      "{'timeUnixNano':'1700000000123456789','asInt':'7',"
          + "'attributes':[{'key':'h','value':{'stringValue':'a'}}]}";
  private static final String GOOD_POINT = "m{h=a} 1700000000123 long 7";

  private final FormatReading reading = FormatReading.of("otlp_json");

  private FormatReading read(String json) {
    return reading.read(json.replace('\'', '"'));
  }

  private static String resources(String... resources) {
    return "{'resourceMetrics':[" + String.join(",", resources) + "]}";
  }

  private static String metrics(String... metrics) {
    return resources("{'scopeMetrics':[{'metrics':[" + String.join(",", metrics) + "]}]}");
  }

  private static String gauge(String... points) {
    return "{'name':'m','gauge':{'dataPoints':[" + String.join(",", points) + "]}}";
  }

  /** A point with this field, and a tag. */
  private static String with(String field) {
    return "{'timeUnixNano':'1000000'," + field + "," + GOOD.substring(GOOD.indexOf("'attr"));
  }

  @Test
  void whatTheCollectorWritesIsRead() {
    read(
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":
        {"stringValue":"shop"}}]},"scopeMetrics":[{"scope":{"name":"s","version":"1"},"metrics":[
        {"name":"m","description":"d","unit":"1","sum":{"dataPoints":[{"attributes":[{"key":"h",
        "value":{"stringValue":"a"}}],"startTimeUnixNano":"1700000000000000000",
        "timeUnixNano":"1700000000123456789","asDouble":1.5,"exemplars":[{"traceId":"5b8e"}]}],
        "aggregationTemporality":2,"isMonotonic":true}}]}],
        "schemaUrl":"https://example.com/schema"}]}
        """);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly("m{h=a,service.name=shop} 1700000000123 double 1.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'asInt':'7'                     | long 7",
        "'asInt':7                       | long 7",
        "'asInt':-9223372036854775808    | long -9223372036854775808",
        "'asInt':'9223372036854775807'   | long 9223372036854775807",
        "'asInt':7.0                     | long 7",
        "'asInt':1e3                     | long 1000",
        "'as_int':'7'                    | long 7",
        "'asDouble':7                    | double 7.0",
        "'asDouble':7.25                 | double 7.25",
        "'asDouble':-7e-3                | double -0.007",
        "'asDouble':'7.25'               | double 7.25",
        "'as_double':7                   | double 7.0",
        "'asInt':null,'asDouble':1       | double 1.0",
        "'asDouble':1,'asInt':2          | long 2",
        "'flags':0,'asInt':7             | long 7",
        "'flags':'2','asInt':7           | long 7",
        "'other':{'a':[1]},'asInt':7     | long 7",
      })
  void aNumberMayBeWrittenInSeveralWays(String field, String value) {
    assertThat(read(metrics(gauge(with(field)))).reasons()).isEmpty();
    assertThat(reading.points()).containsExactly("m{h=a} 1 " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'NaN'", "'Infinity'", "'-Infinity'", "NaN", "1e999"})
  void whatIsNotFiniteCostsItsPoint(String number) {
    read(metrics(gauge(with("'asDouble':" + number), GOOD)));
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly("metric[0](name=m).datapoints[0].value is not a finite number.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'asInt':'x'                       | .asInt is not a 64-bit number",
        "'asInt':''                        | .asInt is not a 64-bit number",
        "'asInt':1.5                       | .asInt is not a 64-bit number",
        "'asInt':9223372036854775808       | .asInt is not a 64-bit number",
        "'asInt':1e300                     | .asInt is not a 64-bit number",
        "'asInt':true                      | .asInt is not a 64-bit number",
        "'asInt':[1]                       | .asInt is not a 64-bit number",
        "'asInt':{'a':{}}                  | .asInt is not a 64-bit number",
        "'asDouble':'0x1p3'                | .asDouble is not a number",
        "'asDouble':'1d'                   | .asDouble is not a number",
        "'asDouble':'--1'                  | .asDouble is not a number",
        "'asDouble':[]                     | .asDouble is not a number",
        "'timeUnixNano':-1                 | .timeUnixNano is not a 64-bit number",
        "'timeUnixNano':-1.0               | .timeUnixNano is not a 64-bit number",
        "'timeUnixNano':18446744073709551616 | .timeUnixNano is not a 64-bit number",
        "'attributes':{}                   | .attributes is not an array of objects",
        "'attributes':[1]                  | .attributes is not an array of objects",
        "'attributes':[null]               | .attributes is not an array of objects",
        "'attributes':[{'key':1}]          | .key is not a text",
        "'attributes':[{'key':'k','value':'v'}] | .value is not an object",
        "'attributes':[{'key':'k','value':{'stringValue':1}}] | .stringValue is not a text",
        "'attributes':[{'key':'k','value':{'boolValue':'x'}}] | .boolValue is not a boolean",
        "'attributes':[{'key':'k','value':{'bytesValue':'%'}}] | .bytesValue is not a text in base64",
        "'attributes':[{'key':'k','value':{'stringValue':'\\ud800'}}] | ` has an attribute that is not UTF-8`",
      })
  void aBadFieldCostsItsPoint(String field, String reason) {
    read(metrics(gauge(GOOD, with(field), GOOD), gauge(GOOD)));
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons())
        .singleElement()
        .asString()
        .startsWith("metric[0](name=m).datapoints[1]" + reason);
    assertThat(reading.rules()).containsOnly(Rule.SHAPE);
  }

  @Test
  void aBadPartCostsThatPart() {
    read(metrics(gauge(GOOD, "5", "null", "[{}]", GOOD)));
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly(
            "metric[0](name=m).datapoints[1] is not an object.",
            "metric[0](name=m).datapoints[2] is not an object.",
            "metric[0](name=m).datapoints[3] is not an object.");

    String bad = gauge(GOOD, "5").replace("'m'", "{}");
    read(metrics(gauge(GOOD), bad, "7", "{'name':'n','gauge':[]}", gauge(GOOD)));
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly(
            "metric[1].name is not a text.",
            "metric[2] is not an object.",
            "metric[3].gauge is not an object.");

    String scope = "{'metrics':[" + gauge(GOOD) + "]}";
    read(
        resources(
            "{'scopeMetrics':[" + scope + ",{'scope':1,'metrics':[" + bad + "]},3," + scope + "]}",
            "{'resource':[],'scopeMetrics':[" + scope + "]}",
            "4",
            "{'scopeMetrics':[" + scope + "]}"));
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly(
            "scope[1].scope is not an object.",
            "scope[2] is not an object.",
            "resource[1].resource is not an object.",
            "resource[2] is not an object.");
  }

  @Test
  void namesOfTheProtocolAreReadToo() {
    read(
        """
        {"resource_metrics":[{"scope_metrics":[{"metrics":[{"exponential_histogram":{"data_points":
        [{"bucket_counts":[9],"zero_count":1,"zero_threshold":0.5,"count":3,"time_unix_nano":1000000,
        "positive":{"bucket_counts":["2"],"offset":1}}]},"name":"m"}]}],
        "resource":{"attributes":[{"value":{"string_value":"x"},"key":"host.name"}]}}]}
        """);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.points())
        .containsExactly(
            "m_count{host.name=x} 1 long 3",
            "m_bucket{host.name=x,le=0.5} 1 long 1",
            "m_bucket{host.name=x,le=4} 1 long 3",
            "m_bucket{host.name=x,le=+Inf} 1 long 3");
  }

  @Test
  void severalObjectsOneAfterTheOtherAreRead() {
    read(metrics(gauge(GOOD)) + "\n" + metrics(gauge(GOOD), gauge("5")) + "\n");
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons())
        .containsExactly("metric[2](name=m).datapoints[0] is not an object.");
  }

  @Test
  void whatIsNoRequestIsRejected() {
    assertThat(read("").rules()).containsExactly(Rule.NO_VALUE);
    for (String other : List.of("5", "[]", "'x'", "[" + metrics(gauge(GOOD)) + "]")) {
      assertThat(read(other).rules()).as(other).containsExactly(Rule.SHAPE);
    }
    assertThat(read("{'resourceMetrics':5}").reasons())
        .containsExactly("resourceMetrics is not an array.");
    for (String nothing : List.of("{}", "{'resourceMetrics':null}", resources(), "{'a':[1]}")) {
      assertThat(read(nothing).reasons()).as(nothing).isEmpty();
      assertThat(reading.points()).isEmpty();
    }
    for (String damaged : List.of("{", "{'resourceMetrics':[{]}", "nonsense")) {
      assertThat(read(damaged).rules()).as(damaged).containsExactly(Rule.JSON);
    }
  }

  @Test
  void ofATruncatedRecordTheResourcesBeforeTheDamageAreStored() {
    String resource = "{'scopeMetrics':[{'metrics':[" + gauge(GOOD, GOOD) + "]}]}";
    String two = resources(resource, resource).replace('\'', '"');
    int first = two.indexOf(",{\"scope");
    for (int length = first; length < two.length() - 2; length++) {
      reading.read(two.substring(0, length));
      assertThat(reading.points()).startsWith(GOOD_POINT, GOOD_POINT);
      assertThat(reading.points().size() % 2).isZero();
      assertThat(reading.rules()).containsExactly(Rule.JSON);
    }
  }

  @Test
  void anyBytesMakePointsAndReasonsAndNothingElse() {
    byte[] record = JsonForm.anyOf(new RandomMessages(8).request(), 8);
    for (int length = 0; length < record.length; length++) {
      reading.read(Arrays.copyOf(record, length));
    }
    String good = metrics(gauge(GOOD, "5", GOOD), gauge(GOOD)).replace('\'', '"');
    reading.surviveDamageOf(good.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** A reader whose time or stack grew faster than the record would not come to an end. */
  @Test
  void noRecordTakesMoreThanItsLength() {
    Assertions.assertTimeout(
        Duration.ofMinutes(2),
        () -> {
          reading.count(metrics(gauge("0" + ",0".repeat(1_000_000))).replace('\'', '"'));
          assertThat(reading.rejected()).isEqualTo(1_000_001);
          reading.count(metrics("{}" + ",{}".repeat(500_000)).replace('\'', '"'));
          assertThat(reading.skipped()).isEqualTo(500_001);
          reading.count(resources("{}" + ",{}".repeat(500_000)).replace('\'', '"'));
          assertThat(reading.rejected()).isZero();
        });
    String array = "{'arrayValue':{'values':[";
    String deep = array.repeat(300) + "]}}".repeat(300);
    read(metrics(gauge(with("'attributes':[{'key':'k','value':" + deep + "}]"), GOOD)));
    assertThat(reading.points()).containsExactly(GOOD_POINT);
    assertThat(reading.reasons()).singleElement().asString().contains("more than 32 levels");
    read(metrics(gauge(with("'attributes':[{'key':'k','value':" + array.repeat(100_000)))));
    assertThat(reading.rules()).containsExactly(Rule.JSON);
  }

  @Test
  void aRecordMayHaveManyResources() {
    String resources =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    "{'resource':{'attributes':[{'key':'host.name','value':{'stringValue':'h"
                        + i
                        + "'}}]},'scopeMetrics':[{'metrics':["
                        + gauge(GOOD)
                        + "]}]}")
            .collect(Collectors.joining(","));
    assertThat(read(resources(resources)).points())
        .hasSize(300)
        .contains("m{h=a,host.name=h299} 1700000000123 long 7");
  }
}
