package io.datapoints.connect.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.mapping.parser.MappingParser;
import io.datapoints.connect.model.BsonValue;
import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.WrittenValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions come to; {@code value.x} is the value that is given. */
class MappingEvaluatorTest {

  private static final Instant NOW = Instant.parse("2026-11-21T18:00:00.123456789Z");

  private static MappingEvaluator evaluator(String mapping, TimestampUnit unit) {
    return evaluator(MappingParser.parse(mapping), new PathSlots(), unit);
  }

  private static MappingEvaluator evaluator(Mapping mapping, PathSlots slots, TimestampUnit unit) {
    return evaluator(mapping, slots, new Times(unit, null));
  }

  private static MappingEvaluator evaluator(Mapping mapping, PathSlots slots, Times times) {
    List<String> labels =
        mapping.assignments().stream().map(each -> "column " + each.column() + ":").toList();
    return new MappingEvaluator(mapping, labels, slots, times, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** The values, or the first of the problems. */
  private static List<@Nullable Object> values(
      MappingEvaluator evaluator, @Nullable Object... slots) {
    List<InvalidValue> problems = new ArrayList<>();
    List<@Nullable Object> values = Arrays.asList(evaluator.values(slots, false, problems));
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
    return values;
  }

  private static @Nullable Object of(
      String expression, @Nullable Object value, TimestampUnit unit) {
    return values(evaluator("c=" + expression, unit), value).get(0);
  }

  private static @Nullable Object of(String expression, @Nullable Object value, Times times) {
    Mapping mapping = MappingParser.parse("c=" + expression);
    return values(evaluator(mapping, new PathSlots(), times), value).get(0);
  }

  private static @Nullable Object of(String expression, @Nullable Object value) {
    return of(expression, value, TimestampUnit.MS);
  }

  @Test
  void pathsAreSharedByAllThatNeedThem() {
    PathSlots slots = new PathSlots();
    Mapping mapping = MappingParser.parse("a=value.x, b=lower(value.x), c=coalesce(key, value.y)");
    MappingEvaluator evaluator = evaluator(mapping, slots, TimestampUnit.ISO8601);

    assertThat(slots.paths()).hasSize(3);
    assertThat(values(evaluator, "X", null, 7L)).containsExactly("X", "x", 7L);
  }

  @Test
  void whatIsNoValueStaysWhatItIs() {
    for (String function :
        List.of(
            "%s",
            "coalesce(%s)",
            "lower(%s)",
            "text(%s)",
            "hash(%s, 4)",
            "json(%s)",
            "date(%s)",
            "bucket(%s, 'day')")) {
      assertThat(of(function.formatted("value.x"), null)).isNull();
      assertThat(of(function.formatted("value.x"), MappedRecord.MISSING))
          .isSameAs(MappedRecord.MISSING);
    }
    assertThat(coalesced(MappedRecord.MISSING, 1L)).isEqualTo(1L);
    assertThat(coalesced(null, MappedRecord.MISSING)).isNull();
    assertThat(coalesced(MappedRecord.MISSING, null)).isNull();
    assertThat(coalesced(MappedRecord.MISSING, MappedRecord.MISSING))
        .isSameAs(MappedRecord.MISSING);
    assertThat(of("coalesce(value.x, null)", MappedRecord.MISSING)).isSameAs(MappedRecord.NULL);
    assertThat(
            evaluator("* = value.x", TimestampUnit.ISO8601)
                .rest(new Object[] {MappedRecord.MISSING}))
        .isNull();
  }

  private static @Nullable Object coalesced(@Nullable Object... values) {
    return values(evaluator("c=coalesce(value.x, value.y)", TimestampUnit.ISO8601), values).get(0);
  }

  @Test
  void aNullIsNullAndALiteralNullIsOneToWrite() {
    assertThat(of("value.x", null)).isNull();
    assertThat(of("null", null)).isSameAs(MappedRecord.NULL);
    assertThat(of("coalesce(value.x, null)", null)).isSameAs(MappedRecord.NULL);
    assertThat(of("coalesce(value.x, null)", 5L)).isEqualTo(5L);
    assertThat(of("coalesce(value.x, null, 'last')", null)).isEqualTo("last");
    assertThat(of("coalesce(value.x)", null)).isNull();
    for (String function :
        List.of("lower(%s)", "hash(%s, 4)", "json(%s)", "date(%s)", "bucket(%s, 'day')")) {
      assertThat(of(function.formatted("value.x"), null)).isNull();
      assertThat(of(function.formatted("coalesce(value.x, null)"), null))
          .isSameAs(MappedRecord.NULL);
    }
  }

  @Test
  void nowAndUuidAreMadeForEachRecord() {
    assertThat(of("now()", null)).isEqualTo(NOW);
    assertThat(of("uuid()", null)).isInstanceOf(UUID.class).isNotEqualTo(of("uuid()", null));
  }

  @Test
  void lowerIsTheSameEverywhere() {
    assertThat(of("lower(value.x)", "TITLE \u0130")).isEqualTo("title i\u0307");
    assertThatThrownBy(() -> of("lower(value.x)", 5L))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("column c: lower takes a text");
  }

  @Test
  void textIsMadeOfBytesAndOfSingleValues() {
    assertThat(of("text(value.x)", ByteBuffer.wrap("h\u00f6".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("h\u00f6");
    assertThat(of("text(value.x)", 5L)).isEqualTo("5");
    assertThatThrownBy(() -> of("text(value.x)", ByteBuffer.wrap(new byte[] {(byte) 0xFF})))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("column c: text takes bytes that are UTF-8");
    assertThatThrownBy(() -> of("text(value.x)", List.of(1)))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("json() is for objects and lists");
  }

  @ParameterizedTest
  @CsvSource({
    "minute, 2024-02-29T23:59:00Z",
    "hour, 2024-02-29T23:00:00Z",
    "day, 2024-02-29T00:00:00Z",
    "week, 2024-02-26T00:00:00Z",
    "month, 2024-02-01T00:00:00Z",
    "year, 2024-01-01T00:00:00Z",
  })
  void bucketsStartInUtcAndWeeksOnMondays(String unit, Instant start) {
    String bucket = "bucket(value.x, '" + unit + "')";
    Instant time = Instant.parse("2024-02-29T23:59:59.999Z");
    assertThat(of(bucket, time)).isEqualTo(start);
    assertThat(of(bucket, time.toEpochMilli())).isEqualTo(start);
    assertThat(of(bucket, "2024-03-01T00:59:59.999+01:00")).isEqualTo(start);
    assertThat(of(bucket, start)).isEqualTo(start);
  }

  @Test
  void bucketsBeforeTheEpochStartBeforeIt() {
    assertThat(of("bucket(value.x, 'day')", -1L)).isEqualTo(Instant.parse("1969-12-31T00:00:00Z"));
    assertThat(of("bucket(value.x, 'week')", -1L)).isEqualTo(Instant.parse("1969-12-29T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "S, 1700000000, 2023-11-14T22:13:20Z",
    "S, 1700000000.123456789, 2023-11-14T22:13:20.123456789Z",
    "S, -0.5, 1969-12-31T23:59:59.500Z",
    "MS, 1700000000123, 2023-11-14T22:13:20.123Z",
    "US, 1700000000123456, 2023-11-14T22:13:20.123456Z",
    "US, -1, 1969-12-31T23:59:59.999999Z",
    "NS, 1700000000123456789, 2023-11-14T22:13:20.123456789Z",
    "MS, 1.7E12, 2023-11-14T22:13:20Z",
  })
  void numbersAreTimesInTheUnitOfTheSettings(TimestampUnit unit, String number, Instant time) {
    assertThat(of("date(value.x)", new BigDecimal(number), unit)).isEqualTo(time);
    if (!number.contains("E")) {
      assertThat(of("date(value.x)", number, unit)).isEqualTo(time);
    }
    if (!number.contains(".")) {
      assertThat(of("date(value.x)", Long.parseLong(number), unit)).isEqualTo(time);
      assertThat(of("date(value.x)", new BigInteger(number), unit)).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29T12:00:00Z, 2024-02-29T12:00:00Z",
    "2024-02-29t12:00z, 2024-02-29T12:00:00Z",
    "2024-02-29T12:00:00.5+0530, 2024-02-29T06:30:00.500Z",
    "2024-02-29T12:00:00-08, 2024-02-29T20:00:00Z",
    "2024-02-29, 2024-02-29T00:00:00Z",
  })
  void isoTextsAreTimesInAnyUnit(String text, Instant time) {
    for (TimestampUnit unit : List.of(TimestampUnit.ISO8601, TimestampUnit.S, TimestampUnit.NS)) {
      assertThat(of("date(value.x)", text, unit)).isEqualTo(time);
    }
  }

  @Test
  void connectsOwnTimesAreTakenAsTheyAre() {
    assertThat(of("date(value.x)", NOW, TimestampUnit.ISO8601)).isEqualTo(NOW);
    assertThat(of("date(value.x)", LocalDate.of(2024, 2, 29), TimestampUnit.ISO8601))
        .isEqualTo(Instant.parse("2024-02-29T00:00:00Z"));
  }

  @Test
  void whatIsNoTimeIsRefusedWithTheRuleAndWithoutTheValue() {
    for (Object value :
        new Object[] {
          "secret",
          "2024-02-30",
          "",
          true,
          List.of(),
          Map.of(),
          LocalTime.NOON,
          new WrittenValue(5L, Duration.ofMillis(5))
        }) {
      assertThatThrownBy(() -> of("bucket(value.x, 'day')", value))
          .isInstanceOf(InvalidValue.class)
          .hasMessage(
              "column c: must be a time: a number, or a text in ISO 8601 with an offset from UTC");
    }
    for (Object value :
        new Object[] {
          Double.NaN,
          new BigDecimal("1e999999999"),
          new BigDecimal("1e-999999999"),
          BigInteger.ONE.shiftLeft(70),
          "9".repeat(40)
        }) {
      assertThatThrownBy(() -> of("date(value.x)", value)).isInstanceOf(InvalidValue.class);
    }
    assertThatThrownBy(() -> of("date(value.x)", 5L, TimestampUnit.ISO8601))
        .hasMessage("column c: must be a text, since timeUnit is iso8601");
    assertThatThrownBy(() -> of("date(value.x)", Long.MAX_VALUE, TimestampUnit.S))
        .isInstanceOf(InvalidValue.class);
  }

  @Test
  void aCallMayHaveAUnitOfItsOwn() {
    assertThat(of("date(value.x, 'us')", 1_500_000L)).isEqualTo(Instant.ofEpochMilli(1500));
    assertThat(of("bucket(value.x, 'minute', 's')", 61)).isEqualTo(Instant.ofEpochSecond(60));
    assertThat(of("time(value.x, 'iso8601')", "2024-02-29T12:00:00Z"))
        .isEqualTo(Instant.parse("2024-02-29T12:00:00Z"));
  }

  @Test
  void aTimeWithoutAnOffsetNeedsAZone() {
    String local = "2024-07-01 12:00:00";
    for (String call : List.of("date(value.x)", "bucket(value.x, 'minute')")) {
      assertThatThrownBy(() -> of(call, local))
          .hasMessage(
              "column c: must have an offset from UTC, such as Z or +01:00, unless timestamp.zone"
                  + " is set");
      assertThat(of(call, local, new Times(TimestampUnit.MS, ZoneId.of("Europe/Berlin"))))
          .isEqualTo(Instant.parse("2024-07-01T10:00:00Z"));
    }
    assertThat(
            of(
                "time(value.x)",
                "2024-07-01T12:00:00",
                new Times(TimestampUnit.ISO8601, ZoneId.of("+02:00"))))
        .isEqualTo(Instant.parse("2024-07-01T10:00:00Z"));
  }

  @Test
  void aTimeBeyondTheCalendarHasNoBucket() {
    assertThatThrownBy(() -> of("bucket(value.x, 'week')", Instant.MIN))
        .isInstanceOf(InvalidValue.class);
  }

  @Test
  void jsonKeepsWhatWasRead() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("a", Arrays.asList(1L, 1.5, new BigDecimal("1.50"), null, true));
    object.put("b", Map.of("c", "d\"\n"));
    object.put("e", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    object.put("f", NOW);
    object.put("g", new BigInteger("18446744073709551616"));
    object.put("h", Double.NaN);

    assertThat(of("json(value.x)", object))
        .isEqualTo(
            "{\"a\":[1,1.5,1.50,null,true],\"b\":{\"c\":\"d\\\"\\n\"},\"e\":\"AQID\","
                + "\"f\":\"2026-11-21T18:00:00.123456789Z\",\"g\":18446744073709551616,"
                + "\"h\":\"NaN\"}");
    assertThat(of("json(value.x)", "text")).isEqualTo("\"text\"");
    assertThat(of("json(value.x)", 7)).isEqualTo("7");
  }

  @Test
  void theRestIsAllFieldsButTheExceptedAndThoseThatAreAssigned() {
    MappingEvaluator evaluator = evaluator("a = key, * = value except (b)", TimestampUnit.ISO8601);
    Map<String, Object> value = Map.of("a", 1L, "b", 2L, "c", 3L);

    assertThat(evaluator.rest(new Object[] {"k", value})).isEqualTo(Map.of("c", 3L));
    assertThat(evaluator.rest(new Object[] {"k", null})).isNull();
    assertThatThrownBy(() -> evaluator.rest(new Object[] {"k", "text"}))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("* takes an object");
    assertThat(evaluator("a = key", TimestampUnit.ISO8601).rest(new Object[] {"k"})).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "ip(value.x), 2001:DB8::0001, 2001:db8::1",
    "port(value.x), 0443, 443",
    "protocol(value.x), TCP, TCP",
    "'protocol(value.x, ''name'')', TCP, tcp",
    "'protocol(value.x, ''name'')', 6, tcp",
    "number(value.x), -.5e1, -5.0",
    "time(value.x), 1700000000123.0, 2023-11-14T22:13:20.123Z",
  })
  void theFunctionsOfNetworksTakeTexts(String expression, String text, String value) {
    assertThat(of(expression, text)).hasToString(value);
  }

  @Test
  void aPortIsAnIntAndANumberADouble() {
    assertThat(of("port(value.x)", 443.0)).isEqualTo(443);
    assertThat(of("number(value.x)", 443L)).isEqualTo(443.0);
  }

  @ParameterizedTest
  @CsvSource({
    "ip(value.x), secret, ADDRESS, must be an IP address",
    "port(value.x), secret, PORT, must be a whole number from 0 to 65535",
    "number(value.x), NaN, VALUE, must be a finite number",
    "time(value.x), 2024-02-29T12:00:00Z, TIMESTAMP, must be a whole number of milliseconds since"
        + " the epoch",
    "required(ip(value.x)), , ADDRESS, is missing or null",
    "required(value.x), , MAPPING, is missing or null",
  })
  void theyNameTheRuleThatAValueBreaks(
      String expression, @Nullable String text, Rule rule, String problem) {
    assertThatThrownBy(() -> of(expression, text))
        .hasMessage("column c: " + problem)
        .isInstanceOfSatisfying(InvalidValue.class, e -> assertThat(e.rule()).isEqualTo(rule));
  }

  @Test
  void aDecimalIsOneWhateverItsDigitsAndHoweverItIsWritten() {
    for (Object value : List.of(1.5, 1.5f, "1.5", new BigDecimal("1.5"))) {
      assertThat(of("decimal(value.x)", value))
          .isInstanceOf(DecimalValue.class)
          .isEqualTo(new BigDecimal("1.5"));
    }
    assertThat(of("decimal(value.x)", 0.1f)).isEqualTo(new BigDecimal("0.1"));
    assertThat(of("decimal(value.x)", "19.90")).isEqualTo(new BigDecimal("19.90"));
    assertThat(of("decimal(value.x)", 7)).isEqualTo(new BigDecimal(7));
    for (Object value : List.of("secret", Double.NaN, true, List.of(1))) {
      assertThatThrownBy(() -> of("decimal(value.x)", value))
          .hasMessage("column c: must be a finite number");
    }
  }

  @Test
  void idsAreOfTheirTexts() {
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    assertThat(of("uuid(value.x)", "00112233445566778899AABBCCDDEEFF")).isEqualTo(uuid);
    assertThat(of("objectid(value.x)", "65a1b2c3d4e5f60718293a4b"))
        .isInstanceOf(BsonValue.class)
        .hasToString("65a1b2c3d4e5f60718293a4b");
    assertThatThrownBy(() -> of("objectid(value.x)", "secret"))
        .hasMessage("column c: must be the 24 hexadecimal digits of an ObjectId");
    for (String function : List.of("uuid(%s)", "objectid(%s)", "decimal(%s)", "ejson(%s)")) {
      assertThat(of(function.formatted("value.x"), null)).isNull();
      assertThat(of(function.formatted("value.x"), MappedRecord.MISSING))
          .isSameAs(MappedRecord.MISSING);
    }
  }

  @Test
  void extendedJsonIsReadWhereItIsAskedFor() {
    Map<String, Object> date = Map.of("$date", 0L);
    assertThat(of("value.x", date)).isEqualTo(date);
    assertThat(of("ejson(value.x)", date)).isEqualTo(Instant.EPOCH);
    assertThat(of("bucket(ejson(value.x), 'day')", date)).isEqualTo(Instant.EPOCH);
    assertThat(
            evaluator("* = ejson(value.x) except (b)", TimestampUnit.MS)
                .rest(new Object[] {Map.of("a", date, "b", 1L)}))
        .isEqualTo(Map.of("a", Instant.EPOCH));
    assertThatThrownBy(
            () ->
                evaluator("* = ejson(value.x)", TimestampUnit.MS)
                    .rest(new Object[] {Map.of("a", Map.of("$oid", "secret"))}))
        .hasMessage("* field 0 must be the 24 hexadecimal digits of an ObjectId");
    assertThatThrownBy(() -> of("ejson(value.x)", List.of(Map.of("$oid", "secret"))))
        .hasMessage("column c: element 0 must be the 24 hexadecimal digits of an ObjectId");
  }

  @Test
  void nothingIsRequiredOfARecordWithoutAValue() {
    List<InvalidValue> problems = new ArrayList<>();
    assertThat(
            evaluator("c=required(value.x)", TimestampUnit.MS)
                .values(new Object[] {MappedRecord.MISSING}, true, problems))
        .containsExactly(MappedRecord.MISSING);
    assertThat(problems).isEmpty();
  }

  @Test
  void whatCouldNotBeReadIsNoValueOfAnyFunction() {
    InvalidValue unreadable = new InvalidValue("has no counterpart");
    for (String function : List.of("%s", "text(%s)", "json(%s)", "hash(%s, 4)", "coalesce(%s)")) {
      assertThatThrownBy(() -> of(function.formatted("value.x"), unreadable))
          .hasMessage("column c: has no counterpart");
    }
    assertThatThrownBy(() -> of("port(value.x)", unreadable))
        .hasMessage("column c: must be a whole number from 0 to 65535");
  }
}
