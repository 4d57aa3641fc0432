package io.datapoints.connect.format;

/** A value as a format writes it, before it is known what it is for. */
public sealed interface Scalar {

  /** A whole number in the range of a long. */
  record Whole(long value) implements Scalar {}

  /** Any other number, infinite if it is beyond the range of a double. */
  record Decimal(double value) implements Scalar {}

  record Text(String value) implements Scalar {}

  record Logical(boolean value) implements Scalar {}

  /** What stands in the place of a value and is none. */
  enum Other implements Scalar {
    /** A null, or nothing at all. */
    NULL,
    /** An object or an array. */
    COMPOSITE
  }
}
