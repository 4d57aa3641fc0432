package io.datapoints.connect.store;

/**
 * The partition of the store that a row belongs to. Rows of equal keys travel in one batch.
 * Implementations define {@code equals} and {@code hashCode} by the identity of the partition in
 * the database.
 */
public interface PartitionKey {

  /**
   * The table that it is a partition of, or whatever else the store takes or declines as a whole;
   * equal for partitions of the same one.
   */
  default Object table() {
    return PartitionKey.class;
  }
}
