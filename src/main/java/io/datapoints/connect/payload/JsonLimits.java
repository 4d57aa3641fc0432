package io.datapoints.connect.payload;

import com.fasterxml.jackson.core.StreamReadConstraints;

/** The limits on JSON, and on the same values where a converter has made maps and structs. */
public final class JsonLimits {

  /** Levels of nesting. A layout needs a few; the rest is for fields that are skipped. */
  static final int MAX_DEPTH = 1_000;

  static final int MAX_TEXT_CHARS = 16_777_216;

  static final int MAX_NAME_CHARS = 65_535;

  public static final int MAX_NUMBER_CHARS = 1_000;

  /**
   * Values in one mapped value: each takes up to a hundred bytes of memory, and only a few bytes of
   * a compressed record.
   */
  public static final int MAX_VALUES = 1_000_000;

  /** The exponent of a number that is converted, which would get as many digits. */
  public static final int MAX_EXPONENT = 1_000;

  private JsonLimits() {}

  /** The limits that the parser enforces. */
  static StreamReadConstraints constraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(MAX_DEPTH)
        .maxStringLength(MAX_TEXT_CHARS)
        .maxNameLength(MAX_NAME_CHARS)
        .maxNumberLength(MAX_NUMBER_CHARS)
        .build();
  }
}
