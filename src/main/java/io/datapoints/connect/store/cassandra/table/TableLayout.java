package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.SharedLimits;
import io.datapoints.connect.store.cassandra.codec.ValueBytes;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tables of any shape, each for the records of its topics. */
final class TableLayout implements CassandraLayout<MappedRecord, TableRow> {

  private final Map<String, List<TopicTable>> tablesByTopic;
  private final RefusedTopics refused;
  private final PartitionMemo memo;
  private final SharedBatchLimits sharedLimits;

  /** Scratch of the task thread, which plans. */
  private final ValueBytes bytes = new ValueBytes();

  /**
   * @param tablesByTopic in the order of the targets of the topic; topics may join later
   */
  TableLayout(
      Map<String, List<TopicTable>> tablesByTopic,
      RefusedTopics refused,
      PartitionMemo memo,
      SharedBatchLimits sharedLimits) {
    this.tablesByTopic = tablesByTopic;
    this.refused = refused;
    this.memo = memo;
    this.sharedLimits = sharedLimits;
  }

  @Override
  public Plan plan(MappedRecord record) {
    Plan.Rejected refusal = refused.plan(record.topic());
    if (refusal != null) {
      return refusal;
    }
    List<TopicTable> tables = tablesByTopic.get(record.topic());
    if (tables == null) {
      throw new IllegalStateException("topic " + record.topic() + " is not covered");
    }
    return tables.get(record.target()).plan(record, memo, bytes);
  }

  @Override
  public @Nullable Object group(PartitionKey partition) {
    TablePartition mapped = (TablePartition) partition;
    return mapped.mapped().group(mapped);
  }

  @Override
  public SharedLimits sharedLimits() {
    return sharedLimits.current();
  }

  @Override
  public CompletionStage<Outcome> write(List<TableRow> rows) {
    return rows.get(0).partition().mapped().write(rows);
  }
}
