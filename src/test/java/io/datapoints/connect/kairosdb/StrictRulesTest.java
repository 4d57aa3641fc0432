package io.datapoints.connect.kairosdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The additional limits of validation.rules=strict. */
class StrictRulesTest {

  private final Reading reading = Reading.strict();

  @ParameterizedTest
  @ValueSource(strings = {"m", "a.b-c_d", "temp\u00e9rature", "\u6e29\u5ea6.1"})
  void acceptsNamesOfLettersDigitsAndThreeSigns(String name) {
    assertThat(reading.of(metric(name, "'h':'a'", 1)).points).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "a b, '.name may only have letters, digits, ''_'', ''.'' and ''-''.'",
    "a/b, '.name may only have letters, digits, ''_'', ''.'' and ''-''.'",
    ".a, '.name may not start or end with ''.'', nor have two in a row.'",
    "a., '.name may not start or end with ''.'', nor have two in a row.'",
    "a..b, '.name may not start or end with ''.'', nor have two in a row.'",
  })
  void refusesOtherNames(String name, String reason) {
    assertThat(reading.of(metric(name, "'h':'a'", 1)).reasons)
        .containsExactly("metric[0](name=" + name + ")" + reason);
    assertThat(reading.points).isEmpty();
    assertThat(Reading.plain().of(metric(name, "'h':'a'", 1)).points).hasSize(1);
  }

  @Test
  void countsTheBytesOfNamesTagNamesAndTagValues() {
    String longest = "\u00e9".repeat(128);
    assertThat(reading.of(metric(longest, "'" + longest + "':'" + longest + "'", 1)).points)
        .hasSize(1);
    assertThat(reading.of(metric(longest + "x", "'h':'a'", 1)).reasons).hasSize(1);
    assertThat(reading.of(metric("m", "'" + longest + "x':'a'", 1)).reasons).hasSize(1);
    assertThat(reading.of(metric("m", "'h':'" + longest + "x'", 1)).reasons).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'''a.b'':''x''', '.tag[a.b].name may only have letters, digits, ''_'' and ''-''.'",
    "'''kairosdb_x'':''x''', '.tag[kairosdb_x].name may not start with ''kairosdb_''.'",
    "'''h'':''a\\u0001''', .tag[h].value may not have control characters.",
  })
  void refusesOtherTags(String tags, String reason) {
    assertThat(reading.of(metric("m", tags, 1)).reasons)
        .containsExactly("metric[0](name=m)" + reason);
    assertThat(reading.points).isEmpty();
  }

  @Test
  void acceptsBlanksSignsAndTabsInTagValues() {
    assertThat(reading.of(metric("m", "'h':'a b/c:d=e\\t'", 1)).points).hasSize(1);
  }

  @Test
  void acceptsAHundredTags() {
    assertThat(reading.of(metric("m", tags(100), 1)).points).hasSize(1);
    assertThat(reading.of(metric("m", tags(101), 1)).reasons)
        .containsExactly("metric[0](name=m).tags count must be less than or equal to 100.");
  }

  private static String tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'t" + i + "':'x'")
        .collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_500_000_000, 4_102_444_800_000L})
  void acceptsTimestampsUpTo2100(long timestamp) {
    assertThat(reading.of(metric("m", "'h':'a'", timestamp)).points).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 4_102_444_800_001L, Long.MAX_VALUE, Long.MIN_VALUE})
  void refusesOtherTimestamps(long timestamp) {
    assertThat(reading.of(metric("m", "'h':'a'", timestamp)).reasons)
        .containsExactly("metric[0](name=m).timestamp is out of range.");
  }

  @Test
  void acceptsTenThousandPointsARecord() {
    String first = points("a", 6_000);
    String second = points("b", 4_001);
    assertThat(reading.of("[" + first + "," + points("b", 4_000) + "]").reasons).isEmpty();
    assertThat(reading.points).hasSize(10_000);
    reading.of("[" + first + "," + second + "," + points("c", 1) + "]");
    assertThat(reading.points).hasSize(10_000);
    assertThat(reading.reasons)
        .containsExactly(
            "metric[1](name=b).datapoints[4000] and following exceed 10000 datapoints in one"
                + " record.",
            "metric[2](name=c).datapoints[0] and following exceed 10000 datapoints in one record.");
  }

  private static String points(String name, int count) {
    String points =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> "[" + i + ",1]")
            .collect(Collectors.joining(","));
    return "{'name':'" + name + "','tags':{'h':'a'},'datapoints':[" + points + "]}";
  }

  @Test
  void doesNotLetSkipValidateLiftTheLimits() {
    String metric = "{'name':'a b','time':1,'value':1,'skip_validate':true}";
    assertThat(reading.of(metric).reasons).hasSize(1);
  }

  private static String metric(String name, String tags, long timestamp) {
    return "{'name':'" + name + "','tags':{" + tags + "},'time':" + timestamp + ",'value':1}";
  }
}
