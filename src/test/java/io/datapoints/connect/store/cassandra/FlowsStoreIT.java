package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestFlows.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestFlows.WEB;
import static io.datapoints.connect.store.cassandra.TestFlows.flow;
import static io.datapoints.connect.store.cassandra.TestFlows.origin;
import static io.datapoints.connect.store.cassandra.TestFlows.write;
import static io.datapoints.connect.store.cassandra.TestStores.connection;
import static io.datapoints.connect.store.cassandra.TestStores.open;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies in a real Cassandra after flows were written, and which tables are written to. */
@ExtendWith(ServersExtension.class)
class FlowsStoreIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Cassandra cassandra;
  private CqlSession session;

  /** Each test has its own. */
  private String keyspace;

  FlowsStoreIT(Servers servers) {
    this.cassandra = servers.cassandra();
  }

  @BeforeEach
  void openSession(TestInfo test) {
    session = cassandra.session();
    String name = test.getTestMethod().orElseThrow().getName();
    keyspace = "flows_" + Integer.toHexString((name + test.getDisplayName()).hashCode());
  }

  @AfterEach
  void closeSession() {
    session.execute("DROP KEYSPACE IF EXISTS " + keyspace);
    session.close();
  }

  @Test
  void everyFlowIsStoredInItsColumns() {
    Conversation wide = new Conversation("2001:db8::1", "2001:db8::2", "ipv6-icmp");
    try (CassandraStore store = opened(Map.of())) {
      assertThat(
              write(
                  store,
                  flow(WEB, -1, 0, 65_535, -0.0, origin(42, RECORD_TIME)),
                  flow(wide, NOON.toEpochMilli(), 1, 2, 1e300, origin(43, RECORD_TIME + 1))))
          .containsOnly(DURABLE);
    }
    assertThat(rows())
        .extracting(row -> row.getFormattedContents())
        .containsExactlyInAnyOrder(
            "[source_ip:'10.0.0.1', dest_ip:'10.0.0.2', protocol:'tcp',"
                + " timestamp:'1969-12-31T23:59:59.999Z', source_port:0, dest_port:65535,"
                + " value:-0.0, written:1700000000000042, life:NULL]",
            "[source_ip:'2001:db8::1', dest_ip:'2001:db8::2', protocol:'ipv6-icmp',"
                + " timestamp:'2026-11-21T12:00:00.000Z', source_port:1, dest_port:2,"
                + " value:1.0E300, written:1700000000000043, life:NULL]");
  }

  @Test
  void aBatchHoldsManyFlowsOfOneConversation() {
    Flow[] flows = new Flow[500];
    for (int i = 0; i < flows.length; i++) {
      flows[i] = flow(WEB, i / 4, i % 2, i % 4, i, origin(i, RECORD_TIME));
    }
    try (CassandraStore store = opened(Map.of())) {
      assertThat(write(store, flows)).containsExactly(DURABLE);
    }
    assertThat(rows())
        .extracting(row -> row.getDouble("value"))
        .hasSize(500)
        .doesNotHaveDuplicates()
        .startsWith(496.0, 498.0, 497.0, 499.0);
  }

  @Test
  void redeliveryChangesNothing() {
    Flow[] flows = {
      flow(WEB, 1, 1, 1, 1, origin(998, RECORD_TIME)),
      flow(WEB, 2, 1, 1, 2, origin(999, RECORD_TIME)),
      flow(WEB, 1, 1, 1, 3, origin(1_500, RECORD_TIME + 1)),
    };
    try (CassandraStore store = opened(Map.of())) {
      for (Flow flow : flows) {
        assertThat(write(store, flow)).containsExactly(DURABLE);
      }
      List<String> before = contents();
      for (Flow flow : flows) {
        assertThat(write(store, flow)).containsExactly(DURABLE);
      }
      assertThat(contents()).isEqualTo(before).hasSize(2);
    }
  }

  @Test
  void ofTwoRecordsForOneFlowTheLaterWinsInWhateverOrder() {
    try (CassandraStore store = opened(Map.of())) {
      for (Flow flow :
          List.of(
              flow(WEB, 1, 1, 1, 9, origin(3, RECORD_TIME)),
              flow(WEB, 1, 1, 1, 5, origin(4, RECORD_TIME)),
              flow(WEB, 1, 1, 1, 99, origin(2, RECORD_TIME)),
              flow(WEB, 1, 1, 1, 999, origin(5, RECORD_TIME - 1)))) {
        assertThat(write(store, flow)).containsExactly(DURABLE);
      }
    }
    assertThat(rows()).extracting(row -> row.getDouble("value")).containsExactly(5.0);
  }

  @ParameterizedTest
  @EnumSource(
      value = ChronoUnit.class,
      names = {"HOURS", "DAYS"})
  void aBucketHoldsAnHourOrADay(ChronoUnit unit) {
    String bucket = unit == ChronoUnit.HOURS ? "hour" : "day";
    Instant start = NOON.truncatedTo(unit);
    try (CassandraStore store = opened(Map.of("flows.partition.bucket", bucket))) {
      assertThat(
              write(
                  store,
                  unit == ChronoUnit.HOURS ? Bucket.HOUR : Bucket.DAY,
                  flow(start.minusMillis(1).toEpochMilli(), 1, 1, 1),
                  flow(start.toEpochMilli(), 1, 1, 2),
                  flow(start.plus(1, unit).minusMillis(1).toEpochMilli(), 1, 1, 3),
                  flow(-1, 1, 1, 4)))
          .containsExactly(DURABLE, DURABLE, DURABLE);
    }
    assertThat(
            session.execute(
                "SELECT value FROM %s.metrics WHERE source_ip = ? AND dest_ip = ? AND protocol = ?"
                        .formatted(keyspace)
                    + " AND time_bucket = ?",
                WEB.sourceIp(),
                WEB.destIp(),
                WEB.protocol(),
                start))
        .extracting(row -> row.getDouble(0))
        .containsExactly(3.0, 2.0);
    assertThat(session.execute("SELECT time_bucket FROM %s.metrics".formatted(keyspace)))
        .extracting(row -> row.getInstant(0))
        .contains(start.minus(1, unit), Instant.EPOCH.minus(1, unit));
  }

  @Test
  void lifeAndCompactionAreThoseOfTheTable() {
    CassandraConfig tuned =
        options(
            "gc_grace_seconds = 3600 AND compaction = {'class': 'TimeWindowCompactionStrategy',"
                + " 'compaction_window_size': '2', 'compaction_window_unit': 'HOURS'}");
    try (CassandraStore store =
        TestFlows.store(tuned, true, Map.of("flows.ttl.seconds", "86400"))) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, flow(1, 1, 1, 1))).containsExactly(DURABLE);
    }
    Row table =
        session
            .execute(
                "SELECT default_time_to_live, gc_grace_seconds, compaction"
                    + " FROM system_schema.tables"
                    + " WHERE keyspace_name = ? AND table_name = 'metrics'",
                keyspace)
            .one();
    assertThat(table.getInt("default_time_to_live")).isEqualTo(86_400);
    assertThat(table.getInt("gc_grace_seconds")).isEqualTo(3600);
    assertThat(table.getMap("compaction", String.class, String.class))
        .containsEntry("compaction_window_size", "2")
        .containsEntry("compaction_window_unit", "HOURS")
        .hasEntrySatisfying("class", name -> assertThat(name).contains("TimeWindow"));
    assertThat(rows())
        .extracting(row -> row.getInt("life"))
        .singleElement()
        .satisfies(life -> assertThat(life).isBetween(1, 86_400));
  }

  @Test
  void aLifeBeyondCassandrasLastDateFailsTheTaskAndNoRow() {
    try (CassandraStore store =
        TestFlows.store(options(""), true, Map.of("flows.ttl.seconds", "630720000"))) {
      assertThat(fatal(store)).contains("flows.ttl.seconds");
    }
  }

  @Test
  void oneTaskCreatesTheTableAndTheOthersWaitForIt() {
    try (CassandraStore first = TestFlows.store(options(""), true, Map.of());
        CassandraStore second = TestFlows.store(options(""), false, Map.of())) {
      assertThat(open(second)).isInstanceOf(Outcome.Unavailable.class);
      assertThat(open(first)).isEqualTo(DURABLE);
      assertThat(open(second)).isEqualTo(DURABLE);
      assertThat(write(second, flow(1, 1, 1, 1))).containsExactly(DURABLE);
    }
  }

  @Test
  void nothingIsCreatedWhereNothingMayBe() {
    CassandraConfig readOnly = connection(cassandra.contactPoint(), keyspace, false);
    try (CassandraStore store = TestFlows.store(readOnly, false, Map.of())) {
      assertThat(fatal(store))
          .isEqualTo("keyspace " + keyspace + " is missing and may not be created");
      keyspace();
      assertThat(fatal(store))
          .isEqualTo("table " + keyspace + ".metrics is missing and may not be created");
    }
  }

  @Test
  void aTableOfAnotherBucketIsRefused() {
    opened(Map.of("flows.partition.bucket", "day")).close();
    try (CassandraStore plain = TestFlows.store(options(""), true, Map.of())) {
      assertThat(fatal(plain))
          .isEqualTo(
              "table %s.metrics has the partition key columns [source_ip, dest_ip, protocol,"
                      .formatted(keyspace)
                  + " time_bucket] instead of [source_ip, dest_ip, protocol]");
    }
  }

  @Test
  void flowsOfOneKeyStayApartByTheirRecords() {
    MappedRecord[] flows = {
      recorded(flow(1, 1, 1, 1518), "flows-0@7#0"),
      recorded(flow(1, 1, 1, 70), "flows-0@7#1"),
      recorded(flow(1, 1, 1, 70), "flows-1@7#1")
    };
    try (CassandraStore store = opened(Map.of("flows.key", "record"))) {
      assertThat(TestStores.write(store, flows)).containsExactly(DURABLE);
      assertThat(TestStores.write(store, flows)).containsExactly(DURABLE);
    }
    assertThat(
            session.execute(
                ("SELECT record, value FROM %s.metrics WHERE source_ip = ? AND dest_ip = ?"
                        + " AND protocol = ?")
                    .formatted(keyspace),
                WEB.sourceIp(),
                WEB.destIp(),
                WEB.protocol()))
        .extracting(row -> row.getString(0) + " " + row.getDouble(1))
        .containsExactly("flows-0@7#0 1518.0", "flows-0@7#1 70.0", "flows-1@7#1 70.0");
    assertThat(
            session.execute(
                ("SELECT timestamp, sum(value) FROM %s.metrics WHERE source_ip = ? AND dest_ip = ?"
                        + " AND protocol = ? GROUP BY source_ip, dest_ip, protocol, timestamp")
                    .formatted(keyspace),
                WEB.sourceIp(),
                WEB.destIp(),
                WEB.protocol()))
        .extracting(row -> row.getDouble(1))
        .containsExactly(1658.0);
  }

  private static MappedRecord recorded(Flow flow, String place) {
    List<@Nullable Object> values = new ArrayList<>(flow.sample().values());
    values.add(place);
    return new MappedRecord("*", 0, values.toArray(), null, false, flow.origin());
  }

  @Test
  void aTableOfAnotherKeyIsRefused() {
    opened(Map.of()).close();
    try (CassandraStore apart = TestFlows.store(options(""), true, Map.of("flows.key", "record"))) {
      Outcome.Fatal refusal = (Outcome.Fatal) open(apart);
      assertThat(refusal.reason())
          .isEqualTo("table " + keyspace + ".metrics has no clustering column record of type text");
    }
  }

  @Test
  void aTableThatSomebodyElseMadeWillDoWithOtherOrderAndMoreColumns() {
    keyspace();
    session.execute(
        ("CREATE TABLE %s.metrics (source_ip text, dest_ip text, source_port int, dest_port int,"
                + " protocol text, timestamp timestamp, value double, site text,"
                + " PRIMARY KEY ((source_ip, dest_ip, protocol), timestamp, source_port,"
                + " dest_port))")
            .formatted(keyspace));
    try (CassandraStore store = opened(Map.of())) {
      assertThat(write(store, flow(1, 1, 1, 1), flow(2, 1, 1, 2))).containsExactly(DURABLE);
    }
    assertThat(rows()).extracting(row -> row.getDouble("value")).containsExactly(1.0, 2.0);
  }

  @Test
  void aTableThatGoesAwayWhileItIsWrittenToIsNoBadRecord() {
    try (CassandraStore store = opened(Map.of())) {
      assertThat(write(store, flow(1, 1, 1, 1))).containsExactly(DURABLE);
      session.execute("DROP TABLE " + keyspace + ".metrics");
      List<Outcome> outcomes = write(store, flow(1, 1, 1, 1));
      assertThat(outcomes).hasOnlyElementsOfType(Outcome.Unavailable.class);
      assertThat(((Outcome.Unavailable) outcomes.get(0)).reason())
          .contains("table " + keyspace + ".metrics is missing");
    }
  }

  private CassandraStore opened(Map<String, String> settings) {
    CassandraStore store = TestFlows.store(options(""), true, settings);
    assertThat(open(store)).isEqualTo(DURABLE);
    return store;
  }

  private CassandraConfig options(String tableOptions) {
    CassandraConfig plain = connection(cassandra.contactPoint(), keyspace, true);
    return new CassandraConfig(
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
        new CassandraConfig.Schema(true, plain.schema().replication(), tableOptions),
        Map.of());
  }

  private void keyspace() {
    session.execute(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(keyspace));
  }

  private static String fatal(CassandraStore store) {
    Outcome outcome = open(store);
    assertThat(outcome).isInstanceOf(Outcome.Fatal.class);
    return ((Outcome.Fatal) outcome).reason();
  }

  private List<Row> rows() {
    return session
        .execute(
            ("SELECT source_ip, dest_ip, protocol, timestamp, source_port, dest_port, value,"
                    + " writetime(value) AS written, ttl(value) AS life FROM %s.metrics")
                .formatted(keyspace))
        .all();
  }

  private List<String> contents() {
    return rows().stream().map(Row::getFormattedContents).toList();
  }
}
