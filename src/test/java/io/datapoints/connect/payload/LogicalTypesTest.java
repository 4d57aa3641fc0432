package io.datapoints.connect.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.WrittenValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edges of the types; the page of the forms of values has each of them once. */
class LogicalTypesTest {

  private static Object meaning(String name, Schema.Type type, Object value) {
    return LogicalTypes.meaning(value, new SchemaBuilder(type).name(name).build());
  }

  private static Object time(String name, long count) {
    return ((WrittenValue) meaning("io.debezium.time." + name, Schema.Type.INT64, count)).meaning();
  }

  @Test
  void timesBeforeTheEpochAreRoundedToNothing() {
    assertThat(time("MicroTimestamp", -1)).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    assertThat(time("NanoTimestamp", -1)).isEqualTo(Instant.EPOCH.minusNanos(1));
    assertThat(time("Date", -1)).isEqualTo(LocalDate.of(1969, 12, 31));
    assertThat(time("MicroTimestamp", Long.MIN_VALUE)).isInstanceOf(Instant.class);
  }

  @Test
  void aTimeOfDayThatNoDayHasIsASpan() {
    assertThat(time("MicroTime", 86_399_999_999L)).isEqualTo(LocalTime.MAX.minusNanos(999));
    assertThat(time("MicroTime", 86_400_000_000L)).isEqualTo(Duration.ofDays(1));
    assertThat(time("Time", -1)).isEqualTo(Duration.ofMillis(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "ZonedTimestamp, 2026-11-21T12:00:00",
    "ZonedTimestamp, soon",
    "ZonedTime, 12:00:00",
    "IsoDate, 2026-02-30Z"
  })
  void aTextThatIsNoneOfItsTypeIsInvalid(String name, String text) {
    assertThatThrownBy(() -> meaning("io.debezium.time." + name, Schema.Type.STRING, text))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("is no value that io.debezium.time." + name + " has");
  }

  @Test
  void aYearBeyondTheCalendarIsInvalid() {
    assertThatThrownBy(() -> time("Year", Long.MAX_VALUE)).isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> time("Date", Long.MAX_VALUE)).isInstanceOf(InvalidValue.class);
  }

  @Test
  void otherNamesMeanNothing() {
    assertThat(meaning("io.debezium.time.Other", Schema.Type.INT64, 5L)).isEqualTo(5L);
    assertThat(meaning("org.example.Date", Schema.Type.INT32, 5)).isEqualTo(5);
    assertThat(meaning("io.debezium.time.Date", Schema.Type.STRING, "text")).isEqualTo("text");
  }

  @Test
  void aDecimalNeedsItsDigitsAndItsScale() {
    Schema schema =
        SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", Schema.OPTIONAL_INT32_SCHEMA)
            .field("value", Schema.OPTIONAL_BYTES_SCHEMA)
            .build();
    assertThat(
            LogicalTypes.meaning(
                new Struct(schema).put("scale", -2).put("value", new byte[] {7}), schema))
        .isEqualTo(new BigDecimal("7E+2"));
    Struct none = new Struct(schema);
    assertThat(LogicalTypes.meaning(none, schema)).isSameAs(none);
    assertThatThrownBy(
            () ->
                LogicalTypes.meaning(
                    new Struct(schema).put("scale", 1).put("value", new byte[0]), schema))
        .isInstanceOf(InvalidValue.class);
  }
}
