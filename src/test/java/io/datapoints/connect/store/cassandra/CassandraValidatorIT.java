package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.FreePorts;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.ValidationResult;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.cassandra.kairosdb.KairosFactory;
import io.datapoints.connect.store.cassandra.schema.Grants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real Cassandra has against the settings, and what one that is away has. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CassandraValidatorIT {

  private static final String T = "topic.readings.validation.readings.";

  private static final String MISSING =
      " is missing and may not be created: create it by hand, or give its columns and primaryKey,"
          + " with cassandra.schema.create set to true";

  /** For a machine that is busy; the connector's own bound is tested where nothing answers. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Cassandra cassandra;
  private final CqlSession session;

  CassandraValidatorIT(Servers servers) {
    this.cassandra = servers.cassandra();
    this.session = cassandra.session();
  }

  @BeforeAll
  void create() {
    session.execute(
        "CREATE KEYSPACE validation"
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute(
        "CREATE TABLE validation.readings"
            + " (id text, ts timestamp, \"Value\" double, PRIMARY KEY (id, ts))");
  }

  @AfterAll
  void drop() {
    for (String made :
        List.of("validation", "validated_kairosdb", "validated_flows", "validated_grants")) {
      session.execute("DROP KEYSPACE IF EXISTS " + made);
    }
    session.close();
  }

  @Test
  void aMappingThatFitsItsTableIsLeftAlone() {
    assertThat(complaints(T + "mapping", "id=key, ts=timestamp, \"Value\"=value.v")).isEmpty();
  }

  @Test
  void whatATableLacksIsToldOnItsMapping() {
    assertThat(complaints(T + "mapping", "id=key, value=value.v"))
        .containsExactly(
            new SettingError(
                T + "mapping",
                T
                    + "mapping: table validation.readings has no column value; it has Value, and"
                    + " case counts"),
            new SettingError(
                T + "mapping",
                T + "mapping: primary key column ts of validation.readings is not mapped"));
  }

  @Test
  void everyTargetOfEveryTopicIsCompared() {
    assertThat(
            complaints(
                T + "mapping",
                "id=key, ts=timestamp",
                "topic.readings.validation.other.mapping",
                "id=key",
                "topic.alarms.nowhere.alarms.mapping",
                "id=key"))
        .extracting(SettingError::message)
        .containsExactly(
            "topic.alarms.nowhere.alarms.mapping: table nowhere.alarms" + MISSING,
            "topic.readings.validation.other.mapping: table validation.other" + MISSING);
  }

  @Test
  void aTableThatWillBeCreatedMayBeMissing() {
    String other = "topic.readings.validation.other.";
    String[] settings = {
      other + "mapping", "id=key", other + "columns", "id text", other + "primaryKey", "id"
    };
    assertThat(complaints(settings)).isEmpty();
    assertThat(complaints(with(settings, "cassandra.schema.create", "false")))
        .extracting(SettingError::setting)
        .containsExactly(other + "mapping");
  }

  @Test
  void aDryRunNeedsWhatDescribesATableAndNoLeaveToCreateIt() {
    String other = "topic.readings.validation.other.";
    String[] dry = {
      other + "mapping", "id=key", "dry.run", "true", "cassandra.schema.create", "false"
    };
    assertThat(complaints(dry))
        .extracting(SettingError::setting)
        .containsExactly(other + "mapping");
    assertThat(
            complaints(with(with(dry, other + "columns", "id text"), other + "primaryKey", "id")))
        .isEmpty();
  }

  @Test
  void aStatementOfTheUsersOwnNeedsItsTableAndItsVariables() {
    String query = "UPDATE validation.readings SET \"Value\" = :v WHERE id = :i AND ts = :t";
    String[] fits = {
      T + "mapping", "v=value.v, i=key, t=timestamp, unused=value.u", T + "query", query
    };
    assertThat(complaints(fits)).isEmpty();
    assertThat(complaints(with(fits, T + "mapping", "v=value.v, i=key")))
        .containsExactly(
            new SettingError(T + "query", T + "query: variable t is not in the mapping"));
    assertThat(complaints(with(fits, T + "mapping", "v+=value.v, i=key, t=timestamp")))
        .containsExactly(
            new SettingError(
                T + "mapping",
                T + "mapping: v cannot be with query, whose variables take whole values by ="));
    assertThat(complaints(with(fits, T + "query", query.replace("Value", "Valu"))))
        .singleElement()
        .matches(error -> error.setting().equals(T + "query"))
        .extracting(SettingError::message)
        .asString()
        .startsWith(T + "query: the server refuses it: ");
  }

  @Test
  void aTopicThatMatchesAPatternIsNotGuessed() {
    assertThat(complaints("topic./s\\.(.+)/.validation.${1}.mapping", "id=key")).isEmpty();
  }

  @Test
  void aDataCentreThatDoesNotExistIsToldOnItsSetting() {
    assertThat(
            complaints(
                T + "mapping", "id=key, ts=timestamp", "cassandra.local.datacenter", "elsewhere"))
        .singleElement()
        .satisfies(
            complaint -> {
              assertThat(complaint.setting()).isEqualTo("cassandra.local.datacenter");
              assertThat(complaint.message()).contains("the cluster has datacenter1");
            });
  }

  @Test
  void whatTheTasksWillCreateMayBeMissingAndStaysSo() {
    for (String layout : List.of("kairosdb", "flows")) {
      assertThat(complaints("layout", layout, "cassandra.keyspace", "not_yet")).isEmpty();
      assertThat(
              complaints(
                  "layout", layout,
                  "cassandra.keyspace", "not_yet",
                  "cassandra.schema.create", "false"))
          .extracting(SettingError::message)
          .containsExactly(
              "cassandra.keyspace: keyspace not_yet is missing and may not be created: create it by"
                  + " hand, or set cassandra.schema.create to true");
    }
    assertThat(
            session.execute(
                "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name ="
                    + " 'not_yet'"))
        .isEmpty();
  }

  @Test
  void aTableOfAnotherProgramIsTold() {
    session.execute("CREATE TABLE IF NOT EXISTS validation.metrics (id uuid PRIMARY KEY)");
    session.execute("CREATE TABLE IF NOT EXISTS validation.spec (name text PRIMARY KEY)");
    assertThat(complaints("layout", "flows", "cassandra.keyspace", "validation"))
        .singleElement()
        .satisfies(
            complaint -> {
              assertThat(complaint.setting()).isEqualTo("cassandra.keyspace");
              assertThat(complaint.message())
                  .contains("validation.metrics has no partition key column source_ip");
            });
    assertThat(complaints("layout", "kairosdb", "cassandra.keyspace", "validation"))
        .extracting(SettingError::message)
        .singleElement()
        .asString()
        .contains("validation.spec has no partition key column spec_type");
  }

  @Test
  void whatTheTasksMadeIsLeftAlone() {
    for (String layout : List.of("kairosdb", "flows")) {
      String[] settings = {"layout", layout, "cassandra.keyspace", "validated_" + layout};
      try (CassandraStore store =
          new CassandraStore(config(settings), "maker", true, Clock.systemUTC())) {
        assertThat(TestStores.open(store)).isEqualTo(Outcome.Durable.DURABLE);
      }
      assertThat(complaints(settings)).isEmpty();
      assertThat(complaints(with(settings, "cassandra.schema.create", "false"))).isEmpty();
    }
    assertThat(
            complaints(
                "layout", "flows",
                "cassandra.keyspace", "validated_flows",
                "flows.partition.bucket", "day"))
        .extracting(SettingError::setting)
        .containsExactly("flows.partition.bucket");
    session.execute(
        "INSERT INTO validated_kairosdb.spec (spec_type, name, value)"
            + " VALUES ('cluster_config', 'row_width', 'wide')");
    assertThat(complaints("layout", "kairosdb", "cassandra.keyspace", "validated_kairosdb"))
        .extracting(SettingError::message)
        .containsExactly(
            "cassandra.keyspace: the spec table has a row_width that cannot be used: wide");
  }

  /** By the metric names, the tasks decide what an incomplete spec has to say. */
  @Test
  void anIncompleteSpecIsCompletedByWhoeverMayReadTheMetricNames() {
    String keyspace = "validated_grants";
    CassandraSinkConfig config = config("layout", "kairosdb", "cassandra.keyspace", keyspace);
    CassandraStore.ddl(config).forEach(session::execute);
    Set<String> writer =
        Set.of("MODIFY <keyspace " + keyspace + ">", "SELECT <table " + keyspace + ".spec>");
    Set<String> reader = new HashSet<>(writer);
    reader.add("SELECT <table " + keyspace + ".string_index>");
    SettingError blind =
        new SettingError(
            "cassandra.username",
            "cassandra.username: the user may not SELECT validated_grants.string_index: GRANT"
                + " SELECT ON KEYSPACE validated_grants");
    assertThat(kairosComplaints(config, writer)).containsExactly(blind);
    assertThat(kairosComplaints(config, reader)).isEmpty();

    try (CassandraStore store = new CassandraStore(config, "maker", true, Clock.systemUTC())) {
      assertThat(TestStores.open(store)).isEqualTo(Outcome.Durable.DURABLE);
    }
    assertThat(kairosComplaints(config, writer)).as("the spec is complete").isEmpty();

    // As in a keyspace of KairosDB 1.2: the first task creates the spec, and completes it.
    session.execute("DROP TABLE validated_grants.spec");
    Set<String> creator = new HashSet<>(writer);
    creator.add("CREATE <keyspace " + keyspace + ">");
    assertThat(kairosComplaints(config, creator)).containsExactly(blind);
    assertThat(
            kairosComplaints(
                config(
                    "layout", "kairosdb",
                    "cassandra.keyspace", keyspace,
                    "cassandra.schema.create", "false"),
                writer))
        .as("no spec, and none will be made")
        .isEmpty();
  }

  private List<SettingError> kairosComplaints(CassandraSinkConfig config, Set<String> grants) {
    return new KairosFactory(config, false, Clock.systemUTC())
        .look(session, Grants.listed(grants))
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Test
  void aLifeBeyondCassandrasLastDateIsToldOnItsSetting() {
    assertThat(complaints("layout", "flows", "flows.ttl.seconds", "630720000"))
        .extracting(SettingError::setting)
        .containsExactly("flows.ttl.seconds");
    assertThat(complaints(T + "mapping", "id=key, ts=timestamp", T + "ttl", "630720000"))
        .extracting(SettingError::setting)
        .containsExactly(T + "ttl");
  }

  @Test
  void aStoreThatIsAwayHasNothingToSay() {
    assertThat(findings(away("127.0.0.1:" + new FreePorts().next()), PATIENCE))
        .singleElement()
        .isInstanceOf(ValidationResult.Unknown.class);
  }

  @Test
  void aStoreThatDoesNotAnswerIsNotWaitedForBeyondTheBound() throws IOException {
    // Connections wait in the queue of the socket, and nobody takes them out.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CassandraSinkConfig config = away("127.0.0.1:" + silent.getLocalPort());
      assertThat(findings(config, Duration.ofMillis(200)))
          .singleElement()
          .isInstanceOf(ValidationResult.Unknown.class);
    }
  }

  /** Without the bound, the driver would wait for ten minutes. */
  private CassandraSinkConfig away(String contactPoint) {
    return config(
        T + "mapping",
        "id=key",
        "cassandra.contact.points",
        contactPoint,
        "cassandra.connect.timeout.ms",
        "600000");
  }

  private List<SettingError> complaints(String... settings) {
    return findings(config(settings), PATIENCE).stream().map(SettingError.class::cast).toList();
  }

  private static List<ValidationResult> findings(CassandraSinkConfig config, Duration bound) {
    try (CassandraValidator validator = new CassandraValidator(config, "validation", bound)) {
      return validator
          .validate()
          .toCompletableFuture()
          .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .join();
    }
  }

  private CassandraSinkConfig config(String... settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("layout", "table");
    properties.put("cassandra.contact.points", cassandra.contactPoint());
    properties.put("cassandra.local.datacenter", cassandra.localDatacenter());
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return CassandraSinkConfig.from(properties);
  }

  private static String[] with(String[] settings, String key, String value) {
    String[] all = Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = key;
    all[settings.length + 1] = value;
    return all;
  }
}
