package io.datapoints.connect.store.cassandra.request;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Encodes a column of four-byte numbers; equal neighbours share a buffer. Used by one thread. */
public final class RepeatedInt32 {

  private int last;
  private @Nullable ByteBuffer encoded;

  /** The number, big endian; the buffer is shared, and so never moved. */
  public ByteBuffer of(int number) {
    ByteBuffer known = encoded;
    if (known == null || number != last) {
      known = ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
      encoded = known;
      last = number;
    }
    return known;
  }
}
