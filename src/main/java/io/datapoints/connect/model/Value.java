package io.datapoints.connect.model;

/** The value of a {@link DataPoint}: exactly one of KairosDB's data types. */
public sealed interface Value {

  /** A 64-bit signed integer; KairosDB's {@code kairos_long}. */
  record LongValue(long value) implements Value {}

  /** An IEEE 754 double; KairosDB's {@code kairos_double}. */
  record DoubleValue(double value) implements Value {}

  /** A text; KairosDB's {@code kairos_string}. */
  record StringValue(String value) implements Value {}

  /** A complex number; {@code kairos_complex}. */
  record ComplexValue(double real, double imaginary) implements Value {}

  /**
   * Raw bytes; {@code kairos_binary}. The value owns the array, which is never changed and
   * therefore not copied.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record BinaryValue(byte[] value) implements Value {}
}
