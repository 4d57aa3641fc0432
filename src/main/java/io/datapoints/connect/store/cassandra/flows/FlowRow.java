package io.datapoints.connect.store.cassandra.flows;

import io.datapoints.connect.store.Row;

/**
 * One flow, planned.
 *
 * @param timestamp milliseconds since the epoch
 * @param writeTimestamp microseconds since the epoch
 */
public record FlowRow(
    FlowPartition partition,
    long timestamp,
    int sourcePort,
    int destPort,
    double value,
    long writeTimestamp)
    implements Row {

  /** What a row adds to a batch on the wire beside its key: lengths, id, numbers. */
  private static final int FRAME_BYTES = 89;

  private static final int HEAP_BYTES = 48;

  @Override
  public int bytes() {
    return FRAME_BYTES + partition.length();
  }

  @Override
  public int heapBytes() {
    return HEAP_BYTES;
  }

  /** The latest first, as the table is created. */
  @Override
  public int compareClusteringKey(Row other) {
    FlowRow that = (FlowRow) other;
    if (timestamp != that.timestamp) {
      return Long.compare(that.timestamp, timestamp);
    }
    return sourcePort != that.sourcePort
        ? Integer.compare(sourcePort, that.sourcePort)
        : Integer.compare(destPort, that.destPort);
  }

  /** Of two writes Cassandra keeps the one with the later write timestamp. */
  @Override
  public boolean replaces(Row earlier) {
    return writeTimestamp >= ((FlowRow) earlier).writeTimestamp;
  }
}
