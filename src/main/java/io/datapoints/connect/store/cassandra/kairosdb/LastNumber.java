package io.datapoints.connect.store.cassandra.kairosdb;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the numbers of one column, big endian; equal neighbours share a buffer, whose position
 * never moves. Used by one thread.
 */
final class LastNumber {

  private long last;
  private @Nullable ByteBuffer encoded;

  /** The number as four bytes. */
  ByteBuffer int32(int number) {
    ByteBuffer known = encoded;
    return known != null && number == last
        ? known
        : keep(number, ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
  }

  /** The number as eight bytes. */
  ByteBuffer int64(long number) {
    ByteBuffer known = encoded;
    return known != null && number == last
        ? known
        : keep(number, ByteBuffer.allocate(Long.BYTES).putLong(0, number));
  }

  private ByteBuffer keep(long number, ByteBuffer buffer) {
    last = number;
    encoded = buffer;
    return buffer;
  }
}
