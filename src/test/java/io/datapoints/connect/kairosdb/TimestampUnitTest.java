package io.datapoints.connect.kairosdb;

import static io.datapoints.connect.mapping.TimestampUnit.ISO8601;
import static io.datapoints.connect.mapping.TimestampUnit.MS;
import static io.datapoints.connect.mapping.TimestampUnit.NS;
import static io.datapoints.connect.mapping.TimestampUnit.S;
import static io.datapoints.connect.mapping.TimestampUnit.US;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Timestamps in each unit, from JSON and from converters, in all places where one can stand. */
class TimestampUnitTest {

  private static final Schema TAGS =
      SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "S | 1700000000 | 1700000000000",
        "S | 1700000000.5 | 1700000000500",
        "S | 1700000000.1239 | 1700000000123",
        "S | 1.7e9 | 1700000000000",
        "S | '1700000000.25' | 1700000000250",
        "S | -1 | -1000",
        "S | -0.0001 | -1",
        "S | 0 | 0",
        "MS | 1700000000123 | 1700000000123",
        "US | 1700000000123999 | 1700000000123",
        "US | '1700000000123999' | 1700000000123",
        "US | -1 | -1",
        "NS | 1700000000123999999 | 1700000000123",
        "NS | -1 | -1",
        "ISO8601 | '2023-11-14T22:13:20Z' | 1700000000000",
        "ISO8601 | '2023-11-14T23:13:20.1239+01:00' | 1700000000123",
        "ISO8601 | '1969-12-31T23:59:59.9999Z' | -1",
      })
  void countsInTheUnit(TimestampUnit unit, String time, long millis) {
    Reading reading = Reading.in(unit);
    for (String json : List.of(field("timestamp", time), field("time", time), element(time))) {
      assertThat(reading.of(json).described())
          .as(json)
          .containsExactly("m{h=a} " + millis + " long 1");
      assertThat(reading.reasons).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "S | 'x' | must be a number of seconds since the epoch.",
        "S | true | must be a number of seconds since the epoch.",
        "S | {} | must be a number of seconds since the epoch.",
        "S | '2023-11-14T22:13:20Z' | must be a number of seconds since the epoch.",
        "S | 1e300 | is out of the range of 64-bit integers.",
        "US | 1.5 | must be a whole number of microseconds since the epoch.",
        "NS | 18446744073709551615 | is out of the range of 64-bit integers.",
        "ISO8601 | 1700000000 | must be a date and time in ISO 8601 with an offset from UTC.",
        "ISO8601 | '2023-11-14T22:13:20' | must have an offset from UTC, such as Z or +01:00,"
            + " unless timestamp.zone is set.",
        "MS | '2023-11-14T22:13:20Z' | is not a long.",
        "MS | 18446744073709551615 | is not a long.",
        "MS | 1e300 | is not a long.",
      })
  void saysWhatATimeOfTheUnitIs(TimestampUnit unit, String time, String rule) {
    Reading reading = Reading.in(unit);
    assertThat(reading.of(field("time", time)).reasons)
        .containsExactly("metric[0](name=m).time " + rule);
    assertThat(reading.points).isEmpty();
    assertThat(reading.of(element(time)).reasons)
        .containsExactly("metric[0](name=m).datapoints[0].timestamp " + rule);
    assertThat(reading.points).isEmpty();
  }

  @Test
  void readsTextsWithoutAnOffsetInTheZone() {
    Reading reading = Reading.in(new Times(ISO8601, ZoneId.of("+01:00")));
    for (String time : List.of("'2023-11-14T23:13:20'", "'2023-11-14T22:13:20Z'")) {
      assertThat(reading.of(element(time)).described())
          .as(time)
          .containsExactly("m{h=a} 1700000000000 long 1");
    }
  }

  @Test
  void readsNumbersOfConvertersInTheUnit() {
    for (Object time :
        new Object[] {1700000000L, 1700000000, 1.7e9, new BigDecimal("1700000000.0")}) {
      assertThat(Reading.in(S).of(metric(time)).described())
          .as("%s", time)
          .containsExactly("m{h=a} 1700000000000 long 1", "m{h=a} 1700000000000 long 2");
    }
    assertThat(Reading.in(NS).of(metric(1.5)).reasons)
        .containsExactly(
            "metric[0](name=m).timestamp must be a whole number of nanoseconds since the epoch.");
  }

  private static Map<String, Object> metric(Object time) {
    return Map.of(
        "name",
        "m",
        "tags",
        Map.of("h", "a"),
        "timestamp",
        time,
        "value",
        1,
        "datapoints",
        List.of(List.of(time, 2)));
  }

  /** What is a time by its class or its schema needs no unit. */
  @ParameterizedTest
  @EnumSource
  void takesTimesOfConvertersWhateverTheUnit(TimestampUnit unit) {
    Date date = Date.from(Instant.ofEpochMilli(1_700_000_000_123L));
    Reading reading = Reading.in(unit);
    assertThat(reading.of(metric(date)).described())
        .containsExactly("m{h=a} 1700000000123 long 1", "m{h=a} 1700000000123 long 2");
    assertTime(reading, Timestamp.SCHEMA, date, 1_700_000_000_123L);
    assertTime(reading, debezium("Date", Schema.Type.INT32), 20_454, 1_767_225_600_000L);
    assertTime(
        reading, debezium("Timestamp", Schema.Type.INT64), 1_700_000_000_123L, 1_700_000_000_123L);
    assertTime(
        reading,
        debezium("MicroTimestamp", Schema.Type.INT64),
        1_700_000_000_123_999L,
        1_700_000_000_123L);
    assertTime(
        reading,
        debezium("NanoTimestamp", Schema.Type.INT64),
        1_700_000_000_123_999_999L,
        1_700_000_000_123L);
    assertTime(
        reading,
        debezium("ZonedTimestamp", Schema.Type.STRING),
        "2023-11-14T23:13:20.123999+01:00",
        1_700_000_000_123L);
  }

  private static Schema debezium(String name, Schema.Type type) {
    return SchemaBuilder.type(type).name("io.debezium.time." + name).version(1).build();
  }

  private static void assertTime(Reading reading, Schema type, Object time, long millis) {
    assertThat(reading.of(timed(type, time)).described())
        .as(type.name())
        .containsExactly("m{h=a} " + millis + " long 1");
    Schema union =
        SchemaBuilder.struct()
            .field("long", SchemaBuilder.int64().optional().build())
            .field("time", optional(type))
            .name("io.confluent.connect.avro.Union")
            .build();
    assertThat(reading.of(timed(union, new Struct(union).put("time", time))).described())
        .as("union of %s", type.name())
        .containsExactly("m{h=a} " + millis + " long 1");
  }

  private static Schema optional(Schema type) {
    return SchemaBuilder.type(type.type()).name(type.name()).optional().build();
  }

  private static Struct timed(Schema type, Object time) {
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("tags", TAGS)
            .field("timestamp", type)
            .field("value", Schema.INT32_SCHEMA)
            .build();
    return new Struct(schema)
        .put("name", "m")
        .put("tags", Map.of("h", "a"))
        .put("timestamp", time)
        .put("value", 1);
  }

  @Test
  void refusesATimeOfDayForAPointInTime() {
    Date noon = Date.from(Instant.ofEpochMilli(43_200_000));
    assertThat(Reading.in(MS).of(timed(Time.SCHEMA, noon)).reasons)
        .containsExactly("metric[0](name=m).timestamp is not a long.");
    assertThat(Reading.in(US).of(timed(debezium("MicroTime", Schema.Type.INT64), 5L)).reasons)
        .containsExactly(
            "metric[0](name=m).timestamp must be a whole number of microseconds since the epoch.");
    assertThat(
            Reading.in(ISO8601)
                .of(timed(debezium("ZonedTimestamp", Schema.Type.STRING), "yesterday"))
                .reasons)
        .hasSize(1);
  }

  private static String field(String name, String time) {
    return "{'name':'m','tags':{'h':'a'},'value':1,'" + name + "':" + time + "}";
  }

  private static String element(String time) {
    return "{'name':'m','tags':{'h':'a'},'datapoints':[[" + time + ",1]]}";
  }
}
