package io.datapoints.connect.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that collectors have in one of several places, or not at all. */
class FlowFieldsTest {

  /** As nProbe has them: both families in every record, the unused one unspecified. */
  private static final Map<String, String> BOTH_FAMILIES =
      Map.of(
          "flows.field.source_ip", "IPV4_SRC_ADDR, IPV6_SRC_ADDR",
          "flows.field.dest_ip", "IPV4_DST_ADDR, IPV6_DST_ADDR",
          "flows.field.source_port", "L4_SRC_PORT",
          "flows.field.dest_port", "L4_DST_PORT",
          "flows.field.protocol", "PROTOCOL",
          "flows.field.timestamp", "FLOW_START_MILLISECONDS, LAST_SWITCHED",
          "flows.field.value", "IN_BYTES, OUT_BYTES");

  private static String record(String addresses) {
    return "{"
        + addresses
        + ",\"L4_SRC_PORT\":1,\"L4_DST_PORT\":2,\"PROTOCOL\":6,"
        + "\"FLOW_START_MILLISECONDS\":5,\"IN_BYTES\":7}";
  }

  private static String addresses(String ipv4, String ipv6) {
    return record(
        ("\"IPV4_SRC_ADDR\":%1$s,\"IPV6_SRC_ADDR\":%2$s,\"IPV4_DST_ADDR\":%1$s,"
                + "\"IPV6_DST_ADDR\":%2$s")
            .formatted(ipv4, ipv6));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"192.0.2.1\"', '\"::\"',          192.0.2.1",
        "'\"0.0.0.0\"',   '\"2001:DB8::1\"', 2001:db8::1",
        "'\"\"',          '\"2001:db8::1\"', 2001:db8::1",
        "null,            '\"2001:db8::1\"', 2001:db8::1",
        "'\"192.0.2.1\"', null,              192.0.2.1",
        "'\"192.0.2.1\"', '\"\"',            192.0.2.1",
        "'\"192.0.2.1\"', '\"2001:db8::1\"', 192.0.2.1",
        "'\"0.0.0.0\"',   '\"::\"',          0.0.0.0",
        "null,            '\"::\"',          ::",
        "5,               '\"0.0.0.0\"',     0.0.0.0",
      })
  void theFirstAddressThatStandsForAHostCounts(String ipv4, String ipv6, String stored) {
    FlowReading reading = FlowReading.with(BOTH_FAMILIES);
    assertThat(reading.of(addresses(ipv4, ipv6)).reasons).isEmpty();
    assertThat(reading.described())
        .containsExactly("6 %1$s 1 > %1$s 2 @ 5 = 7.0".formatted(stored));
  }

  @Test
  void aFlowWithoutAnAddressNamesAllPlaces() {
    FlowReading reading = FlowReading.with(BOTH_FAMILIES);
    assertThat(reading.of(addresses("\"\"", "null")).reasons)
        .containsExactly(
            "IPV4_SRC_ADDR or IPV6_SRC_ADDR (source_ip) must be an IP address.",
            "IPV4_DST_ADDR or IPV6_DST_ADDR (dest_ip) must be an IP address.");
    assertThat(reading.of(record("\"IPV4_DST_ADDR\":\"192.0.2.1\"")).reasons)
        .singleElement()
        .asString()
        .startsWith("IPV4_SRC_ADDR or IPV6_SRC_ADDR (source_ip)");
  }

  @Test
  void ofOtherFieldsTheFirstThatIsThereCounts() {
    FlowReading reading = FlowReading.with(BOTH_FAMILIES);
    String later =
        addresses("\"192.0.2.1\"", "\"::\"")
            .replace("\"FLOW_START_MILLISECONDS\":5", "\"LAST_SWITCHED\":6")
            .replace("\"IN_BYTES\":7", "\"IN_BYTES\":null,\"OUT_BYTES\":0");
    assertThat(reading.of(later).reasons).isEmpty();
    assertThat(reading.described()).containsExactly("6 192.0.2.1 1 > 192.0.2.1 2 @ 6 = 0.0");
  }

  /** As the Protobuf messages of goflow2 have them. */
  @Test
  void ofTimesTheFirstThatIsNot0Counts() {
    FlowReading reading = FlowReading.with(Map.of("flows.field.timestamp", "start,received"));
    String flow =
        "{\"source_ip\":\"192.0.2.1\",\"dest_ip\":\"192.0.2.2\",\"source_port\":1,"
            + "\"dest_port\":2,\"protocol\":\"udp\",\"value\":4,%s}";
    for (String zero : List.of("0", "0.0", "\"0\"", "null")) {
      reading.of(flow.formatted("\"start\":" + zero + ",\"received\":7"));
      assertThat(reading.flows).extracting(Flow::timestamp).containsExactly(7L);
    }
    reading.of(flow.formatted("\"start\":5,\"received\":7"));
    assertThat(reading.flows).extracting(Flow::timestamp).containsExactly(5L);
    reading.of(flow.formatted("\"start\":0,\"received\":0"));
    assertThat(reading.flows).extracting(Flow::timestamp).containsExactly(0L);
    assertThat(reading.of(flow.formatted("\"start\":0")).reasons)
        .containsExactly("start or received (timestamp) is missing or null.");
  }

  @Test
  void anAddressMayBeBytes() {
    Schema schema =
        SchemaBuilder.struct()
            .field("source_ip", Schema.BYTES_SCHEMA)
            .field("dest_ip", Schema.BYTES_SCHEMA)
            .field("source_port", Schema.INT32_SCHEMA)
            .field("dest_port", Schema.INT32_SCHEMA)
            .field("protocol", Schema.INT32_SCHEMA)
            .field("timestamp", Schema.INT64_SCHEMA)
            .field("value", Schema.INT64_SCHEMA)
            .build();
    byte[] wide = new byte[16];
    wide[0] = 0x20;
    wide[1] = 0x01;
    wide[15] = 1;
    Struct flow =
        new Struct(schema)
            .put("source_ip", new byte[] {(byte) 192, 0, 2, 1})
            .put("dest_ip", ByteBuffer.wrap(wide))
            .put("source_port", 1)
            .put("dest_port", 2)
            .put("protocol", 6)
            .put("timestamp", 5L)
            .put("value", 7L);
    assertThat(FlowReading.plain().of(flow).described())
        .containsExactly("6 192.0.2.1 1 > 2001::1 2 @ 5 = 7.0");
    flow.put("dest_ip", new byte[5]);
    assertThat(FlowReading.plain().of(flow).reasons)
        .containsExactly("dest_ip must be an IP address.");
  }

  @Test
  void aFlowWithoutPortsHasTheDefaultWhereThereIsOne() {
    String icmp =
        "{\"source_ip\":\"192.0.2.1\",\"dest_ip\":\"192.0.2.2\",\"protocol\":\"ICMP\","
            + "\"source_port\":null,\"timestamp\":5,\"value\":7}";
    assertThat(FlowReading.plain().of(icmp).reasons).hasSize(2);

    FlowReading reading = FlowReading.with(Map.of("flows.port.default", "0"));
    assertThat(reading.of(icmp).reasons).isEmpty();
    assertThat(reading.described()).containsExactly("ICMP 192.0.2.1 0 > 192.0.2.2 0 @ 5 = 7.0");
    assertThat(reading.of(icmp.replace("null", "70000")).reasons).hasSize(1);
    assertThat(reading.of(icmp.replace("null", "443")).described())
        .containsExactly("ICMP 192.0.2.1 443 > 192.0.2.2 0 @ 5 = 7.0");
  }
}
