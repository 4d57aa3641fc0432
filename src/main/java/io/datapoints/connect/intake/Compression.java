package io.datapoints.connect.intake;

/** How a body is compressed. */
public enum Compression {
  NONE,
  /** RFC 1952, of one or more members. */
  GZIP
}
