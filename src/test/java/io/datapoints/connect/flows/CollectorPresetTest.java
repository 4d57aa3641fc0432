package io.datapoints.connect.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.CollectorPreset;
import io.datapoints.connect.config.MongoSinkConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each preset makes of records as that collector writes them. The samples are records of the
 * programs themselves, with other names and addresses.
 */
class CollectorPresetTest {

  private static final String SKIPPED = "skipped";

  @Test
  void goflow2() {
    assertThat(outcomes("goflow2"))
        .containsExactly(
            "tcp 192.0.2.38 16443 > 198.51.100.54 57444 @ 1700000000123 = 1518.0",
            "tcp 2001:db8:26::4 30044 > 2001:db8:20::4 40044 @ 1763848240427 = 1512.0",
            "icmp 192.0.2.7 0 > 198.51.100.1 0 @ 1699999999500 = 196.0",
            SKIPPED,
            SKIPPED,
            "proto (protocol) must be a whole number from 0 to 255, or a text that is not blank and"
                + " has at most 64 characters.");
  }

  @Test
  void pmacct() {
    assertThat(outcomes("pmacct"))
        .containsExactly(
            SKIPPED,
            "tcp 192.0.2.15 37306 > 198.51.100.99 443 @ 1590181231578 = 123.0",
            "tcp 2001:db8::1 40 > 2001:db8::2 443 @ 1590181231000 = 651.0",
            "icmp 192.0.2.50 0 > 198.51.100.2 0 @ 1635261600000 = 840.0",
            "udp 192.0.2.174 0 > 198.51.100.253 0 @ 1650115800000 = 67.0",
            "timestamp_start or stamp_inserted (timestamp) must have an offset from UTC, such as Z"
                + " or +01:00, unless timestamp.zone is set.",
            SKIPPED);
  }

  @Test
  void pmacctInLocalTime() {
    assertThat(outcomes("pmacct", Map.of("timestamp.zone", "Europe/Rome")))
        .contains("ipv6-icmp 2001:db8::1 0 > ff02::1 0 @ 1522035598592 = 72.0");
  }

  @Test
  void pmacctInSecondsSinceTheEpoch() {
    FlowReading reading = FlowReading.with(Map.of("flows.preset", "pmacct", "timestamp.unit", "s"));
    reading.of(
        "{\"event_type\":\"purge\",\"ip_src\":\"192.0.2.1\",\"ip_dst\":\"192.0.2.2\","
            + "\"ip_proto\":\"17\",\"timestamp_start\":\"1614592800.123456\",\"bytes\":7}");
    assertThat(reading.described())
        .containsExactly("udp 192.0.2.1 0 > 192.0.2.2 0 @ 1614592800123 = 7.0");
  }

  @Test
  void nprobe() {
    assertThat(outcomes("nprobe"))
        .containsExactly(
            "tcp 192.0.2.222 57016 > 198.51.100.131 9092 @ 1560962598000 = 129.0",
            "ipv6-icmp 2001:db8::1 0 > 2001:db8::2 0 @ 1560962599000 = 104.0",
            "udp 192.0.2.165 40027 > 198.51.100.16 33807 @ 1490539598000 = 49.0");
  }

  @Test
  void ipfixcol2() {
    assertThat(outcomes("ipfixcol2"))
        .containsExactly(
            "tcp 192.0.2.100 47200 > 198.51.100.5 20810 @ 1526067869006 = 3568720.0",
            "udp 2001:db8::6 63229 > 2001:db8::8 53 @ 1361916156058 = 71.0",
            "icmp 192.0.2.100 0 > 198.51.100.5 0 @ 1702999094033 = 84.0",
            SKIPPED,
            SKIPPED);
  }

