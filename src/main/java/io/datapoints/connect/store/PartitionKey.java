package io.datapoints.connect.store;

/**
 * The partition of the store that a row belongs to. Rows of equal keys travel in one batch.
 * Implementations define {@code equals} and {@code hashCode} by the identity of the partition in
 * the database; as it is a sender who chooses that, the hash is one that he cannot compute.
 */
public interface PartitionKey {

  /**
   * Bytes that the key takes of the heap while rows of its partition wait; an estimate, always the
   * same for a key.
   */
  int heapBytes();

  /**
   * The table that it is a partition of, or whatever else the store takes or declines as a whole;
   * equal for partitions of the same one.
   */
  default Object table() {
    return PartitionKey.class;
  }
}
