package io.datapoints.connect.format.influx;

/** The value of a field. */
sealed interface FieldValue {

  /** {@code 1}, {@code 1.5} or {@code 1e3}; or {@code 1u} beyond the range of a long. */
  record Decimal(double value) implements FieldValue {}

  /** {@code 1i} or {@code 1u}. */
  record Whole(long value) implements FieldValue {}

  /** {@code "a"}. */
  record Text(String value) implements FieldValue {}

  /** {@code t}, {@code true} and the like. */
  record Logical(boolean value) implements FieldValue {}
}
