package io.datapoints.connect.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import io.datapoints.connect.audit.AuditedArchive;
import io.datapoints.connect.audit.AuditedCassandraConnector;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.pipeline.Pipeline;
import io.datapoints.connect.pipeline.TableRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive as a worker lists, checks, configures and runs it. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectFaceIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String CASSANDRA = "io.datapoints.connect.CassandraDatapointSinkConnector";
  private static final String MONGODB = "io.datapoints.connect.MongoDatapointSinkConnector";
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

  private final Servers servers;
  private final Path directory;
  private final Path archive;
  @AutoClose private final ConnectWorker worker;
  @AutoClose private final CqlSession session;

  ConnectFaceIT(Servers servers) {
    this.servers = servers;
    this.directory =
        Path.of(System.getProperty("datapoints.workdir", "target/servers"), "face")
            .toAbsolutePath();
    this.archive = AuditedArchive.of(Servers.archive().orElseThrow(), directory);
    this.worker = servers.worker(WorkerSettings.defaults().archive(archive).group("face"));
    this.session = servers.cassandra().session();
  }

  @ParameterizedTest
  @ValueSource(strings = {CASSANDRA, MONGODB})
  void theWorkerListsTheConnectorWithItsVersion(String connector) throws IOException {
    assertThat(worker.rest().pluginVersion(connector))
        .isEqualTo(System.getProperty("datapoints.version"));
  }

  @Test
  void validationObjectsToEachWrongSettingAndKeepsPasswords() throws IOException {
    Map<String, String> config = new TreeMap<>();
    config.put("name", "face-validate");
    config.put("topics", "any");
    config.put("cassandra.keyspce", "kairosdb");
    config.put("batch.max.rows", "many");
    config.put("linger.ms", "-1");
    config.put("cassandra.password", "s3cr3t-one");
    config.put("cassandra.ssl.truststore.password", "s3cr3t-two");
    config.put("cassandra.pasword", "s3cr3t-three");
    JsonNode answer = worker.rest().validate(CASSANDRA, config);
    Map<String, String> errors = errors(answer);
    assertThat(errors)
        .containsKeys(
            "cassandra.keyspce",
            "cassandra.pasword",
            "batch.max.rows",
            "linger.ms",
            "cassandra.username")
        .doesNotContainKeys("cassandra.keyspace", "topics", "cassandra.password");
    assertThat(errors.get("cassandra.keyspce")).contains("did you mean cassandra.keyspace?");
    assertThat(errors.get("batch.max.rows")).contains("many");
    assertThat(answer.toString()).doesNotContain("s3cr3t");
    assertThatThrownBy(() -> worker.rest().putConnector("face-validate", with(config)))
        .hasMessageContaining("cassandra.keyspce")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void aUserNeedsAPassword() throws IOException {
    JsonNode answer =
        worker
            .rest()
            .validate(
                CASSANDRA, Map.of("name", "user", "topics", "any", "cassandra.username", "me"));
    assertThat(errors(answer)).containsOnlyKeys("cassandra.password");
  }

  @Test
  void validationComparesMappingsWithTheTablesThatThereAre() {
    Map<String, String> config = new TreeMap<>();
    config.put("name", "face-compare");
    config.put("topics", "any");
    config.put("layout", "table");
    config.put("cassandra.contact.points", servers.cassandra().contactPoint());
    config.put("cassandra.local.datacenter", servers.cassandra().localDatacenter());
    config.put("topic.any.system_schema.tables.mapping", "keyspace_name=key, Table_Name=value.t");
    // On a busy machine the first look may take longer than a caller is kept waiting.
    Map<String, String> errors =
        Await.value(
            "complaints about the mapping",
            BOUND,
            () ->
                Optional.of(errors(worker.rest().validate(CASSANDRA, config)))
                    .filter(each -> !each.isEmpty()));
    assertThat(errors).containsOnlyKeys("topic.any.system_schema.tables.mapping");
    assertThat(errors.get("topic.any.system_schema.tables.mapping"))
        .contains(
            "has no column Table_Name; it has table_name",
            "primary key column table_name of system_schema.tables is not mapped");
  }

  @Test
  void aDryRunTakesTheTasksAwayAndReadsNothing() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "face-dry").deploy()) {
      pipeline.deliver(Records.good(0, 10));
      runDry(worker, pipeline);
      pipeline.send(Records.good(10, 15));
      assertThat(pipeline.committed()).isEqualTo(10);
      pipeline.with("dry.run", "false").deploy();
      pipeline.awaitCommitted();
      assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(15);
    }
  }

  /** Returns once a connector that has tasks has none any more, and runs. */
  private static void runDry(ConnectWorker on, Pipeline pipeline) throws IOException {
    on.rest().putConnector(pipeline.name(), pipeline.with("dry.run", "true").config());
    Await.until(
        pipeline.name() + " to run without a task",
        BOUND,
        () -> on.rest().states(pipeline.name()).equals(List.of("RUNNING")));
  }

  @Test
  void eachConnectorHasOnlyItsOwnSettingsAndKeepsThePasswordOfItsAddress() throws IOException {
    JsonNode answer =
        worker
            .rest()
            .validate(
                MONGODB,
                Map.of(
                    "name", "mongodb",
                    "topics", "any",
                    "mongodb.uri", "mongodb://me:s3cr3t@db.example/?w=1",
                    "mongodb.pool.min.size", "9",
                    "mongodb.pool.max.size", "3",
                    "mongodb.databse", "metrics"));
    assertThat(errors(answer))
        .containsOnlyKeys("mongodb.uri", "mongodb.pool.min.size", "mongodb.databse");
    assertThat(answer.toString())
        .contains("mongodb.write.concern")
        .doesNotContain("s3cr3t", "cassandra.keyspace");
  }

  private static Map<String, String> with(Map<String, String> config) {
    Map<String, String> complete = new TreeMap<>(config);
    complete.put("connector.class", CASSANDRA);
    return complete;
  }

  private static Map<String, String> errors(JsonNode answer) {
    Map<String, String> errors = new TreeMap<>();
    for (JsonNode each : answer.path("configs")) {
      JsonNode found = each.path("value").path("errors");
      if (!found.isEmpty()) {
        errors.put(each.path("value").path("name").asText(), found.toString());
      }
    }
    return errors;
  }

  @Test
  void jsonConverterFormsLeaveTheSameRowsAsBytes() throws IOException {
    String metric =
        """
        {"name": "same", "tags": {"host": "a"}, "ttl": 1000000,
         "datapoints": [[1700000000000, 5], [1700000000001, -7]]}
        """;
    String schema =
        """
        {"type": "struct", "fields": [
          {"field": "name", "type": "string"},
          {"field": "tags", "type": "map", "keys": {"type": "string"},
           "values": {"type": "string"}},
          {"field": "ttl", "type": "int32"},
          {"field": "datapoints", "type": "array",
           "items": {"type": "array", "items": {"type": "int64"}}}]}
        """;
    Pipeline bytes = new Pipeline(servers, worker, "face-bytes").deploy();
    Pipeline map =
        new Pipeline(servers, worker, "face-map")
            .with("value.converter", JSON)
            .with("value.converter.schemas.enable", "false")
            .deploy();
    Pipeline struct =
        new Pipeline(servers, worker, "face-struct")
            .with("value.converter", JSON)
            .with("value.converter.schemas.enable", "true")
            .deploy();
    bytes.deliver(metric);
    map.deliver(metric);
    struct.deliver("{\"schema\": %s, \"payload\": %s}".formatted(schema, metric));
    TableRows expected = new TableRows(session, bytes.keyspace());
    assertThat(expected.of("data_points")).hasSize(2);
    for (String table : TableRows.tables()) {
      for (Pipeline other : new Pipeline[] {map, struct}) {
        assertThat(new TableRows(session, other.keyspace()).of(table))
            .as("%s of %s", table, other.name())
            .isEqualTo(expected.of(table));
      }
    }
    bytes.close();
    map.close();
    struct.close();
  }

  @Test
  void aMissingKeyspaceThatMayNotBeCreatedFailsTheTaskByName() throws IOException {
    try (Pipeline pipeline =
        new Pipeline(servers, worker, "face-missing")
            .with("cassandra.schema.create", "false")
            .with("validate.connect", "false")) {
      worker.rest().putConnector(pipeline.name(), pipeline.config());
      worker.rest().awaitFailed(pipeline.name());
      assertThat(worker.rest().trace(pipeline.name())).contains("keyspace face_missing is missing");
    }
  }

  @Test
  void twoTasksThatStartOnANewKeyspaceShareIt() throws IOException {
    Path auditLog = directory.resolve("two-tasks.log");
    try (Pipeline pipeline = new Pipeline(servers, worker, "face-two-tasks", 2)) {
      pipeline
          .with("connector.class", AuditedCassandraConnector.class.getName())
          .with("audit.log", auditLog.toString())
          .with("tasks.max", "2")
          .deploy();
      Await.until(
          "both tasks to run",
          BOUND,
          () -> worker.rest().states(pipeline.name()).equals(Collections.nCopies(3, "RUNNING")));
      pipeline.deliver(Records.good(0, 500));
      assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(500);
      assertThat(servers.kafka().committedOffsets("connect-face-two-tasks")).hasSize(2);
    }
    assertThat(Files.readAllLines(auditLog))
        .anyMatch(line -> line.startsWith("OK"))
        .noneMatch(line -> line.startsWith("VIOLATION"));
  }

  @Test
  void anOlderWorkerRunsTheSameArchive() throws IOException {
    try (ConnectWorker older =
            servers.worker(
                WorkerSettings.defaults().version("3.9.1").archive(archive).group("face-older"));
        Pipeline pipeline = new Pipeline(servers, older, "face-older")) {
      assertThat(older.rest().pluginVersion(CASSANDRA))
          .isEqualTo(System.getProperty("datapoints.version"));
      pipeline
          .with("errors.tolerance", "all")
          .with("errors.deadletterqueue.topic.name", "face-older.errors")
          .with("errors.deadletterqueue.topic.replication.factor", "1")
          .deploy();
      pipeline.send(Records.good(0, 100));
      pipeline.deliver(Records.BAD);
      assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(100);
      assertThat(servers.kafka().records("face-older.errors")).hasSize(1);
      assertThat(
              older.attribute(Records.bean("face-older"), Metric.ROWS_WRITTEN_TOTAL.metricName()))
          .isEqualTo(100L);
      runDry(older, pipeline);
    }
  }
}
