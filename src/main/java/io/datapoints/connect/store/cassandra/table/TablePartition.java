package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.PartitionKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A partition of a mapped table: the table and the encoded columns of the partition key. */
public final class TablePartition implements PartitionKey {

  private static final int HEAP_BYTES = 40;

  private final TopicTable table;
  private final @Nullable PartitionPlanner version;
  private final @Nullable Object[] key;
  private final ByteBuffer[] columns;
  private final int bytes;

  /** Made when it is asked for, which it is not in a run of rows of one partition; 0 until then. */
  private int hash;

  public TablePartition(TopicTable table, ByteBuffer... columns) {
    this(table, null, new Object[0], columns);
  }

  /**
   * @param version the version of the table that it was made for
   * @param key the values that the columns were encoded from
   */
  TablePartition(
      TopicTable table,
      @Nullable PartitionPlanner version,
      @Nullable Object[] key,
      ByteBuffer... columns) {
    this.table = table;
    this.version = version;
    this.key = key;
    this.columns = columns;
    int length = 0;
    for (ByteBuffer column : columns) {
      length += Integer.BYTES + column.remaining();
    }
    this.bytes = length;
  }

  boolean isMadeOf(PartitionPlanner planner, MappedRecord record) {
    return version == planner && planner.isOf(record, key);
  }

  /** A column of the key as the driver takes it; shared, and so never moved. */
  ByteBuffer column(int index) {
    return columns[index];
  }

  TopicTable mapped() {
    return table;
  }

  /** Bytes of the heap that the columns and the values behind them take. */
  int keyBytes() {
    int bytes = 0;
    for (ByteBuffer column : columns) {
      bytes += HeapBytes.of(column);
    }
    for (Object value : key) {
      bytes += (int) HeapBytes.ofValue(value);
    }
    return bytes;
  }

  /** Bytes of the columns on the wire, with their lengths. */
  int bytes() {
    return bytes;
  }

  /** Without the key, which the row counts that it was encoded for. */
  @Override
  public int heapBytes() {
    return HEAP_BYTES + 2 * HeapBytes.ofReferences(columns.length);
  }

  @Override
  public Object table() {
    return table.topicTarget();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof TablePartition that
            && (hash == 0 || that.hash == 0 || hash == that.hash)
            && table.topicTarget().equals(that.table.topicTarget())
            && Arrays.equals(columns, that.columns));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      SipHash made = new SipHash().add(table.topicTarget().hashCode());
      for (ByteBuffer column : columns) {
        made.add(column);
      }
      hash = made.toInt();
    }
    return hash;
  }

  /** Names no key: it is payload. */
  @Override
  public String toString() {
    return "TablePartition";
  }
}
