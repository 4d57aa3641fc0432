package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestStores.connection;
import static io.datapoints.connect.store.cassandra.TestStores.open;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static io.datapoints.connect.store.cassandra.TestStores.store;
import static io.datapoints.connect.store.cassandra.TestStores.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.cassandra.kairosdb.KairosTables;
import io.datapoints.connect.store.cassandra.schema.Ddl;
import io.datapoints.connect.store.cassandra.schema.TableDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What opening a store makes of a keyspace, and what it says when it cannot. */
@ExtendWith(ServersExtension.class)
class CassandraSchemaIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;

  private final Cassandra cassandra;
  private CqlSession session;

  CassandraSchemaIT(Servers servers) {
    this.cassandra = servers.cassandra();
  }

  @BeforeEach
  void openSession() {
    session = cassandra.session();
  }

  @AfterEach
  void closeSession() {
    session.close();
  }

  @Test
  void oneTaskCreatesWhatKairosdbWouldAndTheOthersWaitForIt() {
    CassandraConfig connection = connection(cassandra.contactPoint(), "schema_new", true);
    try (CassandraStore first = store(connection, true);
        CassandraStore second = store(connection, false)) {
      assertThat(open(second))
          .asInstanceOf(InstanceOfAssertFactories.type(Outcome.Unavailable.class))
          .extracting(Outcome.Unavailable::reason)
          .asString()
          .contains("keyspace schema_new");
      long before = System.currentTimeMillis();
      assertThat(open(first)).isEqualTo(DURABLE);
      assertThat(open(second)).isEqualTo(DURABLE);
      assertThat(tables("schema_new"))
          .containsExactlyInAnyOrder(
              "data_points",
              "row_key_index",
              "string_index",
              "row_keys",
              "tag_indexed_row_keys",
              "row_key_time_index",
              "spec",
              "service_index");
      assertThat(spec("schema_new"))
          .isEqualTo(Map.of("row_time_unit", "MILLISECONDS", "row_width", "1814400000"));
      Row written = session.execute("SELECT writetime(value) FROM schema_new.spec LIMIT 1").one();
      assertThat(written.getLong(0)).isBetween(before, System.currentTimeMillis());
      assertThat(write(second, point(series("m", "h", "a"), 0, 1))).containsExactly(DURABLE);
    }
  }

  @Test
  void aKeyspaceWithMetricsButNoSpecIsLegacyAndSaysSoFromNowOn() {
    keyspace("schema_legacy", "1", KairosTables.ALL);
    metricName("schema_legacy");
    try (CassandraStore store =
        store(connection(cassandra.contactPoint(), "schema_legacy", false), false)) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(spec("schema_legacy"))
          .isEqualTo(Map.of("row_time_unit", "LEGACY", "row_width", "1814400000"));
      assertThat(write(store, point(series("m", "h", "a"), 3, 1))).containsExactly(DURABLE);
    }
    assertThat(column("schema_legacy")).isEqualTo(6);
  }

  @Test
  void aKeyspaceOfKairosdb12IsUsedAsItIs() {
    keyspace(
        "schema_12",
        "1",
        KairosTables.of(CassandraSinkConfig.from(Map.of()).cassandra(), false).required());
    try (CassandraStore store =
        store(connection(cassandra.contactPoint(), "schema_12", false), false)) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, point(series("m", "h", "a"), 3, 1))).containsExactly(DURABLE);
    }
    assertThat(column("schema_12")).isEqualTo(6);
    assertThat(tables("schema_12")).doesNotContain("spec");
  }

  @Test
  void whatIsMissingIsNamedWhenNothingMayBeCreated() {
    assertThat(fatal(connection(cassandra.contactPoint(), "schema_none", false)))
        .isEqualTo("keyspace schema_none is missing and may not be created");
    keyspace("schema_part", "1", List.of(KairosTables.DATA_POINTS, KairosTables.STRING_INDEX));
    assertThat(fatal(connection(cassandra.contactPoint(), "schema_part", false)))
        .contains("schema_part.row_keys")
        .contains("schema_part.row_key_time_index")
        .doesNotContain("data_points");
  }

  @Test
  void aTableThatIsNotKairosdbsIsNamed() {
    keyspace("schema_wrong", "1", List.of());
    session.execute(
        "CREATE TABLE schema_wrong.data_points (key blob PRIMARY KEY, column1 blob, value text)");
    CassandraConfig connection = connection(cassandra.contactPoint(), "schema_wrong", true);
    assertThat(fatal(connection)).contains("schema_wrong.data_points").contains("column1");
  }

  @Test
  void anUnknownSpecIsNotGuessedAt() {
    keyspace(
        "schema_spec",
        "1",
        List.of(
            KairosTables.DATA_POINTS,
            KairosTables.STRING_INDEX,
            KairosTables.ROW_KEYS,
            KairosTables.ROW_KEY_TIME_INDEX,
            KairosTables.SPEC));
    CassandraConfig connection = connection(cassandra.contactPoint(), "schema_spec", false);
    spec("schema_spec", "row_time_unit", "NANOSECONDS");
    assertThat(fatal(connection)).contains("row_time_unit");
    spec("schema_spec", "row_time_unit", "SECONDS");
    spec("schema_spec", "row_width", "-5");
    assertThat(fatal(connection)).contains("row_width");
  }

  @Test
  void aWrongDataCentreIsToldWithTheRightOne() {
    CassandraConfig right = connection(cassandra.contactPoint(), "schema_dc", false);
    CassandraConfig wrong =
        new CassandraConfig(
            right.contactPoints(),
            "elsewhere",
            right.keyspace(),
            null,
            null,
            right.consistencyLevel(),
            right.requestTimeout(),
            right.connectTimeout(),
            right.sharedBatches(),
            right.pool(),
            null,
            right.schema(),
            Map.of());
    assertThat(fatal(wrong)).contains("elsewhere").contains("datacenter1");
  }

  @Test
  void tableOptionsThatCassandraRefusesAreTold() {
    CassandraConfig plain = connection(cassandra.contactPoint(), "schema_options", true);
    CassandraConfig odd =
        new CassandraConfig(
            plain.contactPoints(),
            plain.localDatacenter(),
            plain.keyspace(),
            null,
            null,
            plain.consistencyLevel(),
            plain.requestTimeout(),
            plain.connectTimeout(),
            plain.sharedBatches(),
            plain.pool(),
            null,
            new CassandraConfig.Schema(true, plain.schema().replication(), "colour = 'blue'"),
            Map.of());
    assertThat(fatal(odd)).contains("colour");
  }

  @Test
  void aDriverOptionThatDoesNotExistIsFatal() {
    CassandraConfig plain = connection(cassandra.contactPoint(), "schema_driver", true);
    CassandraConfig odd =
        new CassandraConfig(
            plain.contactPoints(),
            plain.localDatacenter(),
            plain.keyspace(),
            null,
            null,
            plain.consistencyLevel(),
            plain.requestTimeout(),
            plain.connectTimeout(),
            plain.sharedBatches(),
            plain.pool(),
            null,
            plain.schema(),
            Map.of("basic.load-balancing-policy.class", "com.example.None"));
    assertThat(fatal(odd)).contains("com.example.None");
  }

  private String fatal(CassandraConfig connection) {
    try (CassandraStore store = store(connection, connection.schema().create())) {
      Outcome outcome = open(store);
      assertThat(outcome).isInstanceOf(Outcome.Fatal.class);
      return ((Outcome.Fatal) outcome).reason();
    }
  }

  private void keyspace(String name, String replicas, List<TableDefinition> tables) {
    session.execute(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': %s}"
            .formatted(name, replicas));
    tables.forEach(table -> session.execute(Ddl.table(name, table, "")));
  }

  private List<String> tables(String keyspace) {
    return session
        .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace)
        .map(row -> row.getString(0))
        .all();
  }

  private Map<String, String> spec(String keyspace) {
    Map<String, String> rows = new TreeMap<>();
    session
        .execute("SELECT name, value FROM " + keyspace + ".spec")
        .forEach(row -> rows.put(row.getString(0), row.getString(1)));
    return rows;
  }

  private void spec(String keyspace, String name, String value) {
    session.execute(
        "INSERT INTO "
            + keyspace
            + ".spec (spec_type, name, value) VALUES ('cluster_config', ?, ?)",
        name,
        value);
  }

  private void metricName(String keyspace) {
    session.execute(
        "INSERT INTO " + keyspace + ".string_index (key, column1, value) VALUES (?, 'old', 0x00)",
        ByteBuffer.wrap("metric_names".getBytes(StandardCharsets.UTF_8)));
  }

  private int column(String keyspace) {
    return session
        .execute("SELECT column1 FROM " + keyspace + ".data_points")
        .one()
        .getByteBuffer(0)
        .getInt();
  }
}
