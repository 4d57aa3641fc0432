package io.datapoints.connect.store.cassandra.kairosdb;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.datapoints.connect.store.cassandra.request.PartitionBatch;
import io.datapoints.connect.store.cassandra.request.RepeatedInt32;
import io.datapoints.connect.store.cassandra.request.RepeatedInt64;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Binds the points of one partition. The bytes are bound as they are, without a codec, and
 * neighbours share the buffers that are equal.
 */
public final class PointBatch {

  private final PreparedStatement statement;
  private final ByteBuffer key;
  private final RepeatedInt32 ttl = new RepeatedInt32();
  private final RepeatedInt64 timestamp = new RepeatedInt64();

  private PointBatch(PreparedStatement statement, RowKey key) {
    this.statement = statement;
    this.key = key.buffer();
  }

  /** The statement that writes these rows of this partition. */
  public static Statement<?> of(PreparedStatement statement, RowKey key, List<PointRow> rows) {
    return PartitionBatch.of(rows, new PointBatch(statement, key)::bind);
  }

  private BoundStatement bind(PointRow row) {
    return statement
        .boundStatementBuilder()
        .setBytesUnsafe(0, key)
        .setBytesUnsafe(1, ByteBuffer.allocate(Integer.BYTES).putInt(0, row.column()))
        .setBytesUnsafe(2, ByteBuffer.wrap(row.value()))
        .setBytesUnsafe(3, ttl.of(row.ttl()))
        .setBytesUnsafe(4, timestamp.of(row.writeTimestamp()))
        .build();
  }
}
