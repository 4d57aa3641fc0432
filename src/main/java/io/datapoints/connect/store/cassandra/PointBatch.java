package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds the points of one partition: a single statement for one, an unlogged batch for several. The
 * bytes are bound as they are, without a codec, and neighbours share the buffers that are equal.
 */
final class PointBatch {

  private final PreparedStatement statement;
  private final ByteBuffer key;
  private int lastTtl;
  private long lastTimestamp;
  private @Nullable ByteBuffer ttl;
  private @Nullable ByteBuffer timestamp;

  private PointBatch(PreparedStatement statement, RowKey key) {
    this.statement = statement;
    this.key = key.buffer();
  }

  /** The statement that writes these rows of this partition. */
  static Statement<?> of(PreparedStatement statement, RowKey key, List<PointRow> rows) {
    PointBatch batch = new PointBatch(statement, key);
    if (rows.size() == 1) {
      return batch.bind(rows.get(0));
    }
    List<BatchableStatement<?>> bound = new ArrayList<>(rows.size());
    for (PointRow row : rows) {
      bound.add(batch.bind(row));
    }
    return BatchStatement.newInstance(DefaultBatchType.UNLOGGED, bound);
  }

  private BoundStatement bind(PointRow row) {
    return statement
        .boundStatementBuilder()
        .setBytesUnsafe(0, key)
        .setBytesUnsafe(1, ByteBuffer.allocate(Integer.BYTES).putInt(0, row.column()))
        .setBytesUnsafe(2, ByteBuffer.wrap(row.value()))
        .setBytesUnsafe(3, ttl(row.ttl()))
        .setBytesUnsafe(4, timestamp(row.writeTimestamp()))
        .build();
  }

  private ByteBuffer ttl(int seconds) {
    ByteBuffer known = ttl;
    if (known == null || seconds != lastTtl) {
      known = ByteBuffer.allocate(Integer.BYTES).putInt(0, seconds);
      ttl = known;
      lastTtl = seconds;
    }
    return known;
  }

  private ByteBuffer timestamp(long millis) {
    ByteBuffer known = timestamp;
    if (known == null || millis != lastTimestamp) {
      known = ByteBuffer.allocate(Long.BYTES).putLong(0, millis);
      timestamp = known;
      lastTimestamp = millis;
    }
    return known;
  }
}
