package io.datapoints.connect.payload;

import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.WrittenValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * What values of Connect mean by the names of their schemas: the logical types of Connect, and the
 * semantic types of Debezium (<a
 * href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html">list</a>).
 * Types that mean no more than what they are, such as {@code io.debezium.data.Json} and {@code
 * Uuid}, stay texts or bytes.
 */
public final class LogicalTypes {

  private static final long MILLIS_A_DAY = 86_400_000;
  private static final long NANOS_A_DAY = 86_400_000_000_000L;
  private static final String TIME = "io.debezium.time.";

  private LogicalTypes() {}

  /**
   * The value itself if its schema says nothing more; an {@link Instant}, {@link LocalDate} or
   * {@link LocalTime} for a time of Connect, a {@link DecimalValue} for a decimal number, otherwise
   * a {@link WrittenValue}.
   *
   * @param schema null if there is none
   * @throws InvalidValue for a value that its type does not have
   */
  @SuppressWarnings("JavaUtilDate") // The class of Connect's own logical types.
  public static Object meaning(Object value, @Nullable Schema schema) {
    String name = schema == null ? null : schema.name();
    if (value instanceof Date date) {
      return ofConnect(date.getTime(), name);
    }
    if (value instanceof BigDecimal number && Decimal.LOGICAL_NAME.equals(name)) {
      return DecimalValue.of(number);
    }
    if (name == null || !name.startsWith("io.debezium.")) {
      return value;
    }
    try {
      return ofDebezium(value, name);
    } catch (DateTimeException | ArithmeticException e) {
      throw new InvalidValue("is no value that " + name + " has");
    }
  }

  private static Object ofConnect(long millis, @Nullable String name) {
    if (org.apache.kafka.connect.data.Date.LOGICAL_NAME.equals(name)) {
      return LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_A_DAY));
    }
    if (org.apache.kafka.connect.data.Time.LOGICAL_NAME.equals(name)) {
      if (millis < 0 || millis >= MILLIS_A_DAY) {
        throw new InvalidValue("has a time of day that no day has");
      }
      return LocalTime.ofNanoOfDay(Math.multiplyExact(millis, 1_000_000L));
    }
    return Instant.ofEpochMilli(millis);
  }

  private static Object ofDebezium(Object value, String name) {
    if (value instanceof Number number) {
      return number(number, name);
    }
    if (value instanceof String text) {
      return text(text, name);
    }
    return value instanceof Struct struct && name.equals("io.debezium.data.VariableScaleDecimal")
        ? decimal(struct)
        : value;
  }

  private static Object number(Number number, String name) {
    long count = number.longValue();
    Object meaning =
        switch (name) {
          case TIME + "Date" -> LocalDate.ofEpochDay(count);
          case TIME + "Timestamp" -> Instant.ofEpochMilli(count);
          case TIME + "MicroTimestamp" -> Instant.EPOCH.plus(count, ChronoUnit.MICROS);
          case TIME + "NanoTimestamp" -> Instant.EPOCH.plusNanos(count);
          case TIME + "Time" -> timeOfDay(Duration.ofMillis(count));
          case TIME + "MicroTime" -> timeOfDay(Duration.of(count, ChronoUnit.MICROS));
          case TIME + "NanoTime" -> timeOfDay(Duration.ofNanos(count));
          case TIME + "MicroDuration" -> Duration.of(count, ChronoUnit.MICROS);
          case TIME + "NanoDuration" -> Duration.ofNanos(count);
          case TIME + "Year" -> Year.of(Math.toIntExact(count));
          default -> number;
        };
    return meaning == number ? number : new WrittenValue(number, meaning);
  }

  /** MySQL's times may be negative or longer than a day: then they are spans of time. */
  private static Object timeOfDay(Duration span) {
    return span.isNegative() || span.compareTo(Duration.ofNanos(NANOS_A_DAY)) >= 0
        ? span
        : LocalTime.ofNanoOfDay(span.toNanos());
  }

  private static Object text(String text, String name) {
    return switch (name) {
      case TIME + "ZonedTimestamp", TIME + "IsoTimestamp" ->
          new WrittenValue(text, OffsetDateTime.parse(text).toInstant());
      case TIME + "ZonedTime", TIME + "IsoTime" ->
          new WrittenValue(
              text, OffsetTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalTime());
      case TIME + "IsoDate" ->
          new WrittenValue(text, LocalDate.parse(text, DateTimeFormatter.ISO_DATE));
      default -> text;
    };
  }

  private static Object decimal(Struct struct) {
    Object scale = struct.schema().field("scale") == null ? null : struct.get("scale");
    Object digits = struct.schema().field("value") == null ? null : struct.get("value");
    if (!(scale instanceof Integer places)) {
      return struct;
    }
    if (digits instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return decimal(bytes, places);
    }
    return digits instanceof byte[] bytes ? decimal(bytes, places) : struct;
  }

  private static BigDecimal decimal(byte[] digits, int scale) {
    if (digits.length == 0) {
      throw new InvalidValue("is a decimal number without digits");
    }
    return DecimalValue.of(new BigDecimal(new BigInteger(digits), scale));
  }
}
