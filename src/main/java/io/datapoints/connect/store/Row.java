package io.datapoints.connect.store;

/**
 * One row, planned and encoded by a {@link Store}. Its order is that of the clustering key within
 * the partition: two rows of one partition that compare as equal have the same primary key, and the
 * later one replaces the earlier.
 */
public non-sealed interface Row extends Plan {

  /** The partition that the row belongs to. */
  PartitionKey partition();

  /** Bytes that the row adds to a batch; an estimate is enough. */
  int bytes();

  /** Compares the clustering keys of two rows of the same partition. */
  int compareClusteringKey(Row other);
}
