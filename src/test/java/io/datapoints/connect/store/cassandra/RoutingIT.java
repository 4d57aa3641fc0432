package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.cassandra.kairosdb.PointRow;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexStatements;
import io.datapoints.connect.store.cassandra.request.RowBatch;
import io.datapoints.connect.store.cassandra.table.TableRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether the driver can send each statement to a replica: its default policy does so for whatever
 * has a routing key in a keyspace whose replicas it knows.
 */
@ExtendWith(ServersExtension.class)
class RoutingIT {

  private final Cassandra cassandra;

  RoutingIT(Servers servers) {
    this.cassandra = servers.cassandra();
  }

  @ParameterizedTest
  @EnumSource(Bucket.class)
  void aWriteOfFlowsGoesToItsReplicas(Bucket bucket) {
    String keyspace = "Routing_flows_" + bucket;
    CassandraConfig connection = TestStores.connection(cassandra.contactPoint(), keyspace, true);
    Map<String, String> settings = Map.of("flows.partition.bucket", bucket.name());
    try (CassandraStore store = TestFlows.store(connection, true, settings)) {
      assertThat(TestStores.open(store)).isEqualTo(Outcome.Durable.DURABLE);
    }
    try (CassandraStore store = TestFlows.store(connection, false, settings);
        CqlSession session = connect(connection)) {
      assertThat(TestStores.open(store)).isEqualTo(Outcome.Durable.DURABLE);
      List<TableRow> rows =
          Stream.of(TestFlows.flow(1, 1, 1, 1), TestFlows.flow(0, 1, 1, 1))
              .map(flow -> (TableRow) store.plan(flow.sample(bucket)))
              .toList();
      for (List<TableRow> some : List.of(rows.subList(0, 1), rows)) {
        Statement<?> statement = RowBatch.of(some, TableRow::bound);
        assertThat(replicas(session, statement)).isEqualTo(1);
      }
    }
  }

  @Test
  void everyStatementOfKairosdbsTablesKnowsItsWholePartitionKey() {
    String keyspace = "routing_kairos";
    CassandraConfig connection = TestStores.connection(cassandra.contactPoint(), keyspace, true);
    try (CassandraStore store = TestStores.store(connection, true)) {
      assertThat(TestStores.open(store)).isEqualTo(Outcome.Durable.DURABLE);
    }
    try (CqlSession session = connect(connection)) {
      PreparedStatement point = PointRow.prepare(session, keyspace).toCompletableFuture().join();
      IndexStatements statements =
          IndexStatements.prepare(session, keyspace, true).toCompletableFuture().join();
      assertThat(
              Stream.of(
                  point,
                  statements.metricName(),
                  statements.rowTime(),
                  statements.rowKey(),
                  Objects.requireNonNull(statements.tagIndexedRowKey())))
          .extracting(PreparedStatement::getPartitionKeyIndices)
          .containsExactly(
              List.of(0), List.of(0), List.of(0), List.of(0, 1, 2), List.of(0, 1, 2, 3));
    }
  }

  /** A session as a task has it. */
  private static CqlSession connect(CassandraConfig connection) {
    CqlSession session =
        new SessionFactory(connection, "routing")
            .connect()
            .toCompletableFuture()
            .orTimeout(2, TimeUnit.MINUTES)
            .join();
    assertThat(
            session
                .getContext()
                .getConfig()
                .getDefaultProfile()
                .getString(DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS))
        .isEqualTo("DefaultLoadBalancingPolicy");
    return session;
  }

  private static int replicas(CqlSession session, Statement<?> statement) {
    TokenMap tokens = session.getMetadata().getTokenMap().orElseThrow();
    return tokens
        .getReplicas(
            Objects.requireNonNull(statement.getRoutingKeyspace()),
            Objects.requireNonNull(statement.getRoutingKey()))
        .size();
  }
}
