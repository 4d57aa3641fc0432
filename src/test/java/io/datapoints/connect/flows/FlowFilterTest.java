package io.datapoints.connect.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.CassandraSinkConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of a topic that are no flows are left out, and are no bad ones. */
class FlowFilterTest {

  private static final String FLOW =
      "{%s,\"source_ip\":\"192.0.2.1\",\"dest_ip\":\"192.0.2.2\",\"source_port\":1,"
          + "\"dest_port\":2,\"protocol\":\"udp\",\"timestamp\":3,\"value\":4}";
  private static final String STORED = "udp 192.0.2.1 1 > 192.0.2.2 2 @ 3 = 4.0";

  private static FlowReading filtering(String filter) {
    return FlowReading.with(Map.of("flows.filter", filter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event_type=flow                  | \"event_type\":\"flow\"",
        "event_type = flow                | \"event_type\":\"flow\"",
        "event_type in (flow, netflow)    | \"event_type\":\"netflow\"",
        "event_type != dns                | \"event_type\":\"flow\"",
        "event_type != dns                | \"x\":0",
        "status not in (NODATA, SKIPDATA) | \"status\":\"OK\"",
        "status not in (NODATA, SKIPDATA) | \"status\":null",
        "version=2                        | \"version\":2",
        "final=true                       | \"final\":true",
        "a.b=c                            | \"a\":{\"b\":\"c\"}",
        "a.b=c                            | \"a.b\":\"c\"",
        "@type=ipfix.entry                | \"@type\":\"ipfix.entry\"",
        "kind='a b''s'                    | \"kind\":\"a b's\"",
        "a=1 and b=2                      | \"a\":1,\"b\":2",
        "a=1 or b=2                       | \"a\":1,\"b\":3",
        "a=9 and b=9 or b=3               | \"a\":1,\"b\":3",
        "state                            | \"state\":\"\"",
        "source_ip                        | \"x\":0",
        "''                               | \"x\":0",
        "kind != ''                       | \"kind\":\"x\"",
        "kind in (a, '')                  | \"kind\":\"\"",
      })
  void storesARecordOfTheKind(String filter, String fields) {
    FlowReading reading = filtering(filter).of(FLOW.formatted(fields));
    assertThat(reading.described()).containsExactly(STORED);
    assertThat(reading.skipped).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event_type=flow                  | \"event_type\":\"dns\"",
        "event_type=flow                  | \"event_type\":\"FLOW\"",
        "event_type=flow                  | \"event_type\":null",
        "event_type=flow                  | \"event_type\":[\"flow\"]",
        "event_type=flow                  | \"event_type\":{\"flow\":1}",
        "event_type=flow                  | \"x\":0",
        "event_type in (flow, netflow)    | \"event_type\":\"flows\"",
        "event_type != dns                | \"event_type\":\"dns\"",
        "status not in (NODATA, SKIPDATA) | \"status\":\"NODATA\"",
        "version=2                        | \"version\":2.5",
        "a.b=c                            | \"a\":\"c\"",
        "a.b                              | \"a\":\"c\"",
        "kind not in (a, '')              | \"kind\":\"\"",
        "kind = ''                        | \"kind\":{}",
        "state                            | \"state\":null",
        "a=1 and b=2                      | \"a\":1",
        "a=1 or b=2                       | \"a\":2,\"b\":1",
        "a=1 and b=1 or b=2 and c         | \"a\":1,\"b\":2",
      })
  void skipsAnyOther(String filter, String fields) {
    FlowReading reading = filtering(filter).of(FLOW.formatted(fields));
    assertThat(reading.flows).isEmpty();
    assertThat(reading.reasons).isEmpty();
    assertThat(reading.skipped).isOne();
  }

  @Test
  void aSkippedRecordNeedsNoFieldOfAFlow() {
    FlowReading reading = filtering("event_type=flow").of("{\"event_type\":\"stats\"}");
    assertThat(reading.reasons).isEmpty();
    assertThat(reading.skipped).isOne();
  }

  @Test
  void judgesEachElementAlone() {
    String flow = FLOW.formatted("\"event_type\":\"flow\"");
    FlowReading reading = filtering("event_type=flow");
    for (Object value :
        List.of(
            "[" + flow + ",{\"event_type\":\"dns\"},{\"event_type\":\"flow\"}," + flow + "]",
            flow + "\n{\"event_type\":\"dns\"}\n{\"event_type\":\"flow\"}\n" + flow)) {
      reading.of(value);
      assertThat(reading.described()).containsExactly(STORED, STORED);
      assertThat(reading.skipped).isOne();
      assertThat(reading.reasons).hasSize(7).allMatch(reason -> reason.startsWith("flow[2]."));
    }
  }

  @Test
  void readsMapsAlike() {
    FlowReading reading = filtering("event.type=flow");
    assertThat(reading.of(Map.of("event", Map.of("type", "dns"))).skipped).isOne();
    assertThat(reading.of(Map.of("event", Map.of("type", "flow"))).reasons).hasSize(7);
    assertThat(reading.of(Map.of("event", List.of("flow"))).skipped).isOne();
  }

  @Test
  void aBrokenRecordStaysABadOne() {
    assertThat(filtering("event_type=flow").of("{\"event_type\":\"dns\"").reasons).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=flow          | expected the path of a field before =",
        "a=             | expected a value at the end",
        "a in flow      | expected '(' and the values before flow",
        "a in (x        | expected ',' or ')' at the end",
        "a in ()        | expected a value before )",
        "a not b        | expected 'in' after 'not' before b",
        "a=1 b=2        | expected 'and' or 'or' before b",
        "a=1 and        | expected the path of a field at the end",
        "a..b=1         | must be field names separated by dots, none of them empty",
        "a='x           | has something at character 3 that is no condition",
      })
  void refusesWhatIsNoCondition(String filter, String problem) {
    assertThat(errors(Map.of("flows.filter", filter))).singleElement().asString().endsWith(problem);
  }

  @Test
  void boundsTheTests() {
    String many = "a=1" + " or a=1".repeat(32);
    assertThat(errors(Map.of("flows.filter", many)))
        .singleElement()
        .asString()
        .endsWith("must not have more than 32 tests");
  }

  private static List<String> errors(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>(settings);
    properties.put("layout", "flows");
    return CassandraSinkConfig.validate(properties).stream()
        .map(ConfigValue::errorMessages)
        .flatMap(List::stream)
        .toList();
  }
}
