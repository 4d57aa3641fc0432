package io.datapoints.connect.store.cassandra.codec;

import io.datapoints.connect.config.setting.TimestampUnit;
import io.datapoints.connect.model.InvalidValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Values as times. A number counts in a unit; a text is ISO 8601, in UTC unless it says otherwise,
 * or a number.
 *
 * @param unit what numbers count
 */
record Times(TimestampUnit unit) {

  private static final String RANGE = "is out of the range of the type";
  private static final int MILLI_DIGITS = 3;
  private static final int NANO_DIGITS = 9;

  /** As {@code 2026-11-21T12:30:00.5+01:00}, with a space for the T and parts left out at will. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  /** Milliseconds since the epoch. */
  long millis(Object value) {
    if (value instanceof Number) {
      return Numbers.scaled(value, MILLI_DIGITS - unitDigits());
    }
    try {
      if (value instanceof Instant instant) {
        return instant.toEpochMilli();
      }
      if (value instanceof LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      }
      if (value instanceof String text) {
        return looksLikeNumber(text)
            ? Numbers.scaled(Numbers.decimal(text), MILLI_DIGITS - unitDigits())
            : instant(text).toEpochMilli();
      }
    } catch (ArithmeticException e) {
      throw new InvalidValue(RANGE);
    }
    throw new InvalidValue("must be a time: a number or a text");
  }

  /** Days since the epoch, of the date in UTC. */
  int days(Object value) {
    long days =
        value instanceof LocalDate date
            ? date.toEpochDay()
            : Math.floorDiv(millis(value), 86_400_000L);
    if (days != (int) days) {
      throw new InvalidValue(RANGE);
    }
    return (int) days;
  }

  /** Nanoseconds since midnight. */
  long nanosOfDay(Object value) {
    if (value instanceof LocalTime time) {
      return time.toNanoOfDay();
    }
    if (value instanceof String text && !looksLikeNumber(text)) {
      try {
        return LocalTime.parse(text).toNanoOfDay();
      } catch (DateTimeException e) {
        throw new InvalidValue("must be a time of day as in 12:30:00.5");
      }
    }
    if (value instanceof Number || value instanceof String) {
      long nanos = Numbers.scaled(value, NANO_DIGITS - unitDigits());
      if (nanos < 0 || nanos > LocalTime.MAX.toNanoOfDay()) {
        throw new InvalidValue("must lie within a day");
      }
      return nanos;
    }
    throw new InvalidValue("must be a time of day: a number or a text");
  }

  /** A point in time as a number of its unit; anything else as it is. */
  Object asNumber(Object value) {
    if (!(value instanceof Instant instant)) {
      return value;
    }
    try {
      int digits = unit == TimestampUnit.ISO8601 ? MILLI_DIGITS : unitDigits();
      long nanos = instant.getNano();
      long coarse = Numbers.scaled(nanos, digits - NANO_DIGITS);
      return Math.addExact(Numbers.scaled(instant.getEpochSecond(), digits), coarse);
    } catch (ArithmeticException e) {
      throw new InvalidValue(RANGE);
    }
  }

  private int unitDigits() {
    return switch (unit) {
      case S -> 0;
      case MS -> MILLI_DIGITS;
      case US -> 6;
      case NS -> NANO_DIGITS;
      case ISO8601 -> throw new InvalidValue("must be a text, since timeUnit is iso8601");
    };
  }

  /** A date has a hyphen behind its year, a time of day has colons. */
  private static boolean looksLikeNumber(String text) {
    return text.indexOf('-', 1) < 0 && text.indexOf(':') < 0;
  }

  private static Instant instant(String text) {
    try {
      TemporalAccessor parsed =
          ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (parsed instanceof OffsetDateTime time) {
        return time.toInstant();
      }
      return parsed instanceof LocalDateTime time
          ? time.toInstant(ZoneOffset.UTC)
          : ((LocalDate) parsed).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidValue("must be an ISO 8601 time or a number");
    }
  }
}
