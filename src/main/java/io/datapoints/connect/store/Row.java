package io.datapoints.connect.store;

/**
 * One row, planned and encoded by a {@link Store}. Its order is that of the clustering key within
 * the partition: two rows of one partition that compare as equal have the same primary key, and one
 * of them replaces the other.
 */
public non-sealed interface Row extends Plan {

  /** The partition that the row belongs to. */
  PartitionKey partition();

  /** Bytes that the row adds to a batch; an estimate is enough. */
  int bytes();

  /**
   * Bytes that the row takes of the heap while it waits, without what other rows share with it; an
   * estimate, always the same for a row.
   */
  int heapBytes();

  /** Compares the clustering keys of two rows of the same partition. */
  int compareClusteringKey(Row other);

  /**
   * Whether this row, which came later, has to take effect after an earlier one of its partition.
   * In the order of the clustering key nothing that it does not follow lies between the two.
   */
  default boolean follows(Row earlier) {
    return compareClusteringKey(earlier) == 0;
  }

  /**
   * Whether this row, which came later, takes the place of an earlier one of the same primary key
   * and of another Kafka partition; otherwise the earlier one stays. False only where the database
   * itself would keep the earlier one, whichever is written last. Within one Kafka partition this
   * is not asked: the record with the larger offset wins.
   */
  default boolean replaces(Row earlier) {
    return true;
  }
}
