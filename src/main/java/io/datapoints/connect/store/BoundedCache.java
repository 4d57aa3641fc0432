package io.datapoints.connect.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets what was used least recently. Confined to one thread. */
public final class BoundedCache<K, V> extends LinkedHashMap<K, V> {

  private final int maxSize;

  public BoundedCache(int maxSize) {
    super(16, 0.75f, true);
    this.maxSize = maxSize;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > maxSize;
  }
}