  @Test
  void ecs() {
    assertThat(outcomes("ecs"))
        .containsExactly(
            "tcp 192.0.2.15 23377 > 198.51.100.145 443 @ 1543540601679 = 2008.0",
            "ipv6-icmp 2001:db8::1 0 > 2001:db8::2 0 @ 1543540630900 = 98.0",
            "tcp 192.0.2.226 27622 > 198.51.100.166 36025 @ 1518932805000 = 156.0",
            SKIPPED,
            "tcp 192.0.2.15 40192 > 198.51.100.217 80 @ 1566506795001 = 294.0",
            SKIPPED,
            "tcp 198.51.100.2 20641 > 192.0.2.139 22 @ 1418530010000 = 4249.0",
            SKIPPED);
  }

  @Test
  void vpc() {
    assertThat(outcomes("vpc"))
        .containsExactly(
            "tcp 192.0.2.139 20641 > 198.51.100.12 22 @ 1418530010000 = 4249.0",
            SKIPPED,
            SKIPPED,
            "tcp 2001:db8:1234:a100:8d6e:3477:df66:f105 34892 >"
                + " 2001:db8:1234:a102:3304:8879:34cf:4071 22 @ 1477913708000 = 8855.0",
            "icmp 203.0.113.12 0 > 192.0.2.139 0 @ 1432917027000 = 336.0",
            "gre 192.0.2.5 0 > 198.51.100.5 0 @ 1432917027000 = 100.0");
  }

  @Test
  void suricata() {
    assertThat(outcomes("suricata"))
        .containsExactly(
            "tcp 192.0.2.2 52526 > 198.51.100.223 443 @ 1731460920386 = 1369.0",
            SKIPPED,
            "tcp 192.0.2.144 22 > 198.51.100.144 55850 @ 1685490620835 = 165.0",
            "icmp 192.0.2.85 0 > 198.51.100.176 0 @ 1580918346593 = 98.0",
            SKIPPED,
            "ipv6-icmp 2001:db8::1 0 > ff02::16 0 @ 1580918346593 = 90.0",
            SKIPPED);
  }

  @Test
  void zeek() {
    assertThat(outcomes("zeek"))
        .containsExactly(
            "tcp 192.0.2.120 39681 > 198.51.100.155 3389 @ 1521911721255 = 730.0",
            "icmp 2001:db8::b9cb 143 > ff02::16 0 @ 1464303791790 = 196.0",
            "udp 192.0.2.76 36844 > 198.51.100.1 53 @ 1591367999305 = 118.0",
            SKIPPED,
            SKIPPED);
  }

  @Test
  void zeekWithTimesOfIso8601() {
    FlowReading reading =
        FlowReading.with(Map.of("flows.preset", "zeek", "timestamp.unit", "iso8601"));
    reading.of(
        lines("zeek").get(0).replace("1521911721.255387", "\"2018-03-24T17:15:21.255387Z\""));
    assertThat(reading.described())
        .containsExactly("tcp 192.0.2.120 39681 > 198.51.100.155 3389 @ 1521911721255 = 730.0");
  }

  @Test
  void netobserv() {
    assertThat(outcomes("netobserv"))
        .containsExactly(
            "tcp 192.0.2.20 9092 > 198.51.100.35 40112 @ 1700000733306 = 195.0",
            "tcp 2001:db8:6440:2:a80:37:b756:270f 46934 > 2001:db8:6440::1 443 @ 1709741962111 ="
                + " 94.0",
            "icmp 192.0.2.9 0 > 198.51.100.1 0 @ 1709741962200 = 98.0",
            SKIPPED,
            SKIPPED,
            "tcp 192.0.2.9 50123 > 198.51.100.1 8080 @ 1709741962300 = 0.0");
  }

  @Test
  void hubble() {
    assertThat(outcomes("hubble"))
        .containsExactly(
            "ipv6-icmp 2001:db8::fc14 0 > ff02::2 0 @ 1692619933517 = 1.0",
            "tcp 192.0.2.180 33040 > 198.51.100.222 80 @ 1705394426420 = 1.0",
            SKIPPED,
            SKIPPED,
            SKIPPED,
            "udp 192.0.2.69 59974 > 198.51.100.120 53 @ 1607932684526 = 1.0");
  }

