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

  /** Computed on first use; 0 until then. A run of rows of one partition does not need it. */
  private int hash;

  public TablePartition(TopicTable table, ByteBuffer... columns) {
    this(table, null, new Object[0], columns);
  }

  /**
   * @param version the version of the table that the partition was created for
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

  /** A column of the key for the driver; the buffer is shared, so its position must not move. */
  ByteBuffer column(int index) {
    return columns[index];
  }

  /** The columns of the key, as {@link #column} gives each. */
  ByteBuffer[] columns() {
    return columns;
  }

  TopicTable mapped() {
    return table;
  }

  /** Heap bytes of the columns and of the values they were encoded from. */
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

  /** Excludes the key: the row that it was encoded for counts it. */
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

  /** Omits the key, which is payload. */
  @Override
  public String toString() {
    return "TablePartition";
  }
}
