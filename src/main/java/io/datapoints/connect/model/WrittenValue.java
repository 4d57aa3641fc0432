package io.datapoints.connect.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * A value whose schema says what it stands for, as the microseconds of Debezium's {@code
 * MicroTimestamp} stand for a point in time. A column of numbers takes what the record has written;
 * a column that has a type for the meaning takes that.
 *
 * @param written the number or the text in the record
 * @param meaning an {@link Instant}, {@link LocalDate}, {@link LocalTime}, {@link java.time.Year}
 *     or {@link java.time.Duration}
 */
public record WrittenValue(Object written, Object meaning) {

  /** The text of the record, or the meaning of its number in ISO 8601. */
  public String text() {
    return written instanceof String text ? text : meaning.toString();
  }

  /** What a store takes that has no types but those of JSON, and points in time. */
  public Object plain() {
    if (meaning instanceof Instant || meaning instanceof LocalDate) {
      return meaning;
    }
    return meaning instanceof LocalTime && written instanceof Number ? meaning : written;
  }
}
