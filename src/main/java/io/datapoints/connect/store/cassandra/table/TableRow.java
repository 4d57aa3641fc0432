package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.datapoints.connect.config.mapping.MappedTarget.CassandraOptions;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.Row;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One row of a mapped table, planned for one version of it. It keeps its source values, so that it
 * can be planned again if the table changes before the row is written.
 */
public final class TableRow implements Row {

  /** The time to live is that of the table. */
  static final int NO_TTL = CassandraOptions.TTL_OF_TABLE;

  /**
   * What a server counts of a row besides its values, where it is the only one of its partition. On
   * the wire it is less: id, count, timestamp and TTL.
   */
  private static final int FRAME_BYTES = 60;

  /** What a server counts of a cell besides its value: write time, TTL and end of life. */
  private static final int CELL_BYTES = 20;

  /** The row without values. */
  private static final int HEAP_BYTES = 56;

  /** The source with its record and their origin, without values. */
  private static final int SOURCE_BYTES = 24 + 40 + 40;

  private static final long NOTHING_UNKNOWN = -1;

  /** The origin of a row that no longer needs its record. */
  private static final RecordOrigin FORGOTTEN =
      new RecordOrigin("", 0, 0, RecordOrigin.NO_TIMESTAMP);

  private static final Comparator<RecordOrigin> BY_ORIGIN =
      Comparator.comparing(RecordOrigin::topic)
          .thenComparingInt(RecordOrigin::partition)
          .thenComparingLong(RecordOrigin::offset);

  private final RowPlanner planner;
  private final TablePartition partition;
  private final byte[] encoded;
  private final Effect effect;
  private final @Nullable Source source;
  private final long writeTimestamp;
  private final int ttl;
  private final int cells;
  private final int heapBytes;

  /** The effect of a row on the stored row with its key. */
  enum Effect {
    /** It writes its values. */
    WRITES,
    /** It deletes, because its record has no value. */
    DELETES,
    /** It deletes, because all its values outside the key are null. */
    EMPTIES
  }

  /**
   * The record of a row whose values alone do not suffice to plan it again.
   *
   * @param unknownSince how many schema checks had begun when a field without a column was found,
   *     or -1
   * @param lacking whether a user defined type lacked a field of it
   */
  record Source(MappedRecord record, long unknownSince, boolean lacking) {

    private long heapBytes() {
      return SOURCE_BYTES + HeapBytes.ofValues(record.values()) + HeapBytes.ofValue(record.rest());
    }
  }

  /**
   * @param ownsPartition whether the partition was made for this row
   * @param encoded as in {@link RowEncoding}
   * @param source null for a row that can be planned again from its values
   * @param writeTimestamp microseconds since the epoch
   * @param ttl seconds, or {@link #NO_TTL}
   */
  TableRow(
      RowPlanner planner,
      TablePartition partition,
      boolean ownsPartition,
      byte[] encoded,
      Effect effect,
      @Nullable Source source,
      long writeTimestamp,
      int ttl) {
    this.planner = planner;
    this.partition = partition;
    this.encoded = encoded;
    this.effect = effect;
    this.source = source;
    this.writeTimestamp = writeTimestamp;
    this.ttl = ttl;
    this.cells = planner.encoding().cells(encoded);
    long heap =
        (long) HEAP_BYTES
            + HeapBytes.ofBytes(encoded.length)
            + (ownsPartition ? partition.keyBytes() : 0)
            + (source == null ? 0 : source.heapBytes());
    this.heapBytes = (int) Math.min(Integer.MAX_VALUE, heap);
  }

  /** Whether its values can be written to this version of the table. */
  boolean isOf(RowPlanner version) {
    return planner == version && (source == null || !source.lacking());
  }

  RowPlanner planner() {
    return planner;
  }

  /** The record of the row, to plan it for a later version of the table. */
  MappedRecord record() {
    return source != null ? source.record() : planner.encoding().record(this);
  }

  byte[] encoded() {
    return encoded;
  }

  /** The origin of its record, if the order of the log matters. */
  RecordOrigin origin() {
    return source == null ? FORGOTTEN : source.record().origin();
  }

  boolean deletes() {
    return effect != Effect.WRITES;
  }

  /** Whether it deletes because its record has no value. */
  boolean isTombstone() {
    return effect == Effect.DELETES;
  }

  long writeTimestamp() {
    return writeTimestamp;
  }

  int ttl() {
    return ttl;
  }

  long unknownSince() {
    return source == null ? NOTHING_UNKNOWN : source.unknownSince();
  }

  public BoundStatement bound() {
    return planner.bind(this);
  }

  @Override
  public TablePartition partition() {
    return partition;
  }

  /** As a server counts them against its limits for batches, or more. */
  @Override
  public int bytes() {
    return FRAME_BYTES + encoded.length + partition.bytes() + CELL_BYTES * cells;
  }

  @Override
  public int heapBytes() {
    return heapBytes;
  }

  /**
   * By the encoded key, then by which columns are written: rows that write different columns of one
   * key both have to be written, each with its own timestamp. Rows of a user's statement keep the
   * order of the log, since the effect of the statement is unknown.
   */
  @Override
  public int compareClusteringKey(Row other) {
    TableRow that = (TableRow) other;
    if (planner != that.planner && planner.number() != that.planner.number()) {
      return Long.compare(planner.number(), that.planner.number());
    }
    if (planner.form().kind() == TableForm.Kind.ONE_BY_ONE) {
      return BY_ORIGIN.compare(origin(), that.origin());
    }
    int order = planner.encoding().compareKeys(encoded, that.encoded);
    if (order == 0) {
      order = Boolean.compare(deletes(), that.deletes());
    }
    if (order == 0 && !deletes()) {
      order = planner.encoding().compareColumns(encoded, that.encoded);
    }
    return order == 0 && planner.keepsAll() ? BY_ORIGIN.compare(origin(), that.origin()) : order;
  }

  /** Cassandra keeps the write with the later timestamp. */
  @Override
  public boolean replaces(Row earlier) {
    return writeTimestamp >= ((TableRow) earlier).writeTimestamp;
  }
}