  @ParameterizedTest
  @EnumSource(names = "GOFLOW2_PROTO", mode = EnumSource.Mode.EXCLUDE)
  void linesOfOneRecordAreWhatTheyAreAlone(CollectorPreset preset) {
    List<String> lines = lines(preset.word());
    FlowReading reading = FlowReading.with(Map.of("flows.preset", preset.word()));
    List<String> alone = outcomes(preset.word());
    for (String together : List.of(String.join("\n", lines), "[" + String.join(",", lines) + "]")) {
      reading.of(together.getBytes(UTF_8));
      assertThat(alone).containsAll(reading.described());
      assertThat(reading.flows)
          .hasSize((int) alone.stream().filter(CollectorPresetTest::isFlow).count());
      assertThat(reading.skipped).isEqualTo((int) alone.stream().filter(SKIPPED::equals).count());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPresetIsSettingsThatBothConnectorsTake(CollectorPreset preset) {
    assertThat(errors(Map.of("flows.preset", preset.word()))).isEmpty();
    Map<String, String> mongo = new HashMap<>();
    mongo.put("layout", "flows");
    mongo.put("flows.preset", preset.word());
    mongo.put("mongodb.uri", "mongodb://localhost");
    mongo.put("mongodb.database", "net");
    assertThat(problems(MongoSinkConfig.validate(mongo))).isEmpty();
  }

  @Test
  void whatIsSetBesideAPresetTakesPrecedence() {
    FlowReading reading =
        FlowReading.with(
            Map.of(
                "flows.preset", "SURICATA",
                "flows.field.value", "flow.pkts_toserver",
                "flows.protocol.names", "false",
                "flows.filter", "event_type=flow"));
    assertThat(outcomes("suricata", reading))
        .startsWith("TCP 192.0.2.2 52526 > 198.51.100.223 443 @ 1731460920386 = 9.0")
        .element(2)
        .isEqualTo(SKIPPED);
  }

  @Test
  void anEmptyFilterTakesThatOfThePresetAway() {
    assertThat(outcomes("suricata", Map.of("flows.filter", ""))).doesNotContain(SKIPPED);
  }

  @Test
  void refusesAPresetThatIsNone() {
    assertThat(errors(Map.of("flows.preset", "goflow")))
        .singleElement()
        .asString()
        .contains("flows.preset", "must be one of goflow2, goflow2_proto, pmacct,");
  }

  @Test
  void refusesAPresetOfAnotherLayout() {
    assertThat(errors(Map.of("flows.preset", "zeek", "layout", "kairosdb")))
        .containsExactly("flows.preset is for layout=flows");
  }

  private static List<String> errors(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>(settings);
    properties.putIfAbsent("layout", "flows");
    return problems(CassandraSinkConfig.validate(properties));
  }

  private static List<String> problems(List<ConfigValue> values) {
    return values.stream().map(ConfigValue::errorMessages).flatMap(List::stream).toList();
  }

  private static List<String> outcomes(String preset) {
    return outcomes(preset, Map.of());
  }

  private static List<String> outcomes(String preset, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("flows.preset", preset);
    return outcomes(preset, FlowReading.with(settings));
  }

  /** A flow in words, a reason or that it was skipped, for each sample. */
  private static List<String> outcomes(String collector, FlowReading reading) {
    return lines(collector).stream().map(line -> outcome(reading.of(line))).toList();
  }

  private static String outcome(FlowReading read) {
    if (read.skipped > 0) {
      return SKIPPED;
    }
    return read.flows.isEmpty() ? String.join(" ", read.reasons) : read.described().get(0);
  }

  private static boolean isFlow(String outcome) {
    return outcome.contains(" > ");
  }

  private static List<String> lines(String collector) {
    String name = "/flows/" + collector + ".json";
    try (InputStream samples =
        Objects.requireNonNull(CollectorPresetTest.class.getResourceAsStream(name), name)) {
      return new String(samples.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
