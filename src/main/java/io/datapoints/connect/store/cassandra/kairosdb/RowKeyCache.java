package io.datapoints.connect.store.cassandra.kairosdb;

import io.datapoints.connect.kairosdb.format.RowKeyCodec;
import io.datapoints.connect.kairosdb.format.TagIndexKey;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.store.BoundedCache;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The row keys in use, so that sorting, escaping and encoding happen once a row and not once a
 * point, and so that their index entries are remembered. Used by the task thread only.
 */
public final class RowKeyCache {

  private record Id(Series series, long rowTime, String dataType) {

    /** Quick as a rule, since the decoder hands out one instance a series. */
    boolean isOf(Series otherSeries, long otherRowTime, String otherType) {
      return rowTime == otherRowTime && dataType.equals(otherType) && series.equals(otherSeries);
    }

    /**
     * By hand: this runs once a point, and the one a record comes with costs several times as much.
     */
    @Override
    public boolean equals(Object other) {
      return other instanceof Id that && isOf(that.series, that.rowTime, that.dataType);
    }

    @Override
    public int hashCode() {
      long seriesAndType = (long) series.hashCode() << 32 | (dataType.hashCode() & 0xFFFF_FFFFL);
      return new SipHash().add(seriesAndType).add(rowTime).toInt();
    }
  }

  /** Longer keys are made anew each time: this bounds the memory. A usual one has about 100. */
  private static final int MAX_KEPT_BYTES = 2_048;

  private record RowTimeId(String metric, long rowTime) {

    @Override
    public int hashCode() {
      return new SipHash().add(metric).add(rowTime).toInt();
    }
  }

  private final Map<String, List<String>> indexedTags;
  private final Map<Id, RowKey> rowKeys;
  private final Map<RowTimeId, RowKey.RowTime> rowTimes;
  private final Map<String, IndexEntry> metricNames;

  /** What the point before had: records often carry many points of one series. */
  private @Nullable Id lastId;

  private @Nullable RowKey lastKey;

  private long hits;
  private long misses;

  /**
   * @param size how many row keys are kept, and at most how many row times and metric names
   * @param indexedTags the setting of the tag index
   */
  public RowKeyCache(int size, Map<String, List<String>> indexedTags) {
    this.indexedTags = indexedTags;
    this.rowKeys = new BoundedCache<>(size);
    this.rowTimes = new BoundedCache<>(size);
    this.metricNames = new BoundedCache<>(size);
  }

  /**
   * The row key.
   *
   * @throws io.datapoints.connect.model.InvalidValue for a series whose keys Cassandra would refuse
   */
  public RowKey of(Series series, long rowTime, String dataType) {
    Id last = lastId;
    RowKey key = lastKey;
    if (last != null && key != null && last.isOf(series, rowTime, dataType)) {
      return key;
    }
    Id id = new Id(series, rowTime, dataType);
    key = rowKeys.get(id);
    if (key != null) {
      hits++;
    } else {
      misses++;
      key = encode(id);
      if (key.length() <= MAX_KEPT_BYTES) {
        rowKeys.put(id, key);
      }
    }
    lastId = id;
    lastKey = key;
    return key;
  }

  /** Look-ups that found a key; a point of the row before it needs none. */
  long hits() {
    return hits;
  }

  /** Look-ups that did not. */
  long misses() {
    return misses;
  }

  private RowKey encode(Id id) {
    Series series = id.series;
    byte[] blob = RowKeyCodec.encode(series.name(), id.rowTime, id.dataType, series.tags());
    IndexKeyLimits.check(series, id.dataType, blob, TagIndexKey.of(series, indexedTags));
    return new RowKey(blob, series, rowTime(series.name(), id.rowTime), id.dataType);
  }

  private RowKey.RowTime rowTime(String metric, long rowTime) {
    if (metric.length() > MAX_KEPT_BYTES) {
      return new RowKey.RowTime(metric, rowTime, new IndexEntry(), new IndexEntry());
    }
    return rowTimes.computeIfAbsent(
        new RowTimeId(metric, rowTime),
        id ->
            new RowKey.RowTime(
                metric,
                rowTime,
                new IndexEntry(),
                metricNames.computeIfAbsent(metric, name -> new IndexEntry())));
  }
}
