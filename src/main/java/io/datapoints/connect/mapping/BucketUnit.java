package io.datapoints.connect.mapping;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The spans of time into which {@code bucket} divides the calendar, in UTC. */
public enum BucketUnit {
  MINUTE,
  HOUR,
  DAY,
  WEEK,
  MONTH,
  YEAR;

  /** The word for this unit in a mapping. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static @Nullable BucketUnit of(String word) {
    for (BucketUnit unit : values()) {
      if (unit.word().equals(word)) {
        return unit;
      }
    }
    return null;
  }

  /**
   * The start of the span that contains this point in time; a week starts on a Monday (ISO 8601).
   *
   * @throws java.time.DateTimeException if the start is before the range of the calendar
   */
  Instant start(Instant time) {
    return switch (this) {
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case WEEK -> day(date(time).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case MONTH -> day(date(time).withDayOfMonth(1));
      case YEAR -> day(date(time).withDayOfYear(1));
    };
  }

  private static LocalDate date(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static Instant day(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
