package io.datapoints.connect.store.cassandra.kairosdb.index;

import io.datapoints.connect.kairosdb.format.RowKeyCodec;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.model.SipHash.Fingerprint;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.PartitionKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A partition of {@code data_points}: one series, one row time, one data type. Equal by its bytes.
 */
public final class RowKey implements PartitionKey {

  /**
   * A row time of a metric: what {@code row_key_time_index} has a row for, and what the rows of
   * {@code row_keys} are partitioned by.
   *
   * @param millis milliseconds since the epoch
   * @param entry stands for the row of the time index
   * @param metricName stands for the row of the metric names, shared by all row times of the metric
   */
  public record RowTime(String metric, long millis, Fingerprint entry, Fingerprint metricName) {

    public static RowTime of(String metric, long millis) {
      return new RowTime(
          metric,
          millis,
          hash(IndexEntry.Kind.ROW_TIME).add(metric).add(millis).toFingerprint(),
          hash(IndexEntry.Kind.METRIC_NAME).add(metric).toFingerprint());
    }

    @Override
    public boolean equals(Object other) {
      return this == other || (other instanceof RowTime that && entry.equals(that.entry));
    }

    @Override
    public int hashCode() {
      return entry.hashCode();
    }
  }

  /** The key with its buffer, its fingerprint and its row time. */
  private static final int KEY_BYTES = 240;

  private final byte[] blob;
  private final ByteBuffer buffer;
  private final Fingerprint entry;
  private final Series series;
  private final RowTime rowTime;
  private final String dataType;

  /**
   * @param blob the key; owned by this object from now on
   */
  public RowKey(byte[] blob, Series series, RowTime rowTime, String dataType) {
    this.blob = blob;
    this.buffer = ByteBuffer.wrap(blob);
    Fingerprint bytes = hash(IndexEntry.Kind.ROW_KEY).add(blob).toFingerprint();
    // The bytes do not say where the name ends, and another name has another index row.
    this.entry = new Fingerprint(bytes.high() ^ rowTime.metric().length(), bytes.low());
    this.series = series;
    this.rowTime = rowTime;
    this.dataType = dataType;
  }

  /**
   * A key of which only the bytes were kept.
   *
   * @param blob as {@link #blob} gives it
   */
  static RowKey of(byte[] blob, RowTime rowTime) {
    RowKeyCodec.TypeAndTags rest = RowKeyCodec.decode(blob, rowTime.metric());
    return new RowKey(blob, new Series(rowTime.metric(), rest.tags()), rowTime, rest.dataType());
  }

  private static SipHash hash(IndexEntry.Kind kind) {
    return new SipHash().add(kind.name());
  }

  /** The key as the driver takes it; shared, and so neither moved nor written to. */
  public ByteBuffer buffer() {
    return buffer;
  }

  /** The bytes themselves, which nobody changes. */
  byte[] blob() {
    return blob;
  }

  public int length() {
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

  /** Stands for its row of {@code row_keys}. */
  Fingerprint entry() {
    return entry;
  }

  /** Whether it is the key of this series, row time and data type. */
  public boolean isOf(Series otherSeries, long otherRowTime, String otherType) {
    return rowTime.millis() == otherRowTime
        && dataType.equals(otherType)
        && series.equals(otherSeries);
  }

  /** What it takes of the heap. The texts of the series are those of the key once more. */
  public int keyBytes() {
    return KEY_BYTES + 3 * HeapBytes.ofBytes(blob.length);
  }

  /** Excludes the key: the row that it was made for counts it. */
  @Override
  public int heapBytes() {
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof RowKey that
            && entry.low() == that.entry.low()
            && Arrays.equals(blob, that.blob));
  }

  @Override
  public int hashCode() {
    return entry.hashCode();
  }

  @Override
  public String toString() {
    return rowTime.metric() + "@" + rowTime.millis();
  }
}
