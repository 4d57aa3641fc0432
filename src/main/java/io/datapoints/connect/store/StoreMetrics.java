package io.datapoints.connect.store;

/**
 * What a store counts for itself, from 0 at its start. Only KairosDB's tables in Cassandra have a
 * cache of row keys and an index.
 *
 * @param rowKeyHits row keys found in the cache
 * @param rowKeyMisses row keys that were not
 * @param indexRows index rows acknowledged
 */
public record StoreMetrics(long rowKeyHits, long rowKeyMisses, long indexRows) {

  /** Of a store that counts nothing. */
  public static final StoreMetrics NONE = new StoreMetrics(0, 0, 0);
}
