package io.datapoints.connect.store.cassandra.request;

import java.nio.ByteBuffer;

/** Cassandra's limit of 65,535 bytes on keys. */
public final class KeyLimits {

  static final int MAX_KEY_BYTES = 65_535;

  /** Length and end mark of each component of a composite partition key. */
  public static final int COMPONENT = 3;

  private KeyLimits() {}

  /**
   * Checks a partition key of several columns.
   *
   * @param what the fields that make the key
   * @return the length of the key
   * @throws IllegalArgumentException naming the fields of one that Cassandra would refuse
   */
  public static int checkComposite(String what, ByteBuffer... columns) {
    long bytes = 0;
    for (ByteBuffer column : columns) {
      bytes += column.remaining() + COMPONENT;
    }
    check(what + " make a partition key", bytes);
    return (int) bytes;
  }

  /**
   * Checks a partition key.
   *
   * @param what the columns of the key
   * @throws IllegalArgumentException naming the columns
   */
  public static void checkPartitionKey(String what, ByteBuffer... columns) {
    if (columns.length != 1) {
      checkComposite(what, columns);
      return;
    }
    if (!columns[0].hasRemaining()) {
      throw new IllegalArgumentException(what + " makes an empty partition key");
    }
    check(what + " makes a partition key", columns[0].remaining());
  }

  /**
   * Checks a clustering key.
   *
   * @param what the columns of the key
   * @throws IllegalArgumentException naming the columns
   */
  public static void checkClustering(String what, long bytes) {
    check(what + " make a clustering key", bytes);
  }

  /**
   * Checks the length of a key.
   *
   * @param what the parts of the key, and what they make
   * @throws IllegalArgumentException naming the parts
   */
  public static void check(String what, long bytes) {
    if (bytes > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          what + " of " + bytes + " bytes; Cassandra takes at most " + MAX_KEY_BYTES);
    }
  }
}
