package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.model.Cells;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.cassandra.codec.ValueBytes;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Tables of any shape, each for the records of its topics. */
final class TableLayout implements CassandraLayout<Cells, TableRow> {

  private final Map<String, List<MappedTable>> tablesByTopic;
  private final RefusedTopics refused;
  private final PartitionMemo memo;

  /** Scratch of the task thread, which plans. */
  private final ValueBytes bytes = new ValueBytes();

  /**
   * @param tablesByTopic in the order of the targets of the topic; topics may join later
   */
  TableLayout(
      Map<String, List<MappedTable>> tablesByTopic, RefusedTopics refused, PartitionMemo memo) {
    this.tablesByTopic = tablesByTopic;
    this.refused = refused;
    this.memo = memo;
  }

  @Override
  public Plan plan(Cells cells) {
    Plan.Rejected refusal = refused.plan(cells.topic());
    if (refusal != null) {
      return refusal;
    }
    List<MappedTable> tables = tablesByTopic.get(cells.topic());
    if (tables == null) {
      throw new IllegalStateException("topic " + cells.topic() + " is not covered");
    }
    return tables.get(cells.target()).plan(cells, memo, bytes);
  }

  @Override
  public CompletionStage<Outcome> write(List<TableRow> rows) {
    return rows.get(0).partition().mapped().write(rows);
  }
}
