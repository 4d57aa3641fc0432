package io.datapoints.connect.kairosdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.datapoints.connect.kairosdb.Gauntlet.Fate;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kit.Colliding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records as somebody would send them who wants the task to end, to hang, to fill its memory, or to
 * write something else than it should. Each costs one record at most.
 */
class HostileInputTest {

  private static final int MILLION = 1_000_000;

  /** A bound against hanging and nothing else. */
  private static final Duration BOUND = Duration.ofMinutes(2);

  private static final String GOOD =
      "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"datapoints\":[[1,2]]}";

  private static final String TOO_MANY =
      "The record has more than 100000 samples, all that a task may hold (buffer.max.rows);"
          + " nothing from there on was read.";

  private final Gauntlet points = Gauntlet.pointsToCassandra();
  private final Gauntlet roomy = Gauntlet.pointsToCassandra("buffer.max.rows", "2000000");
  private final Gauntlet documents = Gauntlet.pointsToMongo();
  private final Gauntlet flows = Gauntlet.flowsToCassandra();

  // Nesting.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "{\"ignored\":%s}",
        "{\"name\":%s}",
        "{\"tags\":%s}",
        "{\"tags\":{\"h\":%s}}",
        "{\"value\":%s}",
        "{\"datapoints\":%s}",
        "{\"datapoints\":[%s]}",
        "{\"datapoints\":[[%s]]}",
        "{\"datapoints\":[[1,%s]]}",
        "{\"datapoints\":[[1,1,%s]]}",
        "{\"datapoints\":[[1,1,\"long\",%s]]}",
        "{\"source_ip\":%s}",
      })
  void aHundredThousandLevelsAreOneReason(String place) {
    for (String level : new String[] {"[", "{\"a\":", "[{\"value\":"}) {
      String json = place.replace("%s", level.repeat(100_000));
      for (Gauntlet gauntlet : List.of(points, documents, flows)) {
        Fate fate = take(gauntlet, json, 30);
        assertThat(fate.samples()).isZero();
        assertThat(fate.reasons()).singleElement().asString().contains("exceeds a limit");
      }
    }
  }

  @Test
  void aThousandLevelsWhereNobodyReadsCostNothing() {
    String json = GOOD.replace("{\"name\"", "{\"ignored\":" + nested(900) + ",\"name\"");
    assertThat(take(points, json, 30).samples()).isEqualTo(1);
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  // Numbers.

  @ParameterizedTest
  @ValueSource(strings = {"[%s,1]", "[1,%s]", "[1,\"%s\",\"long\"]", "[1,\"%s\",\"double\"]"})
  void aNumberOfAMillionDigitsIsRefused(String point) {
    for (String number : new String[] {"9".repeat(MILLION), "0." + "9".repeat(MILLION)}) {
      Fate fate = take(points, withPoint(point.replace("%s", number)), 30);
      assertThat(fate.samples()).isZero();
      assertThat(fate.reasons()).hasSize(1).noneMatch(reason -> reason.contains("999999"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e2147483648",
        "1e99999999999999999999",
        "1.5e999999999",
        "\"1e999999999\"",
      })
  void anExponentBeyondEveryBoundIsAPointOrAReasonAndNoMillionDigits(String number) {
    for (String point : new String[] {"[%s,1]", "[1,%s]", "[1,%s,\"double\"]", "[1,%s,\"long\"]"}) {
      Fate fate = take(points, withPoint(point.replace("%s", number)), 30);
      assertThat(fate.samples() + fate.reasons().size()).isEqualTo(1);
    }
    for (String unit : new String[] {"s", "ms", "us", "ns"}) {
      Gauntlet timed = Gauntlet.flowsToCassandra("timestamp.unit", unit);
      assertThat(take(timed, flow("timestamp", number), 30).samples()).isZero();
      assertThat(take(timed, flow("source_port", number), 30).samples()).isZero();
      assertThat(take(timed, flow("value", number), 30).reasons())
          .containsExactly("value must be a finite number.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "\"NaN\"", "-Infinity", "\"Infinity\"", "1e309", "\"-1e309\""})
  void whatIsNoFiniteNumberIsRefused(String number) {
    assertThat(take(points, withPoint("[1," + number + ",\"double\"]"), 30).reasons()).hasSize(1);
    assertThat(take(flows, flow("value", number), 30).reasons())
        .containsExactly("value must be a finite number.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0", "-0.0", "9223372036854775808", "-9223372036854775809"})
  void oddNumbersArePointsAsKairosDbHasThem(String number) {
    assertThat(take(points, withPoint("[1," + number + "]"), 30).samples()).isEqualTo(1);
    assertThat(take(documents, withPoint("[1," + number + "]"), 30).samples()).isEqualTo(1);
  }

  @Test
  void decimalsOfConnectOfAMillionDigitsAreRefused() {
    BigInteger huge = BigInteger.ONE.shiftLeft(3_320_000);
    for (Number number : List.of(huge, new BigDecimal(huge, 5), new BigDecimal(huge, -5))) {
      Map<String, Object> metric =
          Map.of("name", "m", "tags", Map.of("h", "a"), "timestamp", 1, "value", number);
      assertThat(take(points, metric, 8_000, 30).reasons()).hasSize(1);
      Map<String, Object> tagged =
          Map.of("name", "m", "tags", Map.of("h", number), "timestamp", 1, "value", 1);
      assertThat(take(points, tagged, 8_000, 30).reasons())
          .containsExactly("metric[0](name=m).tag[h].value is not a text.");
      assertThat(take(flows, Map.of("timestamp", number), 8_000, 30).samples()).isZero();
    }
  }

  // Sizes.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"%s\",\"tags\":{\"h\":\"a\"},\"datapoints\":[[1,2]]}",
        "{\"name\":\"m\",\"tags\":{\"h\":\"%s\"},\"datapoints\":[[1,2]]}",
        "{\"name\":\"m\",\"tags\":{\"%s\":\"a\"},\"datapoints\":[[1,2]]}",
        "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"datapoints\":[[1,\"%s\"]]}",
        "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"datapoints\":[[1,2,\"%s\"]]}",
        "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"ttl\":\"%s\",\"datapoints\":[[1,2]]}",
        "{\"source_ip\":\"%s\"}",
        "{\"protocol\":\"%s\"}",
        "{\"timestamp\":\"%s\"}",
      })
  void aTextOfTenMegabytesIsRefusedAndNotQuoted(String json) {
    String huge = json.replace("%s", "x".repeat(10 * MILLION));
    Gauntlet gauntlet = json.contains("name") ? points : flows;
    Fate fate = take(gauntlet, huge, 30);
    assertThat(fate.samples()).isZero();
    assertThat(fate.reasons()).isNotEmpty().allMatch(reason -> reason.length() < 1_000);
  }

  @Test
  void aTextOfTenMegabytesWhereNobodyReadsCostsNothing() {
    String ignored = "{\"ignored\":\"" + "x".repeat(10 * MILLION) + "\",";
    assertThat(take(points, GOOD.replace("{\"name\"", ignored + "\"name\""), 10).samples())
        .isEqualTo(1);
  }

  @Test
  void aMillionTagsAreOneReason() {
    String tags =
        IntStream.range(0, MILLION)
            .mapToObj(tag -> "\"" + tag + "\":\"v\"")
            .collect(Collectors.joining(","));
    String json = GOOD.replace("\"h\":\"a\"", tags);
    for (Gauntlet gauntlet : List.of(points, documents)) {
      assertThat(take(gauntlet, json, 40).reasons())
          .singleElement()
          .asString()
          .contains("name and tags need a key of more than 65535 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"%d\":null,", "\"%d\":\"\",", "\"%d\":[],"})
  void aMillionBadTagsAreTwentyReasonsAndACount(String tag) {
    StringBuilder tags = new StringBuilder();
    for (int number = 0; number < MILLION; number++) {
      tags.append(tag.replace("%d", Integer.toString(number)));
    }
    String json = GOOD.replace("\"h\":\"a\"", tags.append("\"h\":\"a\""));
    Fate fate = take(points, json, 40);
    assertThat(fate.samples()).isZero();
    assertThat(fate.reasons()).hasSize(21).last().isEqualTo("... and 999980 more.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,", "[],", "[0],", "{},", "[\"x\",1],", "[1,2,3],"})
  void aMillionBadPointsAreTwentyReasonsAndACount(String point) {
    String json = GOOD.replace("[1,2]", point.repeat(MILLION) + "[1,2]");
    Fate fate = take(roomy, json, 100);
    assertThat(fate.reasons()).hasSize(21).last().isEqualTo("... and 999980 more.");
    assertThat(fate.samples()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,", "{},", "[],"})
  void aMillionObjectsThatAreNoneAreTwentyReasonsAndACount(String object) {
    String json = "[" + object.repeat(MILLION) + "0]";
    for (Gauntlet gauntlet : List.of(points, flows)) {
      Fate fate = take(gauntlet, json, 400);
      assertThat(fate.samples()).isZero();
      assertThat(fate.reasons()).hasSize(21).last().asString().startsWith("... and ");
    }
  }

  @Test
  void aMillionGoodPointsAreStored() {
    String many =
        IntStream.range(0, MILLION)
            .mapToObj(time -> "[" + time + ",1]")
            .collect(Collectors.joining(","));
    Fate fate = take(roomy, GOOD.replace("[1,2]", many), 100);
    assertThat(fate.samples()).isEqualTo(MILLION);
    assertThat(fate.reasons()).isEmpty();
  }

  @Test
  void aRecordHasAsManyPointsAsATaskMayHold() {
    Fate fate = take(points, GOOD.replace("[1,2]", "[1,2],".repeat(99_999) + "[1,2]"), 100);
    assertThat(fate.samples()).isEqualTo(100_000);
    assertThat(fate.reasons()).isEmpty();
  }

  /** Of a metric with too many of them none is written. */
  @ParameterizedTest
  @ValueSource(strings = {"[1,2],", "0,", "{\"value\":2},"})
  void aRecordWithMorePointsIsOneReasonAndIsNotReadOn(String point) throws IOException {
    byte[] json = gzip(GOOD.replace("[1,2]", point.repeat(MILLION) + "[1,2]").getBytes(UTF_8));
    for (Gauntlet gauntlet : List.of(points, documents)) {
      Fate fate = take(gauntlet, json, 70 * MILLION, 1);
      assertThat(fate.samples()).isZero();
      assertThat(fate.reasons()).containsExactly(TOO_MANY);
    }
  }

  @Test
  void aListOfMorePointsIsOneReason() {
    Map<String, Object> metric =
        Map.of(
            "name",
            "m",
            "tags",
            Map.of("h", "a"),
            "datapoints",
            Collections.nCopies(100_001, List.of(1, 2)));
    assertThat(take(points, metric, MILLION, 30).reasons()).containsExactly(TOO_MANY);
  }

  /** Each sample is planned as soon as it is read, so those before are there. */
  @Test
  void objectsBeyondThemAreNotReadOn() {
    String metric = GOOD.replace("\"datapoints\":[[1,2]]", "\"timestamp\":1,\"value\":2") + ",";
    String flow = flow("value", "5") + ",";
    assertThat(beyond(take(points, listed(metric), 100))).isEqualTo(100_001);
    assertThat(beyond(take(documents, listed(metric), 100))).isEqualTo(100_001);
    assertThat(beyond(take(flows, listed(flow), 100))).isEqualTo(100_001);
    assertThat(beyond(take(Gauntlet.flowsToMongo(), listed(flow), 100))).isEqualTo(100_001);
  }

  private static String listed(String object) {
    return "[" + object.repeat(150_000) + "0]";
  }

  private static int beyond(Fate fate) {
    assertThat(fate.reasons()).containsExactly(TOO_MANY);
    return fate.samples();
  }

  @Test
  void whatOneHugeMetricNeededIsNotMadeAgainForEachSmallOneBehindIt() {
    String huge = GOOD.replace("[1,2]", "[1,2],".repeat(16_000) + "[1,2]");
    String small = GOOD.replace("[1,2]", "[1,{\"real\":1,\"imaginary\":2}]");
    String json = "[" + huge + ("," + small).repeat(5_000) + "]";
    assertThat(take(points, json, 60).samples()).isEqualTo(16_001);
  }

  @Test
  void seriesWithLongTagsDoNotFillTheCaches() {
    Gauntlet gauntlet = Gauntlet.pointsToCassandra();
    String padding = "x".repeat(20_000);
    long before = live();
    for (int series = 0; series < 4_000; series++) {
      String json = GOOD.replace("\"h\"", '"' + padding + series + '"');
      assertThat(gauntlet.take(json).samples()).isEqualTo(1);
    }
    // All of them kept would be 160 MB.
    assertThat(live() - before).isLessThan(40L * MILLION);
    assertThat(gauntlet.take(GOOD).samples()).isEqualTo(1);
  }

  private static long live() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  // Fields.

  @Test
  void ofAFieldThatComesTwiceTheLastCounts() {
    String json =
        "{\"name\":\"x\",\"tags\":{\"x\":\"y\"},\"datapoints\":[[1,1],[2,2]]," + GOOD.substring(1);
    assertThat(Reading.plain().of(json).described()).containsExactly("m{h=a} 1 long 2");
  }

  @Test
  void aTagThatComesTwiceRefusesTheMetric() {
    assertThat(take(points, GOOD.replace("\"h\":\"a\"", "\"h\":\"a\",\"h\":\"b\""), 30).reasons())
        .containsExactly("metric[0](name=m) duplicate key: h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE data_points; --",
        "$where",
        "a.b",
        "$set.a",
        "__proto__",
        "constructor",
        "../../etc/passwd",
        "${jndi:ldap://x/a}",
        "%s%n%x",
        "a:b=c",
        "\u202egnp.exe",
        "\u200b",
        "\u0007\u001b[31m",
        " ",
      })
  void namesThatLookLikeCodeAreNames(String name) {
    String json = GOOD.replace("\"m\"", '"' + name + '"').replace("\"h\"", '"' + name + '"');
    assertThat(Reading.plain().of(json).described())
        .containsExactly(name + "{" + name + "=a} 1 long 2");
    assertThat(take(points, json, 30).samples()).isEqualTo(1);
    assertThat(take(documents, json, 30).reasons()).isEmpty();
  }

  @Test
  void namesInReasonsCannotForgeALine() {
    String name = "a\\nERROR forged\\u001b[2J\\u202e\\u2028\\ud800b";
    String json = GOOD.replace("\"m\"", '"' + name + '"').replace("[1,2]", "[1]");
    assertThat(Reading.plain().of(json).reasons)
        .containsExactly(
            "metric[0](name=a\\u000aERROR forged\\u001b[2J\\u202e\\u2028\\ud800b)"
                + ".datapoints[0].value cannot be null or empty.");
  }

  @Test
  void aNulInATagNameIsRefusedWhereTheStoreCannotHaveIt() {
    String json = GOOD.replace("\"h\"", "\"a\\u0000b\"");
    assertThat(take(points, json, 30).samples()).isEqualTo(1);
    assertThat(take(documents, json, 30).reasons())
        .containsExactly("a tag name has a NUL character, which no field of a document can have.");
  }

  // Hashes.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"%s\",\"tags\":{\"h\":\"a\"},\"datapoints\":[[1,2]]}",
        "{\"name\":\"m\",\"tags\":{\"%s\":\"a\"},\"datapoints\":[[1,2]]}",
        "{\"name\":\"m\",\"tags\":{\"h\":\"%s\"},\"datapoints\":[[1,2]]}",
      })
  void tensOfThousandsOfSeriesWithOneHashAreWritten(String metric) {
    String json =
        Colliding.texts(40_000).stream()
            .map(text -> metric.replace("%s", text))
            .collect(Collectors.joining(",", "[", "]"));
    for (Gauntlet gauntlet : List.of(points, documents)) {
      assertThat(take(gauntlet, json, 200).samples()).isEqualTo(40_000);
    }
  }

  /** Before the epoch a point can have about any row time. */
  @Test
  void tensOfThousandsOfRowTimesWithOneHashAreWritten() {
    String json =
        Colliding.numbers(40_000)
            .map(HostileInputTest::timestampInRow)
            .mapToObj(timestamp -> "[" + timestamp + ",1]")
            .collect(Collectors.joining(","));
    assertThat(take(points, GOOD.replace("[1,2]", json), 400).samples()).isEqualTo(40_000);
  }

  private static long timestampInRow(long rowTime) {
    long width = RowLayout.of(ColumnUnit.MILLISECONDS).width();
    return rowTime + (-rowTime % width) / 2;
  }

  // Encodings.

  @ParameterizedTest
  @MethodSource("malformedUtf8")
  void whatIsNoUtf8IsRefused(byte[] malformed) {
    for (String place : new String[] {"\"m\"", "\"h\"", "\"a\""}) {
      byte[] json = inserted(GOOD, GOOD.indexOf(place) + 1, malformed);
      for (Gauntlet gauntlet : List.of(points, documents)) {
        Fate fate = gauntlet.take(json);
        assertThat(fate.samples()).isZero();
        assertThat(fate.reasons()).isNotEmpty();
      }
    }
  }

  static List<byte[]> malformedUtf8() {
    return List.of(
        bytes(0x80),
        bytes(0xBF),
        bytes(0xC3),
        bytes(0xE2, 0x82),
        bytes(0xF0, 0x9F, 0x98),
        bytes(0xF8, 0x88, 0x80, 0x80, 0x80),
        bytes(0xFE),
        bytes(0xFF),
        bytes(0xF0, 0x80, 0x80),
        bytes(0xED, 0xA0, 0x80),
        bytes(0xED, 0xB0, 0x80),
        bytes(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80));
  }

  /** The parser takes a longer form of a character for that character: one that is no structure. */
  @Test
  void overlongFormsAreCharactersOfTheTextAndNeverItsEnd() {
    byte[] quote = inserted(GOOD, GOOD.indexOf("\"m\"") + 1, bytes(0xC0, 0xA2));
    assertThat(Reading.plain().of(quote).described()).containsExactly("\"m{h=a} 1 long 2");
    for (byte[] overlong :
        List.of(
            bytes(0xC0, 0x80),
            bytes(0xE0, 0x80, 0xAF),
            bytes(0xF0, 0x80, 0x80, 0xAF),
            bytes(0xF4, 0x90, 0x80, 0x80))) {
      Fate fate = points.take(inserted(GOOD, GOOD.indexOf("\"m\"") + 1, overlong));
      assertThat(fate.samples() + fate.reasons().size()).isEqualTo(1);
    }
  }

  /** KairosDB's keys have a question mark there, MongoDB has no way to write them. */
  @Test
  void halvesOfSurrogatePairsAreWrittenAsKairosDbDoesOrRefused() {
    String half = GOOD.replace("\"m\"", "\"\\ud800m\"");
    assertThat(points.take(half).samples()).isEqualTo(1);
    assertThat(documents.take(half).reasons())
        .containsExactly("name or tags are not valid Unicode: they have half of a surrogate pair.");
  }

  @Test
  void utf8ThatEndsWithTheRecordIsRefused() {
    byte[] json = GOOD.replace("\"a\"", "\"\u20ac\"").getBytes(UTF_8);
    int euro = GOOD.indexOf("\"a\"") + 1;
    for (int cut = 1; cut <= 3; cut++) {
      assertThat(points.take(Arrays.copyOf(json, euro + cut)).reasons()).hasSize(1);
    }
  }

  @Test
  void utf16AndLoneMarksAreRefused() {
    assertThat(points.take(GOOD.getBytes(UTF_16LE)).reasons()).hasSize(1);
    assertThat(points.take(("\uFEFF" + GOOD).getBytes(UTF_16LE)).reasons()).hasSize(1);
    assertThat(points.take(bytes(0xEF, 0xBB, 0xBF)).reasons()).hasSize(1);
    assertThat(points.take(("\uFEFF\uFEFF" + GOOD).getBytes(UTF_8)).reasons()).hasSize(1);
    assertThat(points.take(("\uFEFF" + GOOD).getBytes(UTF_8)).samples()).isEqualTo(1);
    assertThat(points.take(new byte[100]).reasons()).hasSize(1);
  }

  // Gzip.

  @Test
  void aBombIsRefusedAtTheLimit() throws IOException {
    byte[] bomb = bomb(1_000);
    assertThat(bomb.length).isGreaterThan(900_000);
    Fate fate = take(points, bomb, 17 * 1_024 * 1_024, 6);
    assertThat(fate.reasons())
        .containsExactly("The record value inflates to more than 16777216 bytes.");
  }

  @Test
  void aBombWithinABombIsNotInflatedTwice() throws IOException {
    byte[] nested = gzip(bomb(100));
    assertThat(take(points, nested, MILLION, 30).reasons())
        .singleElement()
        .asString()
        .startsWith("Invalid JSON");
  }

  @Test
  void aMillionEmptyMembersTakeNoStack() throws IOException {
    byte[] member = gzip(new byte[0]);
    byte[] members = new byte[100_000 * member.length];
    for (int number = 0; number < 100_000; number++) {
      System.arraycopy(member, 0, members, number * member.length, member.length);
    }
    assertThat(take(points, members, members.length, 30).reasons())
        .containsExactly("The record value is empty.");
  }

  @Test
  void membersInARowAreOneText() throws IOException {
    byte[] text = GOOD.getBytes(UTF_8);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(Arrays.copyOf(text, 20)));
    members.write(gzip(Arrays.copyOfRange(text, 20, text.length)));
    assertThat(points.take(members.toByteArray()).samples()).isEqualTo(1);
  }

  @Test
  void aMemberWithEveryFieldOfItsHeaderIsRead() throws IOException {
    byte[] plain = gzip(GOOD.getBytes(UTF_8));
    byte[] header = inserted(new String(Arrays.copyOf(plain, 10), ISO_8859_1), 10, fields());
    header[3] = 4 + 8 + 16;
    byte[] whole = Arrays.copyOf(header, header.length + plain.length - 10);
    System.arraycopy(plain, 10, whole, header.length, plain.length - 10);
    assertThat(points.take(whole).samples()).isEqualTo(1);
  }

  private static byte[] fields() {
    return bytes(2, 0, 7, 7, 'n', 0, 'c', 0);
  }

  @Test
  void damagedGzipIsRefusedWhereverTheDamageIs() throws IOException {
    byte[] whole = gzip(GOOD.getBytes(UTF_8));
    for (int length = 2; length < whole.length; length++) {
      assertThat(points.take(Arrays.copyOf(whole, length)).reasons())
          .containsExactly("The record value is damaged or truncated gzip data.");
    }
    // Time, level and system of the header say nothing about the content.
    for (int position = 10; position < whole.length; position++) {
      byte[] flipped = whole.clone();
      flipped[position] ^= 1;
      assertThat(points.take(flipped).samples()).isZero();
    }
    for (int flag : new int[] {2, 4, 0x20, 0x40, 0x80}) {
      byte[] flagged = whole.clone();
      flagged[3] = (byte) flag;
      assertThat(points.take(flagged).samples()).isZero();
    }
    byte[] followed = Arrays.copyOf(whole, whole.length + 3);
    followed[whole.length] = 0x1f;
    assertThat(points.take(followed).reasons())
        .containsExactly("The record value is damaged or truncated gzip data.");
  }

  // What converters and transforms make.

  @Test
  void aListOrAMapThatHoldsItselfIsRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    Map<Object, Object> map = new HashMap<>();
    for (String name : List.of("name", "tags", "datapoints", "value", "timestamp", "source_ip")) {
      map.put(name, map);
    }
    map.put(map.keySet(), list);
    Map<String, Object> listed =
        Map.of("name", "m", "tags", Map.of("h", list), "value", list, "timestamp", list);
    for (Object hostile : List.of(list, map, listed, Map.of("source_ip", list))) {
      for (Gauntlet gauntlet : List.of(points, documents, flows)) {
        Fate fate = take(gauntlet, hostile, 10_000, 30);
        assertThat(fate.samples()).isZero();
        assertThat(fate.reasons()).isNotEmpty();
      }
    }
  }

  @Test
  void deepListsAndUnionsInTurnTakeNoStack() {
    Schema text = Schema.OPTIONAL_STRING_SCHEMA;
    Schema list = SchemaBuilder.array(text).optional().build();
    Struct union =
        new Struct(SchemaBuilder.struct().field("a", list).build()).put("a", List.of("deep"));
    for (int level = 0; level < 5_000; level++) {
      union = new Wrapping(union);
    }
    Map<String, Object> metric =
        Map.of("name", "m", "tags", Map.of("h", "a"), "value", union, "timestamp", 1);
    assertThat(take(points, metric, 10_000, 30).reasons()).hasSize(1);
  }

  /** A struct whose only field is a list of another struct; its schema is not that deep. */
  private static final class Wrapping extends Struct {

    private static final Schema SCHEMA =
        SchemaBuilder.struct()
            .field("a", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build())
            .build();

    private final List<Struct> only;

    Wrapping(Struct inner) {
      super(SCHEMA);
      this.only = List.of(inner);
    }

    @Override
    public Object get(Field field) {
      return only;
    }
  }

  @Test
  void keysThatAreNoNamesRefuseTagsAndAreIgnoredElsewhere() {
    Map<Object, Object> tags = new HashMap<>(Map.of("h", "a", new byte[0], "b"));
    Map<Object, Object> metric =
        new HashMap<>(Map.of("name", "m", "tags", tags, "timestamp", 1, "value", 2));
    metric.put(null, "x");
    metric.put(new Object(), "x");
    metric.put(List.of(metric.keySet()), "x");
    assertThat(take(points, metric, 1_000, 30).reasons())
        .containsExactly("metric[0](name=m).tags is not an object of texts.");
    tags.keySet().retainAll(List.of("h"));
    assertThat(take(points, metric, 1_000, 30).samples()).isEqualTo(1);
    tags.put(5, "five");
    assertThat(Reading.plain().of(metric).described()).containsExactly("m{5=five,h=a} 1 long 2");
  }

  @Test
  void nullsEverywhereAreReasons() {
    Map<Object, Object> nulls = new HashMap<>();
    for (String name :
        List.of("name", "tags", "datapoints", "value", "timestamp", "type", "ttl", "protocol")) {
      nulls.put(name, null);
    }
    for (Gauntlet gauntlet : List.of(points, documents, flows)) {
      assertThat(take(gauntlet, nulls, 1_000, 30).reasons()).isNotEmpty();
      assertThat(take(gauntlet, Arrays.asList(null, nulls, null), 1_000, 30).reasons())
          .hasSizeGreaterThan(2);
    }
  }

  @Test
  void bytesOfTenMegabytesAreRefusedWhereTheyAreNoValue() {
    byte[] huge = new byte[10 * MILLION];
    Map<String, Object> metric =
        Map.of("name", "m", "tags", Map.of("h", huge), "timestamp", 1, "value", huge);
    assertThat(take(points, metric, huge.length, 10).reasons()).isNotEmpty();
    assertThat(take(flows, Map.of("source_ip", huge, "value", huge), huge.length, 10).reasons())
        .hasSize(7);
  }

  // What these tests are made of.

  private static Fate take(Gauntlet gauntlet, String json, int allocatedAByte) {
    byte[] bytes = json.getBytes(UTF_8);
    return take(gauntlet, bytes, bytes.length, allocatedAByte);
  }

  /** Takes one record, and a good one behind it. */
  private static Fate take(Gauntlet gauntlet, Object value, int size, int allocatedAByte) {
    return assertTimeoutPreemptively(
        BOUND,
        () -> {
          Fate fate = gauntlet.take(value);
          if (Boolean.getBoolean("hostile.figures")) {
            System.out.printf(
                "HOSTILE %s size=%d ms=%d allocated=%d perByte=%.1f samples=%d %s%n",
                new Throwable().getStackTrace()[0],
                size,
                fate.nanos() / 1_000_000,
                fate.allocated(),
                fate.allocated() / (double) size,
                fate.samples(),
                fate.reasons().stream().limit(1).toList());
          }
          assertThat(fate.allocated()).isLessThan(4L * MILLION + (long) allocatedAByte * size);
          assertThat(gauntlet.committed()).isEqualTo(gauntlet.taken());
          return fate;
        });
  }

  private static String withPoint(String point) {
    return GOOD.replace("[1,2]", point);
  }

  private static String flow(String field, String value) {
    return "{\"source_ip\":\"192.0.2.1\",\"dest_ip\":\"192.0.2.2\",\"source_port\":1,"
        + "\"dest_port\":2,\"protocol\":\"tcp\",\"timestamp\":3,\"value\":4,\""
        + field
        + "\":"
        + value
        + "}";
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] inserted(String text, int at, byte[] insertion) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + insertion.length);
    System.arraycopy(insertion, 0, longer, at, insertion.length);
    System.arraycopy(bytes, at, longer, at + insertion.length, bytes.length - at);
    return longer;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(compressed)) {
      stream.write(bytes);
    }
    return compressed.toByteArray();
  }

  /** So many millions of blanks. */
  private static byte[] bomb(int millions) throws IOException {
    byte[] blanks = " ".repeat(MILLION).getBytes(UTF_8);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(compressed)) {
      for (int million = 0; million < millions; million++) {
        stream.write(blanks);
      }
    }
    return compressed.toByteArray();
  }
}
