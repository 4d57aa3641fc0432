package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.datapoints.connect.model.Cells;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.Row;
import java.nio.ByteBuffer;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One row of a mapped table, planned for one version of it. It keeps what it was made of, so that
 * it can be planned again when the table has changed before it was written.
 */
public final class TableRow implements Row {

  /** The time to live is that of the table. */
  static final int NO_TTL = -1;

  /** What a row adds to a batch on the wire beside its values: id, count, timestamp and life. */
  private static final int FRAME_BYTES = 48;

  /** The row with its cells and their origin, without values. */
  private static final int HEAP_BYTES = 72 + 40 + 40;

  private static final Comparator<RecordOrigin> BY_ORIGIN =
      Comparator.comparing(RecordOrigin::topic)
          .thenComparingInt(RecordOrigin::partition)
          .thenComparingLong(RecordOrigin::offset);

  private final TablePlanner planner;
  private final TablePartition partition;
  private final @Nullable ByteBuffer[] values;
  private final Cells cells;
  private final boolean deletes;
  private final long writeTimestamp;
  private final int ttl;
  private final long unknownSince;
  private final long plannedAt;
  private final int bytes;
  private final int heapBytes;

  /**
   * @param ownsPartition whether the partition was made for this row
   * @param values by slot; null for unset, {@link TableStatement#NULL} for a null to be written
   * @param writeTimestamp microseconds since the epoch
   * @param ttl seconds, or {@link #NO_TTL}
   * @param unknownSince how many looks at the schema had begun when a field without a column was
   *     met, or -1
   * @param plannedAt milliseconds since the epoch: the present that the write timestamp was held
   *     against
   */
  TableRow(
      TablePlanner planner,
      TablePartition partition,
      boolean ownsPartition,
      @Nullable ByteBuffer[] values,
      Cells cells,
      boolean deletes,
      long writeTimestamp,
      int ttl,
      long unknownSince,
      long plannedAt) {
    this.planner = planner;
    this.partition = partition;
    this.values = values;
    this.cells = cells;
    this.deletes = deletes;
    this.writeTimestamp = writeTimestamp;
    this.ttl = ttl;
    this.unknownSince = unknownSince;
    this.plannedAt = plannedAt;
    int length = FRAME_BYTES;
    long heap =
        (ownsPartition ? 0 : -partition.columnBytes())
            + HEAP_BYTES
            + HeapBytes.ofReferences(values.length)
            + HeapBytes.ofValues(cells.values())
            + HeapBytes.ofValue(cells.rest());
    for (ByteBuffer value : values) {
      length += Integer.BYTES + (value == null ? 0 : value.remaining());
      heap += value == null || TableStatement.isNull(value) ? 0 : HeapBytes.of(value);
    }
    this.bytes = length;
    this.heapBytes = (int) Math.min(Integer.MAX_VALUE, heap);
  }

  TablePlanner planner() {
    return planner;
  }

  Cells cells() {
    return cells;
  }

  @Nullable ByteBuffer value(int slot) {
    return values[slot];
  }

  boolean deletes() {
    return deletes;
  }

  long writeTimestamp() {
    return writeTimestamp;
  }

  int ttl() {
    return ttl;
  }

  long unknownSince() {
    return unknownSince;
  }

  /** The present of the first plan: a later one would overtake the rows that came after. */
  long plannedAt() {
    return plannedAt;
  }

  public BoundStatement bound() {
    return planner.bind(this);
  }

  @Override
  public TablePartition partition() {
    return partition;
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public int heapBytes() {
    return heapBytes;
  }

  /**
   * By the encoded key, then by which columns are written: rows that write different columns of one
   * key both have to be written, each with its own timestamp. Those of a user's statement keep the
   * order of the log, since nobody knows what it does.
   */
  @Override
  public int compareClusteringKey(Row other) {
    TableRow that = (TableRow) other;
    if (planner.number() != that.planner.number()) {
      return Long.compare(planner.number(), that.planner.number());
    }
    if (planner.form().kind() == TableForm.Kind.ONE_BY_ONE) {
      return BY_ORIGIN.compare(cells.origin(), that.cells.origin());
    }
    for (int slot : planner.clustering()) {
      int order = bytes(values[slot]).compareTo(bytes(that.values[slot]));
      if (order != 0) {
        return order;
      }
    }
    if (deletes != that.deletes) {
      return Boolean.compare(deletes, that.deletes);
    }
    for (int slot = 0; slot < values.length; slot++) {
      if ((values[slot] == null) != (that.values[slot] == null)) {
        return values[slot] == null ? -1 : 1;
      }
    }
    return planner.keepsAll() ? BY_ORIGIN.compare(cells.origin(), that.cells.origin()) : 0;
  }

  private static ByteBuffer bytes(@Nullable ByteBuffer value) {
    return value == null ? TableStatement.NULL : value;
  }

  /** Of two writes Cassandra keeps the one with the later write timestamp. */
  @Override
  public boolean replaces(Row earlier) {
    return writeTimestamp >= ((TableRow) earlier).writeTimestamp;
  }
}
