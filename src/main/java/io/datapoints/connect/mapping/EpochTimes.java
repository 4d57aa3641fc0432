package io.datapoints.connect.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value as a point in time: a number since the epoch in the unit of the settings, also one
 * written as a text, or a text in ISO 8601 with an offset from UTC, or a date, which is its start
 * in UTC. Only seconds may have a fraction: in another unit it would be a sign of a wrong setting.
 */
final class EpochTimes {

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .parseLenient()
          .appendOffset("+HH", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final int MAX_ISO_CHARS = 64;
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");
  private static final int MAX_DIGITS = 40;
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final @Nullable ChronoUnit unit;

  /**
   * @param unit seconds, milliseconds, microseconds or nanoseconds; null when numbers are no times
   */
  EpochTimes(@Nullable ChronoUnit unit) {
    this.unit = unit;
  }

  /** What stands in a reason for all that is read here. */
  String rule() {
    String iso = "a text in ISO 8601 with an offset from UTC, or a date";
    return unit == null
        ? iso
        : "a "
            + (unit == ChronoUnit.SECONDS ? "" : "whole ")
            + "number of "
            + unit.name().toLowerCase(Locale.ROOT)
            + " since the epoch, "
            + iso;
  }

  /** The point in time, or null for what is none. */
  @Nullable Instant read(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    try {
      if (value instanceof Number number) {
        return number(number);
      }
      if (value instanceof LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return value instanceof String text ? text(text) : null;
    } catch (ArithmeticException | DateTimeException outOfRange) {
      return null;
    }
  }

  private @Nullable Instant text(String text) {
    if (text.length() > MAX_ISO_CHARS) {
      return null;
    }
    if (NUMBER.matcher(text).matches()) {
      return number(new BigDecimal(text));
    }
    return text.length() == "2000-01-01".length()
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text, ISO).toInstant();
  }

  private @Nullable Instant number(Number number) {
    if (unit == null) {
      return null;
    }
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return whole(number.longValue(), unit);
    }
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      return Double.isFinite(value) ? decimal(BigDecimal.valueOf(value), unit) : null;
    }
    if (number instanceof BigInteger integer) {
      return decimal(new BigDecimal(integer), unit);
    }
    return number instanceof BigDecimal decimal ? decimal(decimal, unit) : null;
  }

  private static Instant whole(long units, ChronoUnit unit) {
    return switch (unit) {
      case SECONDS -> Instant.ofEpochSecond(units);
      case MILLIS -> Instant.ofEpochMilli(units);
      case MICROS ->
          Instant.ofEpochSecond(
              Math.floorDiv(units, 1_000_000L), Math.floorMod(units, 1_000_000L) * 1_000L);
      default ->
          Instant.ofEpochSecond(
              Math.floorDiv(units, NANOS_A_SECOND), Math.floorMod(units, NANOS_A_SECOND));
    };
  }

  /** A number of many digits or a large exponent is no time, and costly to convert. */
  private static @Nullable Instant decimal(BigDecimal units, ChronoUnit unit) {
    if (units.precision() > MAX_DIGITS
        || Math.abs((long) units.precision() - units.scale()) > MAX_DIGITS) {
      return null;
    }
    if (unit != ChronoUnit.SECONDS) {
      return whole(units.longValueExact(), unit);
    }
    BigDecimal seconds = units.setScale(0, RoundingMode.FLOOR);
    BigDecimal nanos = units.subtract(seconds).scaleByPowerOfTen(9);
    return Instant.ofEpochSecond(seconds.longValueExact(), nanos.longValue());
  }
}
