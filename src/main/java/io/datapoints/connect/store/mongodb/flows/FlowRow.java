package io.datapoints.connect.store.mongodb.flows;

import io.datapoints.connect.model.Conversation;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.mongodb.bulk.BulkKey;

/**
 * One flow to be written.
 *
 * @param partition the bulks that its document goes with
 * @param bytes what its operation adds to a bulk
 */
record FlowRow(
    BulkKey partition,
    Conversation conversation,
    int sourcePort,
    int destPort,
    long timestamp,
    double value,
    int bytes)
    implements Row {

  private static final int HEAP_BYTES = 48;

  @Override
  public int heapBytes() {
    return HEAP_BYTES;
  }

  /**
   * By conversation first, so that neighbours in a bulk are neighbours in the index; the
   * conversations themselves stand in the order of their hashes, which is cheap to compare.
   */
  @Override
  public int compareClusteringKey(Row other) {
    FlowRow that = (FlowRow) other;
    int order = compare(conversation, that.conversation);
    if (order == 0) {
      order = Long.compare(timestamp, that.timestamp);
    }
    if (order == 0) {
      order = Integer.compare(sourcePort, that.sourcePort);
    }
    return order == 0 ? Integer.compare(destPort, that.destPort) : order;
  }

  private static int compare(Conversation one, Conversation other) {
    int order = Integer.compare(one.hashCode(), other.hashCode());
    if (order != 0 || one.equals(other)) {
      return order;
    }
    order = one.sourceIp().compareTo(other.sourceIp());
    if (order == 0) {
      order = one.destIp().compareTo(other.destIp());
    }
    return order == 0 ? one.protocol().compareTo(other.protocol()) : order;
  }
}
