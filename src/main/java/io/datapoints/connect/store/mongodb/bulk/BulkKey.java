package io.datapoints.connect.store.mongodb.bulk;

import io.datapoints.connect.store.PartitionKey;

/**
 * One of the bulks that a collection is written by. MongoDB has no partitions that a batch would
 * have to keep to; but as a document always has the same key, and a key has one bulk under way at a
 * time, no document is ever in two bulks at once.
 *
 * @param collection database and collection, so that a bulk has documents of one collection alone
 * @param number from 0
 */
public record BulkKey(String collection, int number) implements PartitionKey {

  /** There are few. */
  @Override
  public int heapBytes() {
    return 0;
  }

  @Override
  public Object table() {
    return collection;
  }
}
