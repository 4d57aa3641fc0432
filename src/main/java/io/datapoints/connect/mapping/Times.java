package io.datapoints.connect.mapping;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.Rule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values as times. There are three degrees of strictness. {@link #strict} takes only the form
 * of the unit. {@link #date} also takes ISO 8601 with an offset from UTC. A column of a table also
 * takes ISO 8601 without an offset, which means UTC, and fractions of any unit.
 *
 * @param unit what numbers count
 */
public record Times(TimestampUnit unit) {

  private static final String RANGE = "is out of the range of the type";
  private static final String INT64 = "is out of the range of 64-bit integers";

  private static final int MILLI_DIGITS = 3;
  private static final int NANO_DIGITS = 9;
  private static final int MAX_ISO_CHARS = 64;

  /** As {@code 2026-11-21T12:30:00.5+01:00}. */
  private static final DateTimeFormatter ISO_WITH_OFFSET =
      offset(
              new DateTimeFormatterBuilder()
                  .parseCaseInsensitive()
                  .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME))
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** The same, but a space may replace the T, and all parts after the date are optional. */
  private static final DateTimeFormatter ISO =
      offset(
              new DateTimeFormatterBuilder()
                  .parseCaseInsensitive()
                  .append(DateTimeFormatter.ISO_LOCAL_DATE)
                  .optionalStart()
                  .appendPattern("['T'][' ']")
                  .append(DateTimeFormatter.ISO_LOCAL_TIME)
                  .optionalStart())
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");

  /** A number with more digits is not a time, and is costly to convert. */
  private static final int MAX_DIGITS = 40;

  /** The minutes of the offset, and all parts after them, are optional. */
  private static DateTimeFormatterBuilder offset(DateTimeFormatterBuilder builder) {
    return builder.parseLenient().appendOffset("+HH", "Z");
  }

  /**
   * A number of the unit, also one written as a text, or with {@link TimestampUnit#ISO8601} a date
   * and time with an offset from UTC. Digits below a millisecond are truncated towards the past.
   * Only seconds may have a fraction: in another unit it is a sign of a wrong setting. A value of a
   * Connect time type is taken whatever the unit.
   */
  public Instant strict(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    return switch (unit) {
      case S -> Instant.ofEpochMilli(seconds(value));
      case MS -> Instant.ofEpochMilli(whole(value));
      case US -> Instant.ofEpochMilli(Math.floorDiv(whole(value), 1_000L));
      case NS -> Instant.ofEpochMilli(Math.floorDiv(whole(value), 1_000_000L));
      case ISO8601 -> iso(value);
    };
  }

  private long whole(Object value) {
    long number = Numbers.strictWhole(value);
    if (number == Numbers.NONE) {
      BigDecimal exact = Numbers.strict(value);
      throw invalid(
          exact != null && exact.stripTrailingZeros().scale() <= 0
              ? INT64
              : "must be a whole number of " + units() + " since the epoch");
    }
    return number;
  }

  private static long seconds(Object value) {
    long seconds = Numbers.strictWhole(value);
    if (seconds != Numbers.NONE && Math.abs(seconds) <= Long.MAX_VALUE / 1_000) {
      return seconds * 1_000;
    }
    BigDecimal exact = Numbers.strict(value);
    if (exact == null) {
      throw invalid("must be a number of seconds since the epoch");
    }
    long millis =
        Numbers.strictWhole(exact.scaleByPowerOfTen(MILLI_DIGITS).setScale(0, RoundingMode.FLOOR));
    if (millis == Numbers.NONE) {
      throw invalid(INT64);
    }
    return millis;
  }

  private static Instant iso(Object value) {
    String text = value instanceof String each && each.length() <= MAX_ISO_CHARS ? each : "";
    try {
      Instant instant = OffsetDateTime.parse(text, ISO_WITH_OFFSET).toInstant();
      return Instant.ofEpochMilli(instant.toEpochMilli());
    } catch (DateTimeException | ArithmeticException notIsoOrBeyondALong) {
      throw invalid(
          isLocal(text)
              ? "must have an offset from UTC, such as Z or +01:00"
              : "must be a date and time in ISO 8601 with an offset from UTC");
    }
  }

  private static boolean isLocal(String text) {
    try {
      DateTimeFormatter.ISO_LOCAL_DATE_TIME.parse(text);
      return true;
    } catch (DateTimeException notLocal) {
      return false;
    }
  }

  private static InvalidValue invalid(String problem) {
    return new InvalidValue(Rule.TIMESTAMP, problem);
  }

  private String units() {
    return switch (unit) {
      case S -> "seconds";
      case MS -> "milliseconds";
      case US -> "microseconds";
      case NS -> "nanoseconds";
      case ISO8601 -> throw new IllegalStateException("a text has no unit");
    };
  }

  /** The values that {@link #date} takes, for a message. */
  String dateRule() {
    String iso = "a text in ISO 8601 with an offset from UTC, or a date";
    return unit == TimestampUnit.ISO8601
        ? iso
        : "a "
            + (unit == TimestampUnit.S ? "" : "whole ")
            + "number of "
            + units()
            + " since the epoch, "
            + iso;
  }

  /**
   * A number of the unit, also one written as a text, a text in ISO 8601 with an offset from UTC,
   * or a date, which is its start in UTC; null for anything else. Only seconds may have a fraction.
   */
  @Nullable Instant date(Object value) {
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
      return value instanceof String text ? date(text) : null;
    } catch (ArithmeticException | DateTimeException outOfRange) {
      return null;
    }
  }

  private @Nullable Instant date(String text) {
    if (text.length() > MAX_ISO_CHARS) {
      return null;
    }
    if (NUMBER.matcher(text).matches()) {
      return number(new BigDecimal(text));
    }
    return text.length() == "2000-01-01".length()
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text, ISO_WITH_OFFSET).toInstant();
  }

  private @Nullable Instant number(Number number) {
    if (unit == TimestampUnit.ISO8601) {
      return null;
    }
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return instant(number.longValue());
    }
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      return Double.isFinite(value) ? decimal(BigDecimal.valueOf(value)) : null;
    }
    if (number instanceof BigInteger integer) {
      return decimal(new BigDecimal(integer));
    }
    return number instanceof BigDecimal decimal ? decimal(decimal) : null;
  }

  private @Nullable Instant decimal(BigDecimal units) {
    if (units.precision() > MAX_DIGITS
        || Math.abs((long) units.precision() - units.scale()) > MAX_DIGITS) {
      return null;
    }
    if (unit != TimestampUnit.S) {
      return instant(units.longValueExact());
    }
    BigDecimal seconds = units.setScale(0, RoundingMode.FLOOR);
    BigDecimal nanos = units.subtract(seconds).scaleByPowerOfTen(NANO_DIGITS);
    return Instant.ofEpochSecond(seconds.longValueExact(), nanos.longValue());
  }

  private Instant instant(long units) {
    long perSecond = Numbers.power(unitDigits());
    return Instant.ofEpochSecond(
        Math.floorDiv(units, perSecond),
        Math.floorMod(units, perSecond) * (1_000_000_000L / perSecond));
  }

  /** Milliseconds since the epoch, for a column. */
  public long millis(Object value) {
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
            : utcAssumed(text).toEpochMilli();
      }
    } catch (ArithmeticException e) {
      throw new InvalidValue(RANGE);
    }
    throw new InvalidValue("must be a time: a number or a text");
  }

  /** Days since the epoch in UTC, for a column. */
  public int days(Object value) {
    long days =
        value instanceof LocalDate date
            ? date.toEpochDay()
            : Math.floorDiv(millis(value), 86_400_000L);
    if (days != (int) days) {
      throw new InvalidValue(RANGE);
    }
    return (int) days;
  }

  /** Nanoseconds since midnight, for a column. */
  public long nanosOfDay(Object value) {
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

  /** A point in time as a number of the unit; any other value is returned unchanged. */
  public Object asNumber(Object value) {
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

  /** A date has a hyphen after its year; a time of day has colons. */
  private static boolean looksLikeNumber(String text) {
    return text.indexOf('-', 1) < 0 && text.indexOf(':') < 0;
  }

  private static Instant utcAssumed(String text) {
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
