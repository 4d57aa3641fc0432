package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestStores.open;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.row;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static io.datapoints.connect.store.cassandra.TestStores.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.TtlLimits;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Times to live that end after 2038, on a node that stores them, and for a user who may ask it. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateExpiryIT {

  private static final int HOUR = 3_600;

  /** Of 20 years, which end after 2038 since 2018. */
  private static final int LATE = TtlLimits.MAX_SECONDS - 1_000;

  private static final String MAPPING = "topic.t.mapped.t.";

  private final Servers servers;
  @AutoClose private final CassandraNode node;

  LateExpiryIT(Servers servers) {
    this.servers = servers;
    this.node =
        servers.ownCassandra(
            CassandraNode.Profile.TEST,
            Map.of(
                "storage_compatibility_mode", "NONE",
                "authenticator", "PasswordAuthenticator",
                "authorizer", "CassandraAuthorizer"));
    // The node makes its first role some seconds after it accepts clients.
    Await.until("a role", Duration.ofMinutes(2), this::makesRole);
  }

  private boolean makesRole() {
    try (CqlSession session = node.session()) {
      session.execute("CREATE ROLE IF NOT EXISTS writer WITH PASSWORD = 'writer' AND LOGIN = true");
      session.execute("GRANT ALL PERMISSIONS ON ALL KEYSPACES TO writer");
      session.execute("REVOKE SELECT ON ALL KEYSPACES FROM writer");
      session.execute(
          "CREATE KEYSPACE IF NOT EXISTS mapped WITH replication ="
              + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
      session.execute("CREATE TABLE IF NOT EXISTS mapped.t (id text PRIMARY KEY, v int)");
      return true;
    } catch (DriverException tooEarly) {
      return false;
    }
  }

  @Test
  void pointsAndTheirIndexLiveAsLongAsTheyAsk() {
    try (CassandraStore store = store("cassandra", "late", Map.of());
        CqlSession session = node.session()) {
      assertThat(open(store)).isEqualTo(Outcome.Durable.DURABLE);
      assertThat(write(store, late())).containsExactly(Outcome.Durable.DURABLE);
      assertThat(left(session, "SELECT TTL(value) FROM late.data_points"))
          .isBetween(LATE - HOUR, LATE);
      assertThat(left(session, "SELECT TTL(mtime) FROM late.row_keys"))
          .isBetween(TtlLimits.MAX_SECONDS - HOUR, TtlLimits.MAX_SECONDS);
    }
  }

  @Test
  void rowsOfEveryLayoutMay() {
    for (Map<String, String> settings :
        List.of(
            Map.of("layout", "flows", "flows.ttl.seconds", "630720000"),
            Map.of(
                "layout",
                "table",
                MAPPING + "mapping",
                "id=key, v=value.v",
                MAPPING + "ttl",
                "630720000"))) {
      try (CassandraStore store = store("cassandra", "late_flows", settings)) {
        assertThat(open(store)).isEqualTo(Outcome.Durable.DURABLE);
      }
    }
  }

  @Test
  void aUserWhoMayNotAskHasUntil2038() {
    try (CassandraStore store = store("writer", "late_writer", Map.of());
        CqlSession session = node.session()) {
      session.execute(
          "CREATE KEYSPACE late_writer WITH replication = {'class': 'SimpleStrategy',"
              + " 'replication_factor': 1}");
      session.execute("GRANT SELECT ON KEYSPACE late_writer TO writer");
      assertThat(open(store)).isEqualTo(Outcome.Durable.DURABLE);
      assertThat(store.plan(late())).isInstanceOf(Plan.Rejected.class);
      session.execute("GRANT SELECT ON TABLE system_views.settings TO writer");
    }
    Await.until("the permission", Duration.ofMinutes(1), this::mayWriteLate);
  }

  private boolean mayWriteLate() {
    try (CassandraStore store = store("writer", "late_writer", Map.of())) {
      assertThat(open(store)).isEqualTo(Outcome.Durable.DURABLE);
      return !(store.plan(late()) instanceof Plan.Rejected);
    }
  }

  @Test
  void aNodeWithDefaultSettingsHasUntil2038() {
    try (CassandraStore store = TestStores.creating(servers.cassandra(), "not_late")) {
      assertThat(open(store)).isEqualTo(Outcome.Durable.DURABLE);
      assertThat(store.plan(late())).isInstanceOf(Plan.Rejected.class);
      assertThat(row(store, point(series("m", "h", "a"), 0, 1))).isNotNull();
    }
  }

  private static DataPoint late() {
    return point(series("m", "h", "a"), 0, new Value.LongValue(1), LATE, RECORD_TIME);
  }

  private static int left(CqlSession session, String query) {
    return session.execute(query).one().getInt(0);
  }

  private CassandraStore store(String user, String keyspace, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("cassandra.contact.points", node.contactPoint());
    settings.put("cassandra.local.datacenter", node.localDatacenter());
    settings.put("cassandra.keyspace", keyspace);
    settings.put("cassandra.username", user);
    settings.put("cassandra.password", user);
    return new CassandraStore(CassandraSinkConfig.from(settings), "late", true, Clock.systemUTC());
  }
}
