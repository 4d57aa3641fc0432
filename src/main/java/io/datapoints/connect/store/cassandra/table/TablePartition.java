package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.store.PartitionKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A partition of a mapped table: the table and the encoded columns of the partition key. */
public final class TablePartition implements PartitionKey {

  private final MappedTable table;
  private final ByteBuffer[] columns;

  /** Made when it is asked for, which it is not in a run of rows of one partition; 0 until then. */
  private int hash;

  public TablePartition(MappedTable table, ByteBuffer... columns) {
    this.table = table;
    this.columns = columns;
  }

  MappedTable mapped() {
    return table;
  }

  /** Each of its rows has one, and counts it. */
  @Override
  public int heapBytes() {
    return 0;
  }

  /** A table may be a target of several topics, each with a statement of its own. */
  @Override
  public Object table() {
    return table.lane();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof TablePartition that
            && table.lane().equals(that.table.lane())
            && Arrays.equals(columns, that.columns));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      SipHash made = new SipHash().add(table.lane().hashCode());
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
