package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.CassandraSinkConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The CQL that a dry run shows. */
class CassandraDdlTest {

  private static final String REPLICATION =
      " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': '1'}";

  @Test
  void kairosdbHasItsKeyspaceAndAllOfItsTables() {
    List<String> statements =
        of(
            Map.of(
                "cassandra.keyspace", "Metrics",
                "cassandra.table.options", "gc_grace_seconds = 1"));

    assertThat(statements).hasSize(9);
    assertThat(statements.get(0))
        .isEqualTo("CREATE KEYSPACE IF NOT EXISTS \"Metrics\"" + REPLICATION);
    assertThat(statements.get(1))
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS \"Metrics\".data_points (key blob, column1 blob, value blob,"
                + " PRIMARY KEY ((key), column1)) WITH gc_grace_seconds = 1");
    assertThat(statements.subList(2, 9))
        .allSatisfy(
            statement ->
                assertThat(statement)
                    .startsWith("CREATE TABLE IF NOT EXISTS \"Metrics\".")
                    .doesNotContain("gc_grace_seconds"));
  }

  @Test
  void flowsHaveTheirTableAsItIsConfigured() {
    assertThat(
            of(
                Map.of(
                    "layout", "flows",
                    "cassandra.keyspace", "net",
                    "flows.partition.bucket", "day",
                    "flows.ttl.seconds", "60")))
        .containsExactly(
            "CREATE KEYSPACE IF NOT EXISTS net" + REPLICATION,
            "CREATE TABLE IF NOT EXISTS net.metrics (source_ip text, dest_ip text, protocol text,"
                + " time_bucket timestamp, timestamp timestamp, source_port int, dest_port int,"
                + " value double, PRIMARY KEY ((source_ip, dest_ip, protocol, time_bucket),"
                + " timestamp, source_port, dest_port)) WITH CLUSTERING ORDER BY (timestamp DESC,"
                + " source_port ASC, dest_port ASC) AND default_time_to_live = 60");
  }

  @Test
  void eachDescribedTableAndItsKeyspaceStandOnce() {
    assertThat(
            of(
                Map.ofEntries(
                    Map.entry("layout", "table"),
                    Map.entry("topic.a.ks.\"T\".mapping", "id=key"),
                    Map.entry("topic.a.ks.\"T\".columns", "id text, n int"),
                    Map.entry("topic.a.ks.\"T\".primaryKey", "id, n DESC"),
                    Map.entry("topic.b.ks.T.mapping", "id=key"),
                    Map.entry("topic.b.ks.T.columns", "id text, n int"),
                    Map.entry("topic.b.ks.T.primaryKey", "id, n DESC"),
                    Map.entry("topic.b.other.t.mapping", "id=key"),
                    Map.entry("topic.b.other.t.columns", "id text"),
                    Map.entry("topic.b.other.t.primaryKey", "id"),
                    Map.entry("topic.b.ks.there.mapping", "id=key"),
                    Map.entry("topic./p.*/.ks.${topic}.mapping", "id=key"),
                    Map.entry("topic./p.*/.ks.${topic}.columns", "id text"),
                    Map.entry("topic./p.*/.ks.${topic}.primaryKey", "id"))))
        .containsExactly(
            "CREATE KEYSPACE IF NOT EXISTS ks" + REPLICATION,
            "CREATE TABLE IF NOT EXISTS ks.\"T\" (id text, n int, PRIMARY KEY (id, n))"
                + " WITH CLUSTERING ORDER BY (n DESC)",
            "CREATE KEYSPACE IF NOT EXISTS other" + REPLICATION,
            "CREATE TABLE IF NOT EXISTS other.t (id text, PRIMARY KEY (id))");
  }

  @Test
  void theyAreWantedMostWhereTheConnectorMayNotExecuteThem() {
    assertThat(of(Map.of("layout", "flows", "cassandra.schema.create", "false"))).hasSize(2);
  }

  private static List<String> of(Map<String, String> settings) {
    return CassandraStore.ddl(CassandraSinkConfig.from(settings));
  }
}
