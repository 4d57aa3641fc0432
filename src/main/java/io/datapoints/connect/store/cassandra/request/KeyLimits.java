package io.datapoints.connect.store.cassandra.request;

import io.datapoints.connect.model.InvalidValue;
import java.nio.ByteBuffer;

/** Cassandra's limit of 65,535 bytes on keys. */
public final class KeyLimits {

  static final int MAX_KEY_BYTES = 65_535;

  /** Length and end mark of each component of a composite partition key. */
  public static final int COMPONENT = 3;

  private KeyLimits() {}

  /**
   * Checks a partition key.
   *
   * @param what the columns of the key
   * @throws InvalidValue naming the columns
   */
  public static void checkPartitionKey(String what, ByteBuffer... columns) {
    if (columns.length == 1) {
      if (!columns[0].hasRemaining()) {
        throw new InvalidValue(what + " makes an empty partition key");
      }
    }
    long bytes = columns.length == 1 ? -COMPONENT : 0;
    for (ByteBuffer column : columns) {
      bytes += column.remaining() + COMPONENT;
    }
    if (bytes > MAX_KEY_BYTES) {
      check(what + (columns.length == 1 ? " makes" : " make") + " a partition key", bytes);
    }
  }

  /**
   * Checks the length of a key.
   *
   * @param what the parts of the key, and what they make
   * @throws InvalidValue naming the parts, never their content
   */
  public static void check(String what, long bytes) {
    if (bytes > MAX_KEY_BYTES) {
      throw new InvalidValue(
          what + " of " + bytes + " bytes; Cassandra takes at most " + MAX_KEY_BYTES);
    }
  }
}
