package io.datapoints.connect.flows;

import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.payload.RawColumn;
import io.datapoints.connect.payload.RawColumn.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rule for timestamps: a number since the epoch in the unit of the settings, also one written
 * as a text, or date and time in ISO 8601 with an offset from UTC. What is finer than a millisecond
 * is cut off towards the past. Only seconds may have a fraction: in another unit it would be a sign
 * of a wrong setting. What Connect itself types as a timestamp is milliseconds in any unit.
 */
final class Timestamps {

  /** Stands for none; no timestamp can be this one. */
  static final long NONE = WrittenNumber.NONE;

  private static final int MILLIS_A_SECOND = 1_000;
  private static final int MICROS_A_MILLI = 1_000;
  private static final int NANOS_A_MILLI = 1_000_000;

  /** ISO 8601 as in RFC 3339, the seconds and what follows the hours of the offset optional. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .parseLenient()
          .appendOffset("+HH", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final int MAX_ISO_CHARS = 64;

  private final TimestampUnit unit;

  Timestamps(TimestampUnit unit) {
    this.unit = unit;
  }

  /** Milliseconds since the epoch, or {@link #NONE}. */
  long read(RawColumn column, int row) {
    if (column.instant(row)) {
      return column.enclosed(row) ? NONE : column.longAt(row);
    }
    return switch (unit) {
      case S -> seconds(column, row);
      case MS -> WrittenNumber.whole(column, row);
      case US -> divided(column, row, MICROS_A_MILLI);
      case NS -> divided(column, row, NANOS_A_MILLI);
      case ISO8601 -> iso(column, row);
    };
  }

  private static long seconds(RawColumn column, int row) {
    long seconds = WrittenNumber.whole(column, row);
    if (seconds != NONE && Math.abs(seconds) <= Long.MAX_VALUE / MILLIS_A_SECOND) {
      return seconds * MILLIS_A_SECOND;
    }
    BigDecimal exact = WrittenNumber.exact(column, row);
    return exact == null
        ? NONE
        : WrittenNumber.whole(exact.scaleByPowerOfTen(3).setScale(0, RoundingMode.FLOOR));
  }

  private static long divided(RawColumn column, int row, int unitsAMilli) {
    long units = WrittenNumber.whole(column, row);
    return units == NONE ? NONE : Math.floorDiv(units, unitsAMilli);
  }

  private static long iso(RawColumn column, int row) {
    if (!isIsoText(column, row)) {
      return NONE;
    }
    try {
      return OffsetDateTime.parse(column.literal(row), ISO).toInstant().toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException notIsoOrBeyondALong) {
      return NONE;
    }
  }

  private static boolean isIsoText(RawColumn column, int row) {
    return column.kind(row) == Kind.TEXT
        && !column.enclosed(row)
        && column.length(row) <= MAX_ISO_CHARS;
  }

  /** What is wrong with a timestamp that {@link #read} found to be none. */
  String problem(RawColumn column, int row) {
    return switch (unit) {
      case S -> numeric(column, row, " must be a number of seconds since the epoch.");
      case MS -> numeric(column, row, " must be a whole number of milliseconds since the epoch.");
      case US -> numeric(column, row, " must be a whole number of microseconds since the epoch.");
      case NS -> numeric(column, row, " must be a whole number of nanoseconds since the epoch.");
      case ISO8601 ->
          isWithoutOffset(column, row)
              ? " must have an offset from UTC, such as Z or +01:00."
              : " must be a date and time in ISO 8601 with an offset from UTC.";
    };
  }

  private String numeric(RawColumn column, int row, String rule) {
    BigDecimal number = WrittenNumber.exact(column, row);
    return number != null && (unit == TimestampUnit.S || isWhole(number))
        ? " is out of the range of 64-bit integers."
        : rule;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  private static boolean isWithoutOffset(RawColumn column, int row) {
    return isIsoText(column, row) && localDateTime(column.literal(row)) != null;
  }

  private static @Nullable LocalDateTime localDateTime(String text) {
    try {
      return LocalDateTime.parse(text);
    } catch (DateTimeParseException notLocal) {
      return null;
    }
  }
}
