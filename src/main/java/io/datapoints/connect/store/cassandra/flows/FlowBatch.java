package io.datapoints.connect.store.cassandra.flows;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.datapoints.connect.store.cassandra.request.LastNumber;
import io.datapoints.connect.store.cassandra.request.PartitionBatch;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Binds the flows of one partition to {@link
 * io.datapoints.connect.store.cassandra.schema.TableDefinition#insert}. The bytes are bound as they
 * are, without a codec, and neighbours share the buffers that are equal.
 */
public final class FlowBatch {

  private final PreparedStatement statement;
  private final FlowPartition partition;
  private final LastNumber timestamp = new LastNumber();
  private final LastNumber sourcePort = new LastNumber();
  private final LastNumber destPort = new LastNumber();

  private FlowBatch(PreparedStatement statement, FlowPartition partition) {
    this.statement = statement;
    this.partition = partition;
  }

  /** The statement that writes these rows of this partition. */
  public static Statement<?> of(
      PreparedStatement statement, FlowPartition partition, List<FlowRow> rows) {
    return PartitionBatch.of(rows, new FlowBatch(statement, partition)::bind);
  }

  private BoundStatement bind(FlowRow row) {
    BoundStatementBuilder bound = statement.boundStatementBuilder();
    int next = partition.columns();
    for (int column = 0; column < next; column++) {
      bound = bound.setBytesUnsafe(column, partition.column(column));
    }
    return bound
        .setBytesUnsafe(next, timestamp.int64(row.timestamp()))
        .setBytesUnsafe(next + 1, sourcePort.int32(row.sourcePort()))
        .setBytesUnsafe(next + 2, destPort.int32(row.destPort()))
        .setBytesUnsafe(next + 3, ByteBuffer.allocate(Double.BYTES).putDouble(0, row.value()))
        .setBytesUnsafe(next + 4, ByteBuffer.allocate(Long.BYTES).putLong(0, row.writeTimestamp()))
        .build();
  }
}
