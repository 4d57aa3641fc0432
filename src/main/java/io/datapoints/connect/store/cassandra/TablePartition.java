package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.store.PartitionKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A partition of a mapped table: the table and the encoded columns of the partition key. */
final class TablePartition implements PartitionKey {

  private final MappedTable table;
  private final ByteBuffer[] columns;
  private final int hash;

  TablePartition(MappedTable table, ByteBuffer... columns) {
    this.table = table;
    this.columns = columns;
    this.hash = hash(table, columns);
  }

  private static int hash(MappedTable table, ByteBuffer[] columns) {
    SipHash hash = new SipHash().add(table.lane().hashCode());
    for (ByteBuffer column : columns) {
      hash.add(column);
    }
    return hash.toInt();
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
            && hash == that.hash
            && table.lane().equals(that.table.lane())
            && Arrays.equals(columns, that.columns));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Names no key: it is payload. */
  @Override
  public String toString() {
    return "TablePartition";
  }
}
