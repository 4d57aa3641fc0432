package io.datapoints.connect.store.cassandra.kairosdb;

import io.datapoints.connect.kairosdb.format.RowKeyCodec;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexKeyLimits;
import io.datapoints.connect.store.cassandra.kairosdb.index.RowKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recent row keys, so that sorting, escaping and encoding happen once a row and not once a point.
 * Where there are more series than it holds a key is encoded again, which is cheap.
 *
 * <p>Each set of hashes has eight slots, which are replaced in turn. Hash collisions, made on
 * purpose or not, thus cost eight comparisons at most. Used by the task thread only.
 */
public final class RowKeyCache {

  private static final int WAYS = 8;
  private static final int SLOTS = 8_192;
  private static final int ROW_TIMES = 1_024;

  /** Longer keys are made anew each time: this bounds the memory. A usual one has about 100. */
  private static final int MAX_KEPT_BYTES = 1_024;

  private final Map<String, List<String>> indexedTags;
  private final @Nullable RowKey[] keys = new RowKey[SLOTS];
  private final int[] hashes = new int[SLOTS];
  private int turn;

  /** One for each hash, whichever was last. */
  private final RowKey.@Nullable RowTime[] rowTimes = new RowKey.RowTime[ROW_TIMES];

  /** That of the point before: records often carry many points of one series. */
  private @Nullable RowKey last;

  private boolean madeLast;
  private long hits;
  private long misses;

  /**
   * @param indexedTags the setting of the tag index
   */
  public RowKeyCache(Map<String, List<String>> indexedTags) {
    this.indexedTags = indexedTags;
  }

  /**
   * The row key.
   *
   * @throws io.datapoints.connect.model.InvalidValue for a series whose keys Cassandra would refuse
   */
  public RowKey of(Series series, long rowTime, String dataType) {
    RowKey key = last;
    if (key != null && key.isOf(series, rowTime, dataType)) {
      madeLast = false;
      return key;
    }
    int hash = mixed(series.hashCode(), rowTime + dataType.hashCode());
    key = find(hash, series, rowTime, dataType);
    madeLast = key == null;
    if (key != null) {
      hits++;
    } else {
      misses++;
      key = encode(series, rowTime, dataType);
      if (key.length() <= MAX_KEPT_BYTES) {
        keep(hash, key);
      }
    }
    last = key;
    return key;
  }

  /** Whether the key that was asked for last was made for it. */
  boolean madeLast() {
    return madeLast;
  }

  /** Look-ups that found a key; a point of the row before it needs none. */
  long hits() {
    return hits;
  }

  /** Look-ups that did not. */
  long misses() {
    return misses;
  }

  private @Nullable RowKey find(int hash, Series series, long rowTime, String dataType) {
    int first = firstSlot(hash);
    for (int slot = first; slot < first + WAYS; slot++) {
      if (hashes[slot] == hash) {
        RowKey key = keys[slot];
        if (key != null && key.isOf(series, rowTime, dataType)) {
          return key;
        }
      }
    }
    return null;
  }

  private void keep(int hash, RowKey key) {
    turn = (turn + 1) % WAYS;
    int slot = firstSlot(hash) + turn;
    hashes[slot] = hash;
    keys[slot] = key;
  }

  private static int firstSlot(int hash) {
    return (hash & (SLOTS / WAYS - 1)) * WAYS;
  }

  private RowKey encode(Series series, long millis, String dataType) {
    byte[] blob = RowKeyCodec.encode(series.name(), millis, dataType, series.tags());
    IndexKeyLimits.check(series, dataType, blob, indexedTags);
    return new RowKey(blob, series, rowTime(series.name(), millis), dataType);
  }

  private RowKey.RowTime rowTime(String metric, long millis) {
    int slot = mixed(metric.hashCode(), millis) & (ROW_TIMES - 1);
    RowKey.RowTime known = rowTimes[slot];
    if (known != null && known.millis() == millis && known.metric().equals(metric)) {
      return known;
    }
    RowKey.RowTime rowTime = RowKey.RowTime.of(metric, millis);
    if (metric.length() <= MAX_KEPT_BYTES) {
      rowTimes[slot] = rowTime;
    }
    return rowTime;
  }

  private static int mixed(int hash, long number) {
    long mixed = (hash ^ (number * 0x9E37_79B9_7F4A_7C15L)) * 0xD6E8_FEB8_6659_FD93L;
    return (int) (mixed >>> 32);
  }
}
