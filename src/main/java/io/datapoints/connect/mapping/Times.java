package io.datapoints.connect.mapping;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.WrittenValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads values as times: numbers of a unit since the epoch, texts in ISO 8601, and values whose
 * types say that they are times. A date alone is its start in UTC. {@link #strict} takes fewer
 * forms than the other methods.
 *
 * @param unit what numbers count
 * @param zone the zone of texts without an offset from UTC; null if they are rejected
 */
public record Times(TimestampUnit unit, @Nullable ZoneId zone) {

  private static final String RANGE = "is out of the range of the type";
  private static final String INT64 = "is out of the range of 64-bit integers";
  private static final String NO_OFFSET =
      "must have an offset from UTC, such as Z or +01:00, unless timestamp.zone is set";
  private static final String NO_TIME =
      "must be a time: a number, or a text in ISO 8601 with an offset from UTC";

  private static final int MILLI_DIGITS = 3;
  private static final int NANO_DIGITS = 9;
  private static final BigInteger NANOS_A_SECOND = BigInteger.valueOf(1_000_000_000);
  private static final int MAX_ISO_CHARS = 64;
  private static final int T_POSITION = 10;

  /** As {@code 2026-11-21T12:30:00.5+01:00}, or without the offset. */
  private static final DateTimeFormatter STRICT_ISO =
      offset(
              new DateTimeFormatterBuilder()
                  .parseCaseInsensitive()
                  .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                  .optionalStart())
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

  /** The minutes of the offset, and all parts after them, are optional. */
  private static DateTimeFormatterBuilder offset(DateTimeFormatterBuilder builder) {
    return builder.parseLenient().appendOffset("+HH", "Z");
  }

  /**
   * A number of the unit, also one written as a text, or with {@link TimestampUnit#ISO8601} a date
   * and time with an offset from UTC. Digits below a millisecond are truncated towards the past.
   * Only seconds may have a fraction: in another unit it is a sign of a wrong setting. A value
   * whose type says that it is a time is taken whatever the unit.
   */
  public Instant strict(Object value) {
    Instant typed = typed(value);
    if (typed != null) {
      return typed;
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

  private Instant iso(Object value) {
    String text = value instanceof String each && each.length() <= MAX_ISO_CHARS ? each : "";
    try {
      TemporalAccessor parsed =
          STRICT_ISO.parseBest(withT(text), OffsetDateTime::from, LocalDateTime::from);
      if (parsed instanceof OffsetDateTime time) {
        return Instant.ofEpochMilli(time.toInstant().toEpochMilli());
      }
      if (zone == null) {
        throw invalid(NO_OFFSET);
      }
      return Instant.ofEpochMilli(((LocalDateTime) parsed).atZone(zone).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException notIsoOrBeyondALong) {
      throw invalid("must be a date and time in ISO 8601 with an offset from UTC");
    }
  }

  /** Databases and pmacct write a space for the T. */
  private static String withT(String text) {
    return text.length() > T_POSITION && text.charAt(T_POSITION) == ' '
        ? text.substring(0, T_POSITION) + 'T' + text.substring(T_POSITION + 1)
        : text;
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

  /** The point in time of a value whose type says that it is one; null for any other. */
  private static @Nullable Instant typed(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof WrittenValue known) {
      return typed(known.meaning());
    }
    LocalDate date =
        value instanceof Year year ? year.atDay(1) : value instanceof LocalDate day ? day : null;
    return date == null ? null : date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /**
   * The point in time that a value stands for: a number of the unit, also one written as a text, or
   * a text in ISO 8601. Seconds and offsets may be missing in parts, and a space may stand for the
   * T.
   */
  public Instant instant(Object value) {
    try {
      if (value instanceof Long || value instanceof Integer) {
        return instant(((Number) value).longValue());
      }
      if (value instanceof Number) {
        return decimal(Numbers.decimal(value));
      }
      Instant typed = typed(value);
      if (typed != null) {
        return typed;
      }
      if (value instanceof String text) {
        return looksLikeNumber(text) ? decimal(Numbers.decimal(text)) : parsed(text);
      }
    } catch (ArithmeticException | DateTimeException e) {
      throw new InvalidValue(RANGE);
    }
    throw new InvalidValue(NO_TIME);
  }

  private Instant decimal(BigDecimal units) {
    BigDecimal nanos =
        units.scaleByPowerOfTen(NANO_DIGITS - unitDigits()).setScale(0, RoundingMode.FLOOR);
    BigInteger[] parts = nanos.toBigInteger().divideAndRemainder(NANOS_A_SECOND);
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValue());
  }

  private Instant instant(long units) {
    long perSecond = Numbers.power(unitDigits());
    return Instant.ofEpochSecond(
        Math.floorDiv(units, perSecond),
        Math.floorMod(units, perSecond) * (1_000_000_000L / perSecond));
  }

  /** Milliseconds since the epoch, for a column. */
  public long millis(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return Numbers.scaled(value, MILLI_DIGITS - unitDigits());
    }
    try {
      return instant(value).toEpochMilli();
    } catch (ArithmeticException e) {
      throw new InvalidValue(RANGE);
    }
  }

  /** Days since the epoch in UTC, for a column. */
  public int days(Object value) {
    long days =
        value instanceof LocalDate date
            ? date.toEpochDay()
            : value instanceof WrittenValue known && known.meaning() instanceof LocalDate date
                ? date.toEpochDay()
                : Math.floorDiv(localMillis(value), 86_400_000L);
    if (days != (int) days) {
      throw new InvalidValue(RANGE);
    }
    return (int) days;
  }

  /** As {@link #millis}; a text without an offset has its own date, whatever the zone. */
  private long localMillis(Object value) {
    return value instanceof String text && !looksLikeNumber(text)
        ? new Times(unit, ZoneOffset.UTC).millis(value)
        : millis(value);
  }

  /** Nanoseconds since midnight, for a column. */
  public long nanosOfDay(Object value) {
    if (value instanceof LocalTime time) {
      return time.toNanoOfDay();
    }
    if (value instanceof WrittenValue known) {
      if (known.meaning() instanceof LocalTime time) {
        return time.toNanoOfDay();
      }
      throw new InvalidValue("must be a time of day");
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
    Object time =
        value instanceof WrittenValue known && known.written() instanceof String
            ? known.meaning()
            : value;
    if (!(time instanceof Instant instant)) {
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
    return text.indexOf('-', 1) < 0 && text.indexOf(':') < 0 && hasDigit(text);
  }

  private static boolean hasDigit(String text) {
    return text.length() > 0
        && text.charAt(text.length() - 1) >= '0'
        && text.charAt(text.length() - 1) <= '9';
  }

  private Instant parsed(String text) {
    TemporalAccessor parsed;
    try {
      parsed = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    } catch (DateTimeException e) {
      throw new InvalidValue(NO_TIME);
    }
    if (parsed instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (parsed instanceof LocalDate date) {
      return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    if (zone == null) {
      throw new InvalidValue(NO_OFFSET);
    }
    return ((LocalDateTime) parsed).atZone(zone).toInstant();
  }
}
