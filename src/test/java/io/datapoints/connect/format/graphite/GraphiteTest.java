package io.datapoints.connect.format.graphite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.FormatReading;
import io.datapoints.connect.model.RecordOrigin;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What Graphite's lines become, without templates; and what becomes of bad ones. */
class GraphiteTest {

  private static final String GOOD = "m;h=a 1.5 1700000000";
  private static final String GOOD_POINT = "m{h=a} 1700000000000 double 1.5";

  private final FormatReading reading = FormatReading.of("graphite");

  /** Tabs, several blanks and CRLF, which collectd writes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "servers.a.cpu.load 11 1435077219   | servers.a.cpu.load{source=unknown} 1435077219000 double 11.0",
        "disk.used;dc=dc1;rack=a1 42 1      | disk.used{dc=dc1,rack=a1} 1000 double 42.0",
        "m;h=a 1.50 1                       | m{h=a} 1000 double 1.5",
        "m;h=a -1e3 1                       | m{h=a} 1000 double -1000.0",
        "m;h=a .5 1                         | m{h=a} 1000 double 0.5",
        "m;h=a +7 1                         | m{h=a} 1000 double 7.0",
        "m;h=a 18446744073709551615 1       | m{h=a} 1000 double 1.8446744073709552E19",
        "m;h=a 1 0                          | m{h=a} 0 double 1.0",
        "m;h=a 1 1700000000.5               | m{h=a} 1700000000500 double 1.0",
        "m;h=a 1 1700000000.123999          | m{h=a} 1700000000123 double 1.0",
        "m;h=a 1 1700000000.                | m{h=a} 1700000000000 double 1.0",
        "m;h=a 1 4294967295                 | m{h=a} 4294967295000 double 1.0",
        "m;h=a 1                            | m{h=a} 1700000000000 double 1.0",
        "m;h=a 1 -1                         | m{h=a} 1700000000000 double 1.0",
        "m;h=a 1 N                          | m{h=a} 1700000000000 double 1.0",
        "   m;h=a   1   1   " + "              | m{h=a} 1000 double 1.0",
        "m;h=a\t1\t1                        | m{h=a} 1000 double 1.0",
        "m;h=a;i= 1 1                       | m{h=a} 1000 double 1.0",
        "m;h=a=b 1 1                        | m{h=a=b} 1000 double 1.0",
        "m\u00e9\u20ac;h=a 1 1                | m\u00e9\u20ac{h=a} 1000 double 1.0",
        "a..b. 1 1                          | a..b.{source=unknown} 1000 double 1.0",
      })
  void aLineIsAPoint(String line, String point) {
    for (String end : List.of("", "\n", "\r\n", " \n")) {
      assertThat(reading.read(line + end).reasons()).as(line).isEmpty();
      assertThat(reading.points()).as(line).containsExactly(point);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m                          | SHAPE     | has no value.",
        "m 1 1 1                    | SHAPE     | has more than a path, a value and a time.",
        "m x 1                      | VALUE     | has a value that is not a finite number.",
        "m NaN 1                    | VALUE     | has a value that is not a finite number.",
        "m nan 1                    | VALUE     | has a value that is not a finite number.",
        "m inf 1                    | VALUE     | has a value that is not a finite number.",
        "m -Infinity 1              | VALUE     | has a value that is not a finite number.",
        "m 1e999 1                  | VALUE     | has a value that is not a finite number.",
        "m 0x1p3 1                  | VALUE     | has a value that is not a finite number.",
        "m 1d 1                     | VALUE     | has a value that is not a finite number.",
        "m 1 x                      | TIMESTAMP | has a time that is not a number of seconds.",
        "m 1 1e9                    | TIMESTAMP | has a time that is not a number of seconds.",
        "m 1 .5                     | TIMESTAMP | has a time that is not a number of seconds.",
        "m 1 1.5.5                  | TIMESTAMP | has a time that is not a number of seconds.",
        "m 1 -2                     | TIMESTAMP | has a time that is not a number of seconds.",
        "m 1 1700000000123          | TIMESTAMP | has a time that is out of range; it is in seconds.",
        "m 1 4294967296             | TIMESTAMP | has a time that is out of range; it is in seconds.",
        "m 1 99999999999999999999   | TIMESTAMP | has a time that is out of range; it is in seconds.",
        ";h=a 1 1                   | NAME      | has no path.",
        "m;h 1 1                    | TAGS      | has a tag that is not name=value.",
        "m; 1 1                     | TAGS      | has a tag that is not name=value.",
        "m;=a 1 1                   | TAGS      | has a tag that is not name=value.",
      })
  void aBadLineCostsThatLine(String line, Rule rule, String reason) {
    reading.read(GOOD + "\n" + line + "\n" + GOOD);
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons()).containsExactly("line 2 " + reason);
    assertThat(reading.rules()).containsExactly(rule);
  }

  @Test
  void aTagTwiceIsRejected() {
    assertThat(reading.read("m;h=a;h=b 1 1\n" + GOOD).reasons())
        .containsExactly("metric[0](name=m) duplicate key: h");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
  }

  @Test
  void aReasonNamesTheLineAndNoValue() {
    reading.read("\n \r\n" + GOOD + "\nm secret 1\nm 1 secret\nm;secret 1 1");
    assertThat(reading.reasons())
        .hasSize(3)
        .noneMatch(reason -> reason.contains("secret"))
        .allMatch(reason -> reason.matches("line [456] .*"));
  }

  @Test
  void aLineWithoutATimeNeedsThatOfItsRecord() {
    assertThat(reading.read("m 1", RecordOrigin.NO_TIMESTAMP).reasons())
        .containsExactly("line 1 has no time, and neither has its record.");
  }

  /** With and without the length before it, in the protocols that Python has had. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0000\u0001\u0010\u0080\u0002]q\u0001(U\u0001aq\u0002J",
        "\u0080\u0002]q\u0001(U\u0001aq\u0002J",
        "\u0080\u0004\u0095\u0010",
        "(lp0\n(S'a'\np1\n(I1\nF2.0\ntp2\ntp3\na.",
        "\u0000\u0000\u0001\u0010(lp0\n(S'a'",
      })
  void carbonsPickleIsNamedAsWhatItIs(String record) {
    assertThat(reading.read(record.getBytes(ISO_8859_1)).reasons())
        .containsExactly("The record is in the pickle protocol of carbon; lines of text are read.");
  }

  @Test
  void whatIsNoTextIsRejected() {
    assertThat(reading.read(new byte[] {'m', (byte) 0xC3}).reasons())
        .containsExactly("The lines are not UTF-8.");
    for (String blank : List.of("", " ", "\n", " \r\n \n")) {
      assertThat(reading.read(blank).reasons()).containsExactly("There are no lines.");
    }
    assertThat(reading.points()).isEmpty();
  }

  @Test
  void anyBytesMakePointsAndReasonsAndNothingElse() {
    String lines = "servers.a\u00e9.cpu.load;h=a -1.5e3 1700000000.5\r\n" + GOOD + "\n";
    reading.surviveDamageOf(lines.getBytes(UTF_8));
    FormatReading.with(
            "graphite",
            Map.of(
                "graphite.templates",
                "servers.* .host.measurement.field* dc=1; *.*.cpu a.b.measurement*"))
        .surviveDamageOf(lines.getBytes(UTF_8));
    assertThat(reading.read(GOOD).points()).containsExactly(GOOD_POINT);
  }

  @Test
  void noRecordTakesMoreThanItsLength() {
    FormatReading templates =
        FormatReading.with(
            "graphite",
            Map.of(
                "graphite.templates",
                "*.*.* a.a.a.measurement*; *.*.*.* a.b.a.b.measurement.field*; measurement*"));
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (String part : List.of("m\n", ".", ";", "a.", ";a=b", " ", "m 1 1\n", "=", "\t\n")) {
            String hostile = part.repeat(2_000_000 / part.length());
            for (String end : List.of("", " 1 1")) {
              reading.read(hostile + end);
              templates.read(hostile + end);
              templates.read("a" + hostile + end);
            }
          }
        });
  }

  @Test
  void aRecordMayHaveManyLines() {
    String lines =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "m;h=" + i % 7 + " " + i + " " + i)
            .collect(Collectors.joining("\n"));
    assertThat(reading.read(lines).points())
        .hasSize(5_000)
        .contains("m{h=1} 4999000 double 4999.0");
  }
}
