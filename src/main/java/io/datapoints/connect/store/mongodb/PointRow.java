package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Row;

/**
 * One point to be written.
 *
 * @param partition its lane
 * @param expires milliseconds since the epoch, or {@link Expiry#NEVER}
 * @param bytes what it adds to a bulk
 */
record PointRow(
    Lane partition, EncodedSeries series, long timestamp, Value value, long expires, int bytes)
    implements Row {

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
