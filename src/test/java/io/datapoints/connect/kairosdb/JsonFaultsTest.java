package io.datapoints.connect.kairosdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a record whose JSON is wrong somewhere. */
class JsonFaultsTest {

  private static final String GOOD =
      "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"time\":1,\"value\":1}";
  private static final String POINT = "m{h=a} 1 long 1";

  private final Reading reading = Reading.plain();

  @Test
  void keepsWhatIsCompleteBeforeASyntaxError() {
    reading.of("[" + GOOD + ",\n" + GOOD + ",\n  {\"name\":secret}," + GOOD + "]");
    assertThat(reading.described()).containsExactly(POINT, POINT);
    assertThat(reading.reasons)
        .singleElement()
        .asString()
        .startsWith("Invalid JSON at line 3, column ")
        .doesNotContain("secret");
  }

  @Test
  void keepsTheCompleteMetricsOfATruncatedArray() {
    reading.of("[" + GOOD + "," + GOOD);
    assertThat(reading.described()).containsExactly(POINT, POINT);
    assertThat(reading.reasons).singleElement().asString().startsWith("The JSON ends before");
  }

  @Test
  void keepsNothingOfATruncatedObject() {
    for (int length = 1; length < GOOD.length(); length++) {
      reading.of(GOOD.substring(0, length));
      assertThat(reading.points).isEmpty();
      assertThat(reading.reasons).singleElement().asString().startsWith("The JSON ends before");
    }
    assertThat(reading.of(GOOD).points).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t \r", "/* nothing */"})
  void saysThatThereIsNothing(String json) {
    assertThat(reading.of(json).reasons).containsExactly("The record value is empty.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "\"x\"", "true", "1.5 ", "NaN"})
  void refusesAScalarAtTheTop(String json) {
    assertThat(reading.of(json).reasons)
        .containsExactly(
            "The record value is neither a metric object nor an array of metric objects.");
    assertThat(reading.of(GOOD).described()).containsExactly(POINT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "]", ",", "\u0000", "/* x */ y"})
  void saysThatTextFollowsTheFirstValue(String trailing) {
    reading.of(GOOD + " " + trailing);
    assertThat(reading.described()).containsExactly(POINT);
    assertThat(reading.reasons)
        .containsExactly(
            "Text follows the first JSON value at line 1, column "
                + (GOOD.length() + 1)
                + "; it was not read.");
    assertThat(reading.of(GOOD).described()).containsExactly(POINT);
  }

  @Test
  void readsMetricsThatFollowEachOther() {
    for (String between : List.of("\n", "", " /* and */ ")) {
      reading.of(String.join(between, GOOD, GOOD.replace("\"m\"", "\"n\""), GOOD) + "\n");
      assertThat(reading.described()).hasSize(3).containsOnly(POINT, POINT.replace("m{", "n{"));
      assertThat(reading.reasons).isEmpty();
    }
    reading.of(GOOD + "\n{}\n5\n" + GOOD + "\n{\"name\"");
    assertThat(reading.described()).containsExactly(POINT, POINT);
    assertThat(reading.reasons)
        .hasSize(4)
        .startsWith(
            "metric[1].name may not be null.",
            "metric[1].tags count must be greater than or equal to 1.",
            "metric[2] is not an object.")
        .last()
        .asString()
        .startsWith("The JSON ends before it is complete at line 5, column ");
    assertThat(reading.of("[" + GOOD + "]\n" + GOOD + "\n[]").described()).hasSize(2);
    assertThat(reading.reasons).containsExactly("metric[2] is not an object.");
    assertThat(reading.of(GOOD).described()).containsExactly(POINT);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\t\r\n  ", "// the end", "/* the end */ \n", "# the end"})
  void doesNotMindBlanksAndCommentsAtTheEnd(String trailing) {
    for (int again = 0; again < 2; again++) {
      reading.of(GOOD + trailing);
      assertThat(reading.described()).containsExactly(POINT);
      assertThat(reading.reasons).isEmpty();
    }
  }

  @Test
  void findsTextBehindALongValue() {
    String padded = GOOD.replace("1}", "1,\"x\":\"" + "y".repeat(20_000) + "\"}");
    assertThat(reading.of(padded + " ".repeat(20_000)).reasons).isEmpty();
    assertThat(reading.points).hasSize(1);
    assertThat(reading.of(padded + " ".repeat(20_000) + "x").reasons).hasSize(1);
    assertThat(reading.points).hasSize(1);
    assertThat(reading.of(GOOD).described()).containsExactly(POINT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void countsLinesAndColumnsOfEachRecordAnew(int lines) {
    String json = "[\n" + "\n".repeat(lines) + "  x";
    for (int again = 0; again < 3; again++) {
      assertThat(reading.of(GOOD + "\n\n").reasons).isEmpty();
      assertThat(reading.of(json).reasons)
          .singleElement()
          .asString()
          .contains(" at line " + (lines + 2) + ", column 3;");
    }
  }

  @Test
  void refusesNestingTextsNamesAndNumbersBeyondTheirBounds() {
    String before = "[" + GOOD + ",{\"x\":";
    assertThat(reading.of(before + "[".repeat(998) + "]".repeat(998) + "}]").reasons).hasSize(2);
    String name = "{\"" + "n".repeat(70_000) + "\":1}";
    for (String beyond :
        new String[] {
          "[".repeat(1_000),
          "{\"a\":".repeat(1_000),
          "1".repeat(1_001),
          "1." + "1".repeat(1_001),
          name
        }) {
      reading.of(before + beyond + "}]");
      assertThat(reading.described()).containsExactly(POINT);
      assertThat(reading.reasons)
          .singleElement()
          .asString()
          .startsWith("The JSON exceeds a limit")
          .hasSizeLessThan(300);
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] json = GOOD.replace("\"m\"", "\"m?\"").getBytes(UTF_8);
    for (int wrong : new int[] {0xFF, 0xC3, 0x80, 0xF8}) {
      json[GOOD.indexOf("\"m\"") + 2] = (byte) wrong;
      reading.of(json);
      assertThat(reading.points).isEmpty();
      assertThat(reading.reasons).singleElement().asString().startsWith("Invalid JSON at line 1");
    }
  }

  @Test
  void readsWhatALenientReaderReads() {
    reading.of(
        """
        { name : 'm', # a comment
         // another
         /* and */ tags:{'h':"a
        \tb"}, time:1, value:+1}
        """);
    assertThat(reading.described()).containsExactly("m{h=a\n\tb} 1 long 1");
  }

  @Test
  void goesOnForAnyNumberOfRecords() {
    // More than one parser lives to read, good and bad in turn.
    for (int i = 0; i < 30_000; i++) {
      assertThat(reading.of(GOOD).points).hasSize(1);
      if (i % 1_000 == 0) {
        assertThat(reading.of("{").reasons).hasSize(1);
      }
    }
  }
}
