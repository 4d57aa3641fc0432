package io.datapoints.connect.store.cassandra.kairosdb.index;

/** A point as the index sees it. */
public interface IndexedRow {

  /** The key whose entries make it findable. */
  RowKey partition();

  /** The seconds that it lives, 0 for ever. */
  int ttl();
}
