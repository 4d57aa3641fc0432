package io.datapoints.connect.model;

/**
 * A value whose schema says what it stands for, as the microseconds of Debezium's {@code
 * MicroTimestamp} stand for a point in time. A column of numbers takes what the record has written;
 * a column that has a type for the meaning takes that.
 *
 * @param written the number or the text in the record
 * @param meaning an {@link java.time.Instant}, {@link java.time.LocalDate}, {@link
 *     java.time.LocalTime}, {@link java.time.Year} or {@link java.time.Duration}
 */
public record WrittenValue(Object written, Object meaning) {

  /** The text of the record, or the meaning of its number in ISO 8601. */
  public String text() {
    return written instanceof String text ? text : meaning.toString();
  }
}
