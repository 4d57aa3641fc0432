package io.datapoints.connect.format.protobuf;

/** A part of an array as one long, so that it costs no object. */
public final class Span {

  /** Of no bytes. */
  public static final long EMPTY = 0;

  private Span() {}

  public static long of(int start, int end) {
    return ((long) start << 32) | (end & 0xFFFF_FFFFL);
  }

  public static int start(long span) {
    return (int) (span >>> 32);
  }

  public static int end(long span) {
    return (int) span;
  }

  public static int length(long span) {
    return end(span) - start(span);
  }
}
