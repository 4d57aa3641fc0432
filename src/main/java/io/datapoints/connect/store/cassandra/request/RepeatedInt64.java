package io.datapoints.connect.store.cassandra.request;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Encodes a column of eight-byte numbers; equal neighbours share a buffer. Used by one thread. */
public final class RepeatedInt64 {

  private long last;
  private @Nullable ByteBuffer encoded;

  /** The number, big endian; the buffer is shared, and so never moved. */
  public ByteBuffer of(long number) {
    ByteBuffer known = encoded;
    if (known == null || number != last) {
      known = ByteBuffer.allocate(Long.BYTES).putLong(0, number);
      encoded = known;
      last = number;
    }
    return known;
  }
}
