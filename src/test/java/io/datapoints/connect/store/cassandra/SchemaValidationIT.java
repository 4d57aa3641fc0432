package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.FreePorts;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.store.cassandra.SchemaValidation.Complaint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real Cassandra has against the settings of tables, and what one that is away has. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaValidationIT {

  private static final String T = "topic.readings.validation.readings.";

  /** For a machine that is busy; the connector's own bound is tested where nothing answers. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Beyond the bound of 5 seconds: what making a session takes on a busy machine. */
  private static final Duration AT_ONCE = Duration.ofSeconds(15);

  private final Cassandra cassandra;
  private final CqlSession session;

  SchemaValidationIT(Servers servers) {
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
    session.execute("DROP KEYSPACE IF EXISTS validation");
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
            new Complaint(
                T + "mapping",
                T
                    + "mapping: table validation.readings has no column value; it has Value, and"
                    + " case counts"),
            new Complaint(
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
        .extracting(Complaint::message)
        .containsExactly(
            "topic.alarms.nowhere.alarms.mapping: table nowhere.alarms is missing and may not be"
                + " created",
            "topic.readings.validation.other.mapping: table validation.other is missing and may"
                + " not be created");
  }

  @Test
  void aTableThatWillBeCreatedMayBeMissing() {
    String other = "topic.readings.validation.other.";
    String[] settings = {
      other + "mapping", "id=key", other + "columns", "id text", other + "primaryKey", "id"
    };
    assertThat(complaints(settings)).isEmpty();
    assertThat(complaints(with(settings, "cassandra.schema.create", "false")))
        .extracting(Complaint::setting)
        .containsExactly(other + "mapping");
  }

  @Test
  void aStatementOfTheUsersOwnNeedsItsTableOnly() {
    String query = "UPDATE validation.readings SET \"Value\" = :v WHERE id = :i AND ts = :t";
    assertThat(complaints(T + "mapping", "v=value.v, i=key, t=timestamp", T + "query", query))
        .isEmpty();
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
  void aStoreThatIsAwayHasNothingToSay() {
    assertThat(atOnce("127.0.0.1:" + new FreePorts().next())).isEmpty();
  }

  @Test
  void aStoreThatDoesNotAnswerHasNothingToSayWithinTheBound() throws IOException {
    // Connections wait in the queue of the socket, and nobody takes them out.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(atOnce("127.0.0.1:" + silent.getLocalPort())).isEmpty();
    }
  }

  private List<Complaint> atOnce(String contactPoint) {
    CassandraSinkConfig config =
        config(
            T + "mapping",
            "id=key",
            "cassandra.contact.points",
            contactPoint,
            "cassandra.connect.timeout.ms",
            "600000");
    long start = System.nanoTime();
    List<Complaint> complaints = new SchemaValidation(config, "validation").complaints();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
    return complaints;
  }

  private List<Complaint> complaints(String... settings) {
    return new SchemaValidation(config(settings), "validation", PATIENCE).complaints();
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
