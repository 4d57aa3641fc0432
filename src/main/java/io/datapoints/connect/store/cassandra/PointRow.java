package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.store.Row;

/**
 * One point, encoded.
 *
 * @param partition its row key
 * @param column the offset in the row, stored as four bytes, big endian
 * @param value the encoded value; owned by the row and never changed
 * @param ttl seconds to live from the time of the write, 0 for ever
 * @param writeTimestamp milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent")
record PointRow(RowKey partition, int column, byte[] value, int ttl, long writeTimestamp)
    implements Row {

  /** What a row adds to a batch on the wire beside its key and value: lengths, id, numbers. */
  private static final int FRAME_BYTES = 59;

  @Override
  public int bytes() {
    return FRAME_BYTES + partition.length() + value.length;
  }

  /** The database compares the four bytes as unsigned. */
  @Override
  public int compareClusteringKey(Row other) {
    return Integer.compareUnsigned(column, ((PointRow) other).column);
  }

  /** Of two writes Cassandra keeps the one with the later write timestamp. */
  @Override
  public boolean replaces(Row earlier) {
    return writeTimestamp >= ((PointRow) earlier).writeTimestamp;
  }
}
