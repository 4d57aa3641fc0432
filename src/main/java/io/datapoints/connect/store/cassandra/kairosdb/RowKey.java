package io.datapoints.connect.store.cassandra.kairosdb;

import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.PartitionKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A partition of {@code data_points}: one series, one row time, one data type. Equal by its bytes.
 * The same instance usually serves all points of the row and carries the row's index entries.
 */
public final class RowKey implements PartitionKey {

  /**
   * A row time of a metric: what {@code row_key_time_index} has a row for, and what the rows of
   * {@code row_keys} are partitioned by.
   *
   * @param millis milliseconds since the epoch
   * @param entry the row of the time index
   * @param metricName the row of the metric names, shared by all row times of the metric
   */
  record RowTime(String metric, long millis, IndexEntry entry, IndexEntry metricName) {}

  /** The key with its buffer, its row time and their index entries. */
  private static final int HEAP_BYTES = 240;

  private final byte[] blob;
  private final ByteBuffer buffer;
  private final int hash;
  private final Series series;
  private final RowTime rowTime;
  private final String dataType;
  private final IndexEntry entry = new IndexEntry();

  /**
   * @param blob the key; owned by this object from now on
   */
  RowKey(byte[] blob, Series series, RowTime rowTime, String dataType) {
    this.blob = blob;
    this.buffer = ByteBuffer.wrap(blob).asReadOnlyBuffer();
    this.hash = new SipHash().add(buffer).toInt();
    this.series = series;
    this.rowTime = rowTime;
    this.dataType = dataType;
  }

  /** The key as the driver takes it; shared, and so never moved. */
  ByteBuffer buffer() {
    return buffer;
  }

  int length() {
    return blob.length;
  }

  RowTime rowTime() {
    return rowTime;
  }

  String dataType() {
    return dataType;
  }

  Series series() {
    return series;
  }

  /** The row of {@code row_keys}. */
  IndexEntry entry() {
    return entry;
  }

  /** The texts of the series are those of the key once more. */
  @Override
  public int heapBytes() {
    return HEAP_BYTES + 3 * HeapBytes.ofBytes(blob.length);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof RowKey that && hash == that.hash && Arrays.equals(blob, that.blob));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return rowTime.metric() + "@" + rowTime.millis();
  }
}
