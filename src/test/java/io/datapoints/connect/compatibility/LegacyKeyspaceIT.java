package io.datapoints.connect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowKeyCodec;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.ValueCodec;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A keyspace of KairosDB 1.2, with tables and points but no spec: columns are shifted there, for
 * ever.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LegacyKeyspaceIT {

  private static final RowLayout LAYOUT = RowLayout.of(ColumnUnit.LEGACY);
  private static final long NOON = 1_700_000_000_000L;
  private static final Map<String, String> TAGS = Map.of("host", "a");

  private final Servers servers;
  private final ConnectWorker worker;
  @AutoClose private final CqlSession session;

  LegacyKeyspaceIT(Servers servers) {
    this.servers = servers;
    this.worker = servers.worker();
    this.session = servers.cassandra().session();
  }

  @Test
  void kairosdbReadsOldAndNewPointsAtTheirTimes() throws IOException {
    createAsOldVersion("legacy_read");
    writeAsOldVersion("legacy_read", "legacy.metric", NOON, 1);
    Map<Long, Long> sent = new TreeMap<>();
    for (long time :
        new long[] {NOON + 1, NOON + 1_814_400_000L, 0, 1_814_399_999, -1, -1_814_400_001}) {
      sent.put(time, time);
    }
    try (Pipeline pipeline = new Pipeline(servers, worker, "legacy-read")) {
      pipeline
          .with("cassandra.schema.create", "false")
          .deploy()
          .deliver(
              Points.metric("legacy.metric", "long", sent),
              Points.metric("legacy.new", "long", sent));
    }
    assertThat(spec("legacy_read")).isEmpty();
    try (KairosServer kairos = servers.kairos("legacy_read")) {
      assertThat(spec("legacy_read"))
          .containsExactlyInAnyOrder("row_time_unit=LEGACY", "row_width=1814400000");
      Points points = new Points(kairos);
      assertThat(points.of("legacy.new")).isEqualTo(Points.asJson(sent));
      sent.put(NOON, 1L);
      assertThat(points.of("legacy.metric")).isEqualTo(Points.asJson(sent));
      assertThat(kairos.metricNames()).contains("legacy.metric", "legacy.new");
    }
  }

  @Test
  void aConnectorThatMayCreateTablesDeclaresTheKeyspaceLegacy() throws IOException {
    createAsOldVersion("legacy_declared");
    writeAsOldVersion("legacy_declared", "legacy.metric", NOON, 1);
    try (Pipeline pipeline = new Pipeline(servers, worker, "legacy-declared")) {
      pipeline.deploy().deliver(Points.metric("legacy.metric", "long", Map.of(NOON, 2L)));
    }
    assertThat(spec("legacy_declared"))
        .containsExactlyInAnyOrder("row_time_unit=LEGACY", "row_width=1814400000");
    // In the same cell: the old point was overwritten.
    assertThat(session.execute("SELECT value FROM legacy_declared.data_points"))
        .extracting(row -> row.getByteBuffer(0))
        .containsExactly(value(2));
  }

  private List<String> spec(String keyspace) {
    boolean there =
        session
            .execute(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?"
                    + " AND table_name = 'spec'",
                keyspace)
            .iterator()
            .hasNext();
    return there
        ? session.execute("SELECT name, value FROM " + keyspace + ".spec").all().stream()
            .map(row -> row.getString(0) + "=" + row.getString(1))
            .toList()
        : List.of();
  }

  private void createAsOldVersion(String keyspace) {
    for (String statement :
        List.of(
            "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy',"
                + " 'replication_factor': 1}",
            "CREATE TABLE %s.data_points (key blob, column1 blob, value blob,"
                + " PRIMARY KEY ((key), column1)) WITH COMPACT STORAGE",
            "CREATE TABLE %s.row_key_index (key blob, column1 blob, value blob,"
                + " PRIMARY KEY ((key), column1))",
            "CREATE TABLE %s.string_index (key blob, column1 text, value blob,"
                + " PRIMARY KEY ((key), column1))",
            "CREATE TABLE %s.row_keys (metric text, table_name text, row_time timestamp,"
                + " data_type text, tags frozen<map<text, text>>, mtime timeuuid static,"
                + " value text, PRIMARY KEY ((metric, table_name, row_time), data_type, tags))",
            "CREATE TABLE %s.row_key_time_index (metric text, table_name text,"
                + " row_time timestamp, value text, PRIMARY KEY ((metric), table_name, row_time))",
            "CREATE TABLE %s.service_index (service text, service_key text, key text,"
                + " mtime timeuuid static, value text,"
                + " PRIMARY KEY ((service, service_key), key))")) {
      session.execute(statement.formatted(keyspace));
    }
  }

  private void writeAsOldVersion(String keyspace, String metric, long time, long value) {
    Instant rowTime = Instant.ofEpochMilli(LAYOUT.rowTime(time));
    execute(
        "INSERT INTO %s.string_index (key, column1, value) VALUES (?, ?, 0x00)",
        keyspace, ByteBuffer.wrap("metric_names".getBytes(StandardCharsets.UTF_8)), metric);
    execute(
        "INSERT INTO %s.row_key_time_index (metric, table_name, row_time)"
            + " VALUES (?, 'data_points', ?) USING TIMESTAMP 1",
        keyspace, metric, rowTime);
    execute(
        "INSERT INTO %s.row_keys (metric, table_name, row_time, data_type, tags, mtime)"
            + " VALUES (?, 'data_points', ?, 'kairos_long', ?, now()) USING TIMESTAMP 1",
        keyspace, metric, rowTime, TAGS);
    execute(
        "INSERT INTO %s.data_points (key, column1, value) VALUES (?, ?, ?) USING TIMESTAMP 1",
        keyspace,
        ByteBuffer.wrap(
            RowKeyCodec.encode(metric, LAYOUT.rowTime(time), "kairos_long", Tags.of(TAGS))),
        ByteBuffer.allocate(4).putInt(0, (int) (time - LAYOUT.rowTime(time)) << 1),
        value(value));
  }

  private void execute(String cql, String keyspace, Object... values) {
    session.execute(SimpleStatement.newInstance(cql.formatted(keyspace), values));
  }

  private static ByteBuffer value(long value) {
    return ByteBuffer.wrap(ValueCodec.encode(new LongValue(value)));
  }
}
