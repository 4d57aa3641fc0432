package io.datapoints.connect.store.mongodb.points;

import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.mongodb.bulk.BulkKey;

/**
 * One point to be written.
 *
 * @param partition the bulks that its document goes with
 * @param expires milliseconds since the epoch, or {@link Expiry#NEVER}
 * @param bytes what it adds to a bulk
 * @param encodes whether the series was encoded for this point, and is not one of others before
 */
record PointRow(
    BulkKey partition,
    EncodedSeries series,
    long timestamp,
    Value value,
    long expires,
    int bytes,
    boolean encodes)
    implements Row {

  private static final int HEAP_BYTES = 48;

  @Override
  public int heapBytes() {
    return HEAP_BYTES + BsonValues.heapBytes(value) + (encodes ? series.heapBytes() : 0);
  }

  /**
   * In the order of the documents' ids, so that neighbours in a bulk are neighbours in the index.
   */
  @Override
  public int compareClusteringKey(Row other) {
    PointRow that = (PointRow) other;
    int order = series.compareTo(that.series);
    return order == 0 ? Long.compare(timestamp, that.timestamp) : order;
  }
}
