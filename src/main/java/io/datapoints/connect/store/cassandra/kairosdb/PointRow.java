package io.datapoints.connect.store.cassandra.kairosdb;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexedRow;
import io.datapoints.connect.store.cassandra.kairosdb.index.RowKey;
import io.datapoints.connect.store.cassandra.request.RowBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One point, encoded.
 *
 * @param partition its row key
 * @param ownsPartition whether the row key was made for this row
 * @param column the offset in the row, stored as four bytes, big endian
 * @param value the encoded value; owned by the row and never changed
 * @param ttl seconds to live from the time of the write, 0 for ever
 * @param writeTimestamp milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent")
public record PointRow(
    RowKey partition, boolean ownsPartition, int column, byte[] value, int ttl, long writeTimestamp)
    implements Row, IndexedRow {

  private static final String CQL =
      "INSERT INTO %s.data_points (key, column1, value) VALUES (?, ?, ?)"
          + " USING TTL ? AND TIMESTAMP ?";

  /**
   * What a row adds to a batch on the wire beside its key and value: lengths, id, numbers. A server
   * counts up to 27 bytes more against its limits for batches, but not the key, which is longer.
   */
  private static final int FRAME_BYTES = 59;

  private static final int HEAP_BYTES = 40;

  /**
   * Prepares the statement that writes a row, with its own timestamp in milliseconds.
   *
   * @param keyspace as CQL spells it
   */
  public static CompletionStage<PreparedStatement> prepare(CqlSession session, String keyspace) {
    return session.prepareAsync(CQL.formatted(keyspace));
  }

  /**
   * The request that writes these rows. The bytes are bound without a codec, and neighbours share
   * the buffers that are equal.
   */
  public static Statement<?> insert(PreparedStatement statement, List<PointRow> rows) {
    LastNumber ttl = new LastNumber();
    LastNumber timestamp = new LastNumber();
    return RowBatch.of(
        rows,
        row ->
            statement
                .boundStatementBuilder()
                .setBytesUnsafe(0, row.partition.buffer())
                .setBytesUnsafe(1, ByteBuffer.allocate(Integer.BYTES).putInt(0, row.column))
                .setBytesUnsafe(2, ByteBuffer.wrap(row.value))
                .setBytesUnsafe(3, ttl.int32(row.ttl))
                .setBytesUnsafe(4, timestamp.int64(row.writeTimestamp))
                .build());
  }

  @Override
  public int bytes() {
    return FRAME_BYTES + partition.length() + value.length;
  }

  @Override
  public int heapBytes() {
    return HEAP_BYTES
        + HeapBytes.ofBytes(value.length)
        + (ownsPartition ? partition.keyBytes() : 0);
  }

  /** The database compares the four bytes as unsigned. */
  @Override
  public int compareClusteringKey(Row other) {
    return Integer.compareUnsigned(column, ((PointRow) other).column);
  }

  /**
   * Of two writes Cassandra keeps the one with the later write timestamp. Of one millisecond, which
   * is all that KairosDB's timestamps tell apart, it keeps the one whose life ends, and if neither
   * ends the one with the larger bytes; if both do, the one that ends later, which is this one.
   */
  @Override
  public boolean replaces(Row earlier) {
    PointRow other = (PointRow) earlier;
    if (writeTimestamp != other.writeTimestamp) {
      return writeTimestamp > other.writeTimestamp;
    }
    if (ttl > 0 || other.ttl > 0) {
      return ttl > 0;
    }
    return Arrays.compareUnsigned(value, other.value) >= 0;
  }
}
