package io.datapoints.connect.store.cassandra;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets what was used least recently. Confined to one thread. */
final class BoundedCache<K, V> extends LinkedHashMap<K, V> {

  private final int maxSize;

  BoundedCache(int maxSize) {
    super(16, 0.75f, true);
    this.maxSize = maxSize;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > maxSize;
  }
}
