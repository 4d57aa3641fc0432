package io.datapoints.connect.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for each field of a flow. */
class FlowRulesTest {

  private final FlowReading reading = FlowReading.plain();

  /** A good flow but for one field, which is written so in JSON. */
  private static String with(String field, String json) {
    Map<String, String> fields =
        new HashMap<>(
            Map.of(
                "source_ip", "\"192.0.2.1\"",
                "dest_ip", "\"192.0.2.2\"",
                "source_port", "1",
                "dest_port", "2",
                "protocol", "\"tcp\"",
                "timestamp", "3",
                "value", "4"));
    fields.put(field, json);
    StringBuilder record = new StringBuilder();
    fields.forEach(
        (name, value) ->
            record.append(record.isEmpty() ? "{" : ",").append('"' + name + "\":" + value));
    return record.append('}').toString();
  }

  private Flow only(String record) {
    assertThat(reading.of(record).reasons).as(record).isEmpty();
    return reading.flows.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,               192.0.2.1",
    "0.0.0.0,                 0.0.0.0",
    "2001:DB8:0:0:0:0:0:A,    2001:db8::a",
    "::FFFF:192.0.2.1,        192.0.2.1"
  })
  void storesAddressesInTheirCanonicalForm(String written, String stored) {
    assertThat(only(with("source_ip", "\"" + written + "\"")).conversation().sourceIp())
        .isEqualTo(stored);
    assertThat(only(with("dest_ip", "\"" + written + "\"")).conversation().destIp())
        .isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"localhost\"",
        "\"192.0.2.01\"",
        "\"fe80::1%eth0\"",
        "\"192.0.2.1/24\"",
        "3221225985",
        "true",
        "{}",
        "[]",
        "[\"192.0.2.1\"]"
      })
  void refusesWhatIsNoAddress(String json) {
    assertThat(reading.of(with("source_ip", json)).reasons)
        .containsExactly("source_ip must be an IP address.");
    assertThat(reading.of(with("dest_ip", json)).reasons)
        .containsExactly("dest_ip must be an IP address.");
    assertThat(reading.flows).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "65535, 65535",
    "\"443\", 443",
    "443.0, 443",
    "4.43e2, 443",
    "443e0, 443",
    "\"443.0\", 443",
    "\"0443\", 443",
    "-0, 0"
  })
  void takesPortsFrom0To65535(String json, int port) {
    assertThat(only(with("source_port", json)).sourcePort()).isEqualTo(port);
    assertThat(only(with("dest_port", json)).destPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "65536",
        "443.5",
        "\"http\"",
        "\"\"",
        "\" 443\"",
        "\"0x1F\"",
        "\"443d\"",
        "\"٤٤٣\"",
        "4294967739",
        "18446744073709552059",
        "1e400",
        "1e-999999999",
        "\"1e999999999\"",
        "\"1e-99999999999\"",
        "NaN",
        "true",
        "[443]",
        "{}"
      })
  void refusesOtherPorts(String json) {
    String rule = " must be a whole number from 0 to 65535.";
    assertThat(reading.of(with("source_port", json)).reasons).containsExactly("source_port" + rule);
    assertThat(reading.of(with("dest_port", json)).reasons).containsExactly("dest_port" + rule);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"tcp\",     tcp,       tcp",
        "\"TCP\",     TCP,       tcp",
        "\" Tcp \",   ` Tcp `,   tcp",
        "6,           6,         tcp",
        "6.0,         6,         tcp",
        "\"6\",       6,         tcp",
        "\"006\",     006,       tcp",
        "\"58\",      58,        ipv6-icmp",
        "\"icmp6\",   icmp6,     ipv6-icmp",
        "0,           0,         hopopt",
        "147,         147,       bit-emu",
        "148,         148,       148",
        "61,          61,        61",
        "\"255\",     255,       255",
        "\"256\",     256,       256",
        "\"6.0\",     6.0,       6.0",
        "\"ICMPv6\",  ICMPv6,    ipv6-icmp"
      })
  void storesProtocolsAsWrittenOrByName(String json, String written, String named) {
    FlowReading naming = FlowReading.with(Map.of("flows.protocol.names", "true"));
    assertThat(only(with("protocol", json)).conversation().protocol()).isEqualTo(written);
    assertThat(naming.of(with("protocol", json)).flows.get(0).conversation().protocol())
        .isEqualTo(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\" \\t\"",
        "-1",
        "256",
        "6.5",
        "1e9",
        "true",
        "[]",
        "[6]",
        "[\"tcp\"]",
        "{}"
      })
  void refusesOtherProtocols(String json) {
    FlowReading naming = FlowReading.with(Map.of("flows.protocol.names", "true"));
    String reason =
        "protocol must be a whole number from 0 to 255, or a text that is not blank and has at most"
            + " 64 characters.";
    assertThat(reading.of(with("protocol", json)).reasons).containsExactly(reason);
    assertThat(naming.of(with("protocol", json)).reasons).containsExactly(reason);
  }

  @Test
  void boundsTheTextOfAProtocol() {
    assertThat(reading.of(with("protocol", "\"" + "p".repeat(64) + "\"")).flows).hasSize(1);
    assertThat(reading.of(with("protocol", "\"" + "p".repeat(65) + "\"")).reasons).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "s,  1700000000,              1700000000000",
    "s,  1700000000.123,          1700000000123",
    "s,  1700000000.1239,         1700000000123",
    "s,  \"1700000000.5\",        1700000000500",
    "s,  -0.0001,                 -1",
    "s,  -1.5,                    -1500",
    "s,  9223372036854775.807,    9223372036854775807",
    "ms, 1700000000123,           1700000000123",
    "ms, \"1700000000123\",       1700000000123",
    "ms, 1700000000123.0,         1700000000123",
    "ms, -1,                      -1",
    "ms, 9223372036854775807,     9223372036854775807",
    "us, 1700000000123999,        1700000000123",
    "us, -1,                      -1",
    "us, -1000,                   -1",
    "us, -1001,                   -2",
    "ns, 1700000000123999999,     1700000000123",
    "ns, \"1700000000123456789\", 1700000000123",
    "ns, 1.700000000123456e18,    1700000000123",
    "ns, 0,                       0",
    "ns, -1000001,                -2",
    "iso8601, \"1970-01-01T00:00:00Z\",              0",
    "iso8601, \"1969-12-31T23:59:59.9999Z\",         -1",
    "iso8601, \"2023-11-14T22:13:20.123456789Z\",    1700000000123",
    "iso8601, \"2023-11-14T23:13:20.123+01:00\",     1700000000123",
    "iso8601, \"2023-11-14T17:13:20-0500\",          1700000000000",
    "iso8601, \"2023-11-14t22:13:20z\",              1700000000000",
    "iso8601, \"2023-11-14T22:13Z\",                 1699999980000",
    "iso8601, \"2023-11-14 22:13:20.123456Z\",       1700000000123",
    "iso8601, \"2023-11-14 23:13:20+01:00\",         1700000000000",
    "iso8601, \"2023-11-14T23:13:20.123456+0100\",   1700000000123"
  })
  void takesTimestampsInTheUnitOfTheSettingsDownToTheMillisecond(
      String unit, String json, long millis) {
    FlowReading inUnit = FlowReading.with(Map.of("timestamp.unit", unit));
    assertThat(inUnit.of(with("timestamp", json)).reasons).isEmpty();
    assertThat(inUnit.flows.get(0).timestamp()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-11-14 23:13:20.123456,  1700000000123",
    "2023-11-14 23:13:20,         1700000000000",
    "2023-11-14T23:13:20.1,       1700000000100",
    "2023-11-14T23:13,            1699999980000",
    "2023-11-14T22:13:20Z,        1700000000000",
    "2023-11-14T16:13:20-06:00,   1700000000000"
  })
  void takesATimeWithoutAnOffsetInTheZoneOfTheSettings(String written, long millis) {
    FlowReading inBerlin =
        FlowReading.with(Map.of("timestamp.unit", "iso8601", "timestamp.zone", "Europe/Berlin"));
    assertThat(inBerlin.of(with("timestamp", "\"" + written + "\"")).reasons).isEmpty();
    assertThat(inBerlin.flows.get(0).timestamp()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "s,  \"yesterday\",           must be a number of seconds since the epoch.",
    "s,  [1],                     must be a number of seconds since the epoch.",
    "s,  9223372036854775.808,    is out of the range of 64-bit integers.",
    "s,  -9223372036854776,       is out of the range of 64-bit integers.",
    "s,  1e30,                    is out of the range of 64-bit integers.",
    "ms, 1700000000.123,          must be a whole number of milliseconds since the epoch.",
    "ms, \"2023-11-14T00:00:00Z\", must be a whole number of milliseconds since the epoch.",
    "ms, 9223372036854775808,     is out of the range of 64-bit integers.",
    "ms, -9223372036854775808,    is out of the range of 64-bit integers.",
    "us, true,                    must be a whole number of microseconds since the epoch.",
    "us, 1e300,                   is out of the range of 64-bit integers.",
    "ns, \"\",                    must be a whole number of nanoseconds since the epoch.",
    "ns, 0.5,                     must be a whole number of nanoseconds since the epoch.",
    "iso8601, 1700000000,         must be a date and time in ISO 8601 with an offset from UTC.",
    "iso8601, \"14/11/2023\",     must be a date and time in ISO 8601 with an offset from UTC.",
    "iso8601, \"2023-02-30T00:00:00Z\", must be a date and time in ISO 8601 with an offset from UTC.",
    "iso8601, \"2023-11-14\",      must be a date and time in ISO 8601 with an offset from UTC.",
    "iso8601, \"2023-11-14  22:13:20Z\", must be a date and time in ISO 8601 with an offset from UTC.",
    "iso8601, \"2023-11-1422:13:20Z\", must be a date and time in ISO 8601 with an offset from UTC.",
    "iso8601, \" 2023-11-14T22:13:20Z\", must be a date and time in ISO 8601 with an offset from UTC.",
    "iso8601, \"2023-11-14 22:13:20.5\", must have an offset from UTC; such as Z or +01:00; unless timestamp.zone is set.",
    "iso8601, \"2023-11-14T22:13:20\", must have an offset from UTC; such as Z or +01:00; unless timestamp.zone is set."
  })
  void saysWhatIsWrongWithATimestamp(String unit, String json, String rule) {
    FlowReading inUnit = FlowReading.with(Map.of("timestamp.unit", unit));
    assertThat(inUnit.of(with("timestamp", json)).reasons)
        .containsExactly("timestamp " + rule.replace(';', ','));
    assertThat(inUnit.flows).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-1.5, -1.5",
    "1500, 1500.0",
    "9223372036854775807, 9.223372036854775807e18",
    "18446744073709551615, 1.8446744073709551615e19",
    "1e300, 1e300",
    "\"12.5\", 12.5",
    "\"-.5e1\", -5.0"
  })
  void takesFiniteValues(String json, double value) {
    assertThat(only(with("value", json)).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "\"NaN\"",
        "\"Infinity\"",
        "1e309",
        "\"1e309\"",
        "\"\"",
        "\"1,5\"",
        "\"1.2.3\"",
        "\".\"",
        "\"-\"",
        "\"1e\"",
        "\"0x1p3\"",
        "\"1f\"",
        "true",
        "[1]",
        "{\"real\":1,\"imaginary\":2}"
      })
  void refusesOtherValues(String json) {
    assertThat(reading.of(with("value", json)).reasons)
        .containsExactly("value must be a finite number.");
  }

  @Test
  void refusesDoublesOfAMapThatAreNoNumbers() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Map<String, Object> flow =
          Map.of(
              "source_ip", "192.0.2.1",
              "dest_ip", "192.0.2.2",
              "source_port", value,
              "dest_port", 2,
              "protocol", value,
              "timestamp", value,
              "value", value);
      assertThat(reading.of(flow).reasons).hasSize(4);
    }
  }

  @Test
  void namesEveryBrokenFieldAndNoValue() {
    assertThat(
            reading.of("{\"source_ip\":null,\"dest_ip\":\"secret\",\"value\":\"secret\"}").reasons)
        .containsExactly(
            "source_ip is missing or null.",
            "dest_ip must be an IP address.",
            "source_port is missing or null.",
            "dest_port is missing or null.",
            "protocol is missing or null.",
            "timestamp is missing or null.",
            "value must be a finite number.");
  }

  @Test
  void writesAConversationAlikeHoweverTheRecordDoes() {
    Flow numbered = only(with("protocol", "6"));
    assertThat(only(with("protocol", "6.0")).conversation()).isEqualTo(numbered.conversation());
    assertThat(only(with("protocol", "\"6\"")).conversation()).isEqualTo(numbered.conversation());
    assertThat(only(with("protocol", "17")).conversation().protocol()).isEqualTo("17");
  }

  @Test
  void keepsConversationsApartHoweverTheirTextsMeet() {
    Flow one = only(swap("1.1.1.1", "11.1.1.1", "udp"));
    Flow other = only(swap("1.1.1.11", "1.1.1.1", "udp"));
    assertThat(one.conversation()).isNotEqualTo(other.conversation());
    assertThat(other.conversation().sourceIp()).isEqualTo("1.1.1.11");
  }

  private static String swap(String source, String dest, String protocol) {
    return with("source_ip", "\"" + source + "\"")
        .replace("192.0.2.2", dest)
        .replace("tcp", protocol);
  }
}
