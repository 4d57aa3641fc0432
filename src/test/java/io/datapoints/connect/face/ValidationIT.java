package io.datapoints.connect.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.FreePorts;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.store.cassandra.CassandraStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the built archive in a worker says of settings, by a Cassandra that asks for passwords and
 * permissions, and by the MongoDB at hand.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidationIT {

  private static final Duration BOUND = Duration.ofMinutes(3);
  private static final String CASSANDRA = "io.datapoints.connect.CassandraDatapointSinkConnector";
  private static final String MONGODB = "io.datapoints.connect.MongoDatapointSinkConnector";
  private static final String PASSWORD = "s3cr3t-of-all";
  private static final String WRONG = "s3cr3t-but-wrong";
  private static final String MAPPING = "topic.any.made.metrics.mapping";
  private static final String UNSEEN = "the settings were not compared with the store";

  private final Servers servers;
  @AutoClose private final ConnectWorker worker;
  @AutoClose private final CassandraNode cassandra;
  @AutoClose private final CqlSession admin;
  private int names;

  ValidationIT(Servers servers) {
    this.servers = servers;
    this.worker =
        servers.worker(
            WorkerSettings.defaults().archive(Servers.archive().orElseThrow()).group("validation"));
    this.cassandra =
        servers.ownCassandra(
            CassandraNode.Profile.TEST,
            Map.of("authenticator", "PasswordAuthenticator", "authorizer", "CassandraAuthorizer"));
    // The node makes its first role some seconds after it accepts clients.
    this.admin = Await.value("the first role", BOUND, this::asSuperuser);
  }

  private Optional<CqlSession> asSuperuser() {
    try {
      return Optional.of(cassandra.session());
    } catch (AllNodesFailedException notYet) {
      return Optional.empty();
    }
  }

  @BeforeAll
  void makeTablesAndRoles() {
    for (String layout : List.of("kairosdb", "flows")) {
      CassandraStore.ddl(
              CassandraSinkConfig.from(Map.of("layout", layout, "cassandra.keyspace", "made")))
          .forEach(admin::execute);
    }
    admin.execute(
        "CREATE KEYSPACE bare"
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    admin.execute("CREATE ROLE writers");
    admin.execute("GRANT MODIFY ON KEYSPACE made TO writers");
    admin.execute("GRANT SELECT ON KEYSPACE made TO writers");
    role("nobody");
    role("member", "GRANT writers TO member");
    role("reader", "GRANT SELECT ON KEYSPACE made TO reader");
    role("blind", "GRANT MODIFY ON KEYSPACE made TO blind");
    role("everywhere", "GRANT ALL ON ALL KEYSPACES TO everywhere");
    role("single", "GRANT MODIFY ON made.metrics TO single");
    role("maker", "GRANT CREATE ON ALL KEYSPACES TO maker");
    role("\"O\"\"Neill\"", "GRANT CREATE ON KEYSPACE bare TO \"O\"\"Neill\"");
  }

  private void role(String name, String... grants) {
    admin.execute("CREATE ROLE %s WITH PASSWORD = '%s' AND LOGIN = true".formatted(name, PASSWORD));
    List.of(grants).forEach(admin::execute);
  }

  @AfterAll
  void nothingIsLeftAndNothingWasTold() throws IOException {
    Await.until(
        "the end of the sessions",
        BOUND,
        () -> worker.threads().stream().noneMatch(each -> each.contains("-validation-")));
    Await.until(
        "the end of the connections",
        BOUND,
        () ->
            admin.execute("SELECT client_options FROM system_views.clients").all().stream()
                .noneMatch(row -> row.getFormattedContents().contains("-validation")));
    assertThat(log()).doesNotContain("s3cr3t");
    assertThat(
            admin.execute("SELECT keyspace_name FROM system_schema.keyspaces").all().stream()
                .map(row -> row.getString("keyspace_name")))
        .contains("made", "bare")
        .doesNotContain("fresh");
  }

  @ParameterizedTest
  @CsvSource({
    "kairosdb, member, made",
    "flows, member, made",
    "table, member, made",
    "flows, single, made",
    "table, single, made",
    "kairosdb, everywhere, made",
    "kairosdb, maker, fresh",
    "flows, maker, fresh",
    "flows, maker, bare",
    "kairosdb, O\"Neill, bare",
    "flows, everywhere, fresh"
  })
  void whoeverMayDoWhatTheTasksDoHasNoErrors(String layout, String user, String keyspace) {
    assertThat(errors(cassandra(layout, user, "cassandra.keyspace", keyspace))).isEmpty();
  }

  @Test
  void aSuperuserNeedsNoPermissions() {
    for (String keyspace : List.of("made", "bare", "fresh")) {
      assertThat(
              errors(
                  cassandra(
                      "kairosdb",
                      "cassandra",
                      "cassandra.keyspace",
                      keyspace,
                      "cassandra.password",
                      "cassandra")))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "flows, nobody, made, cassandra.username, GRANT MODIFY ON KEYSPACE made",
    "flows, reader, made, cassandra.username, GRANT MODIFY ON KEYSPACE made",
    "table, nobody, made, cassandra.username, GRANT MODIFY ON KEYSPACE made",
    "kairosdb, blind, made, cassandra.username, GRANT SELECT ON KEYSPACE made",
    "kairosdb, single, bare, cassandra.schema.create, GRANT CREATE ON KEYSPACE bare",
    "flows, member, bare, cassandra.schema.create, GRANT CREATE ON KEYSPACE bare",
    "flows, member, fresh, cassandra.schema.create, GRANT CREATE ON ALL KEYSPACES"
  })
  void aMissingPermissionIsNamedWithItsCure(
      String layout, String user, String keyspace, String setting, String cure) {
    Map<String, String> errors = errors(cassandra(layout, user, "cassandra.keyspace", keyspace));
    assertThat(errors).containsOnlyKeys(setting);
    assertThat(errors.get(setting)).contains(cure);
  }

  @Test
  void aWrongPasswordIsToldAndKeepsTheConnectorFromBeingCreated() {
    Map<String, String> config = cassandra("flows", "member", "cassandra.password", WRONG);
    Map<String, String> errors = errors(config);
    assertThat(errors).containsOnlyKeys("cassandra.password");
    assertThat(errors.get("cassandra.password"))
        .contains("refuses the user of cassandra.username with this password")
        .doesNotContain(WRONG);
    assertThat(refusal(config)).contains("400", "cassandra.password").doesNotContain(WRONG);

    config.remove("cassandra.username");
    config.remove("cassandra.password");
    assertThat(errors(config)).containsOnlyKeys("cassandra.username");
  }

  @Test
  void aKeyspaceThatMayNotBeCreatedHasToBeThere() {
    Map<String, String> config =
        cassandra(
            "flows", "member", "cassandra.keyspace", "fresh", "cassandra.schema.create", "false");
    assertThat(errors(config)).containsOnlyKeys("cassandra.keyspace");
    assertThat(refusal(config)).contains("keyspace fresh is missing and may not be created");
  }

  @Test
  void aTableOfAnotherKindIsToldOnTheSettingThatCuresIt() {
    assertThat(errors(cassandra("flows", "member", "flows.partition.bucket", "day")))
        .containsOnlyKeys("flows.partition.bucket");
    admin.execute("CREATE TABLE IF NOT EXISTS bare.metrics (id uuid PRIMARY KEY)");
    Map<String, String> foreign =
        errors(cassandra("flows", "everywhere", "cassandra.keyspace", "bare"));
    admin.execute("DROP TABLE bare.metrics");
    assertThat(foreign).containsOnlyKeys("cassandra.keyspace");
    assertThat(foreign.get("cassandra.keyspace")).contains("choose another keyspace");
    assertThat(errors(cassandra("table", "member", MAPPING, "source_ip=key")))
        .containsOnlyKeys(MAPPING);
  }

  @Test
  void aDataCentreThatIsNotThereIsTold() {
    Map<String, String> errors =
        errors(cassandra("flows", "member", "cassandra.local.datacenter", "elsewhere"));
    assertThat(errors).containsOnlyKeys("cassandra.local.datacenter");
    assertThat(errors.get("cassandra.local.datacenter")).contains("the cluster has datacenter1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kairosdb", "flows", "table"})
  void aNodeThatIsAwayIsALineInTheLog(String layout) throws IOException {
    unseen(
        CASSANDRA,
        cassandra(
            layout, "member", "cassandra.contact.points", "127.0.0.1:" + new FreePorts().next()));
  }

  @Test
  void aNodeThatDoesNotAnswerKeepsNobodyWaiting() throws IOException {
    try (TcpProxy proxy = new TcpProxy(cassandra.address(), servers.ports())) {
      proxy.mode(TcpProxy.Mode.BLACK_HOLE);
      unseen(
          CASSANDRA,
          cassandra(
              "flows",
              "member",
              "cassandra.contact.points",
              proxy.contactPoint(),
              "cassandra.connect.timeout.ms",
              "3600000"));
    }
  }

  @Test
  void whoeverDoesNotWantItIsNotAsked() {
    assertThat(
            errors(
                cassandra(
                    "flows", "nobody", "cassandra.password", WRONG, "validate.connect", "false")))
        .isEmpty();
  }

  @Test
  void aCollectionThatMayNotBeCreatedHasToBeThere() {
    Map<String, String> config = mongo("layout", "flows", "mongodb.schema.create", "false");
    Map<String, String> errors = errors(MONGODB, config);
    assertThat(errors).containsOnlyKeys("mongodb.collection");
    assertThat(errors.get("mongodb.collection")).contains("mongodb.schema.create");
    config.put("mongodb.schema.create", "true");
    assertThat(errors(MONGODB, config)).isEmpty();
  }

  @Test
  void anIndexInTheWayOfTheUniqueOneIsTold() {
    Map<String, String> config = mongo("layout", "flows");
    try (MongoClient client = servers.mongo().client()) {
      client
          .getDatabase(config.getOrDefault("mongodb.database", ""))
          .getCollection("metrics")
          .createIndex(
              Document.parse(
                  "{source_ip: 1, dest_ip: 1, protocol: 1, timestamp: -1, source_port: 1,"
                      + " dest_port: 1}"));
    }
    Map<String, String> errors = errors(MONGODB, config);
    assertThat(errors).containsOnlyKeys("mongodb.collection");
    assertThat(errors.get("mongodb.collection")).contains("conflicts", "drop that one");
  }

  @Test
  void aMongodbThatIsAwayIsALineInTheLog() throws IOException {
    unseen(
        MONGODB,
        mongo(
            "mongodb.uri",
            "mongodb://me:" + PASSWORD + "@127.0.0.1:" + new FreePorts().next(),
            "mongodb.operation.timeout.ms",
            "300"));
  }

  @Test
  void aMongodbThatDoesNotAnswerKeepsNobodyWaiting() throws IOException {
    try (TcpProxy proxy = new TcpProxy(servers.mongo().address(), servers.ports())) {
      proxy.mode(TcpProxy.Mode.BLACK_HOLE);
      unseen(
          MONGODB,
          mongo(
              "mongodb.uri",
              "mongodb://" + proxy.contactPoint(),
              "mongodb.operation.timeout.ms",
              "3000000",
              "flush.timeout.ms",
              "3600000"));
    }
  }

  private Map<String, String> cassandra(String layout, String user, String... settings) {
    Map<String, String> config = config(layout, settings);
    config.putIfAbsent("cassandra.contact.points", cassandra.contactPoint());
    config.putIfAbsent("cassandra.local.datacenter", cassandra.localDatacenter());
    config.putIfAbsent("cassandra.keyspace", "made");
    config.putIfAbsent("cassandra.username", user);
    config.putIfAbsent("cassandra.password", PASSWORD);
    if (layout.equals("table")) {
      config.putIfAbsent(
          MAPPING,
          "source_ip=key, dest_ip=key, protocol='p', timestamp=timestamp, source_port=1,"
              + " dest_port=2");
    }
    return config;
  }

  private Map<String, String> mongo(String... settings) {
    Map<String, String> config = config("kairosdb", settings);
    config.putIfAbsent("mongodb.uri", servers.mongo().uri());
    config.putIfAbsent("mongodb.database", servers.mongoDatabase("validation"));
    return config;
  }

  private Map<String, String> config(String layout, String... settings) {
    Map<String, String> config = new TreeMap<>();
    config.put("name", "v" + names++);
    config.put("topics", "any");
    config.put("layout", layout);
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    return config;
  }

  private Map<String, String> errors(Map<String, String> config) {
    return errors(CASSANDRA, config);
  }

  /** Asked again where a busy machine did not let the worker see the store in time. */
  private Map<String, String> errors(String connector, Map<String, String> config) {
    return Await.value(
        "an answer that the store had a part in",
        BOUND,
        () -> {
          long before = unseenLines(config);
          Map<String, String> errors = answer(connector, config);
          return unseenLines(config) == before ? Optional.of(errors) : Optional.empty();
        });
  }

  private void unseen(String connector, Map<String, String> config) throws IOException {
    assertThat(answer(connector, config)).isEmpty();
    assertThat(unseenLines(config)).isEqualTo(1);
  }

  private Map<String, String> answer(String connector, Map<String, String> config)
      throws IOException {
    JsonNode answer = worker.rest().validate(connector, config);
    assertThat(answer.toString()).doesNotContain("s3cr3t");
    Map<String, String> errors = new TreeMap<>();
    for (JsonNode each : answer.path("configs")) {
      JsonNode found = each.path("value").path("errors");
      if (!found.isEmpty()) {
        errors.put(each.path("value").path("name").asText(), found.toString());
      }
    }
    return errors;
  }

  /** What the worker says to a connector that is created with these settings. */
  private String refusal(Map<String, String> config) {
    Map<String, String> complete = new TreeMap<>(config);
    complete.put("connector.class", CASSANDRA);
    String name = config.getOrDefault("name", "");
    return Await.value(
        "a refusal",
        BOUND,
        () -> {
          try {
            worker.rest().putConnector(name, complete);
          } catch (IOException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
          }
          // The store was not seen in time.
          worker.rest().deleteConnector(name);
          return Optional.empty();
        });
  }

  private long unseenLines(Map<String, String> config) throws IOException {
    String line = config.getOrDefault("name", "") + ": " + UNSEEN;
    return log().lines().filter(each -> each.contains(" " + line)).count();
  }

  private String log() throws IOException {
    return Files.readString(worker.process().log(), StandardCharsets.UTF_8);
  }
}
