package io.datapoints.connect.store.cassandra.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.FlowsKey;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.store.cassandra.schema.Ddl;
import io.datapoints.connect.store.cassandra.schema.KeyspaceState;
import io.datapoints.connect.store.cassandra.schema.TableDefinition;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of flows as CQL, and how a table that differs is described. */
class FlowsTableTest {

  private static final TableDefinition PLAIN = FlowsTable.of(Bucket.NONE, FlowsKey.FLOW, 0);

  @Test
  void theTableIsCreatedWithTheLatestFlowsFirst() {
    assertThat(Ddl.table("\"net\"", PLAIN, ""))
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS \"net\".metrics (source_ip text, dest_ip text,"
                + " protocol text, timestamp timestamp, source_port int, dest_port int,"
                + " value double, PRIMARY KEY ((source_ip, dest_ip, protocol), timestamp,"
                + " source_port, dest_port)) WITH CLUSTERING ORDER BY (timestamp DESC,"
                + " source_port ASC, dest_port ASC)");
  }

  @ParameterizedTest
  @EnumSource(value = Bucket.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aBucketIsTheLastColumnOfThePartitionKey(Bucket bucket) {
    assertThat(Ddl.table("net", FlowsTable.of(bucket, FlowsKey.FLOW, 0), ""))
        .contains("protocol text, time_bucket timestamp, timestamp timestamp,")
        .contains(
            "PRIMARY KEY ((source_ip, dest_ip, protocol, time_bucket), timestamp, source_port,"
                + " dest_port)");
  }

  @Test
  void lifeStandsBeforeTheOperatorsOwnOptions() {
    assertThat(
            Ddl.table(
                "net",
                FlowsTable.of(Bucket.NONE, FlowsKey.FLOW, 86_400),
                " compaction = {'class': 'TimeWindowCompactionStrategy'} "))
        .endsWith(
            " WITH CLUSTERING ORDER BY (timestamp DESC, source_port ASC, dest_port ASC)"
                + " AND default_time_to_live = 86400"
                + " AND compaction = {'class': 'TimeWindowCompactionStrategy'}");
  }

  @Test
  void aTableWithFurtherRegularColumnsWillDo() {
    List<Column> columns = new ArrayList<>(PLAIN.columns());
    columns.add(TableDefinition.regular("remark", "text"));
    assertThat(mismatch(PLAIN, columns)).isEmpty();
  }

  @Test
  void aTableWithAnotherBucketIsNamed() {
    TableDefinition daily = FlowsTable.of(Bucket.DAY, FlowsKey.FLOW, 0);
    assertThat(mismatch(daily, PLAIN.columns()))
        .contains("table net.metrics has no partition key column time_bucket of type timestamp");
    assertThat(mismatch(PLAIN, daily.columns()))
        .contains(
            "table net.metrics has the partition key columns"
                + " [source_ip, dest_ip, protocol, time_bucket] instead of"
                + " [source_ip, dest_ip, protocol]");
  }

  @ParameterizedTest
  @EnumSource(value = FlowsKey.class, names = "FLOW", mode = EnumSource.Mode.EXCLUDE)
  void whatTellsFlowsApartIsTheLastClusteringColumn(FlowsKey key) {
    String column = key.column().orElseThrow();
    assertThat(Ddl.table("net", FlowsTable.of(Bucket.NONE, key, 0), ""))
        .contains(
            "dest_port int, " + column + " text, value double,",
            "timestamp, source_port, dest_port, " + column + "))",
            "dest_port ASC, " + column + " ASC)");
  }

  @Test
  void aTableWithAnotherKeyIsNamed() {
    TableDefinition apart = FlowsTable.of(Bucket.NONE, FlowsKey.RECORD, 0);
    assertThat(mismatch(apart, PLAIN.columns()))
        .contains("table net.metrics has no clustering column record of type text");
    assertThat(mismatch(PLAIN, apart.columns()))
        .contains(
            "table net.metrics has the clustering columns"
                + " [timestamp, source_port, dest_port, record] instead of"
                + " [timestamp, source_port, dest_port]");
  }

  private static Optional<String> mismatch(TableDefinition wanted, List<Column> actual) {
    return new KeyspaceState("net", true, Map.of("metrics", actual)).mismatch(List.of(wanted));
  }
}
