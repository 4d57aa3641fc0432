package io.datapoints.connect.store.cassandra.flows;

import io.datapoints.connect.model.Conversation;
import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.cassandra.request.KeyLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A partition of the flows table, encoded: a conversation, and its bucket where the table has
 * buckets. The same instance usually serves all flows of the partition.
 */
public final class FlowPartition implements PartitionKey {

  /** The bucket of a table without buckets; no hour or day starts at this time. */
  private static final long UNBUCKETED = Long.MIN_VALUE;

  /** The key and the conversation, whose texts are those of the columns once more. */
  private static final int HEAP_BYTES = 40 + 32 + 3 * 24;

  private final Conversation conversation;
  private final long bucket;
  private final ByteBuffer[] columns;
  private final int length;
  private final int hash;

  private FlowPartition(Conversation conversation, long bucket, ByteBuffer... columns) {
    this.conversation = conversation;
    this.bucket = bucket;
    this.columns = columns;
    this.length = KeyLimits.checkComposite("source_ip, dest_ip and protocol", columns);
    this.hash = new SipHash().add(conversation.hashCode()).add(bucket).toInt();
  }

  /**
   * The partition in a table without buckets.
   *
   * @throws IllegalArgumentException for a key that Cassandra would refuse
   */
  public static FlowPartition of(Conversation conversation) {
    byte[] source = conversation.sourceIp().getBytes(StandardCharsets.UTF_8);
    byte[] dest = conversation.destIp().getBytes(StandardCharsets.UTF_8);
    byte[] protocol = conversation.protocol().getBytes(StandardCharsets.UTF_8);
    return new FlowPartition(
        conversation,
        UNBUCKETED,
        ByteBuffer.wrap(source),
        ByteBuffer.wrap(dest),
        ByteBuffer.wrap(protocol));
  }

  /**
   * The same conversation's partition in the bucket that starts at this time.
   *
   * @throws IllegalArgumentException for a key that Cassandra would refuse
   */
  public FlowPartition in(long start) {
    ByteBuffer time = ByteBuffer.allocate(Long.BYTES).putLong(0, start);
    return new FlowPartition(conversation, start, columns[0], columns[1], columns[2], time);
  }

  boolean isIn(long start) {
    return bucket == start;
  }

  /** How many columns the key has. */
  int columns() {
    return columns.length;
  }

  /** A column of the key as the driver takes it; shared, and so never moved. */
  ByteBuffer column(int index) {
    return columns[index];
  }

  /** Bytes of the key as Cassandra stores it. */
  int length() {
    return length;
  }

  @Override
  public int heapBytes() {
    int bytes = HEAP_BYTES + HeapBytes.ofReferences(columns.length);
    for (ByteBuffer column : columns) {
      bytes += HeapBytes.of(column) + HeapBytes.ofBytes(column.capacity());
    }
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof FlowPartition that
            && bucket == that.bucket
            && conversation.equals(that.conversation));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Names nobody: addresses are payload. */
  @Override
  public String toString() {
    return "FlowPartition";
  }
}
