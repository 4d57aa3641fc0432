package io.datapoints.connect.face;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.pipeline.ConnectorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers on the shipped files, of which only addresses and directories are replaced. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerFilesIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final Path CONFIG = Path.of("config");
  private static final Path DISTRIBUTED = CONFIG.resolve("connect-distributed.properties");
  private static final Path STANDALONE = CONFIG.resolve("connect-standalone.properties");
  private static final int RECORDS = 100;

  private final Servers servers;
  private final Kafka kafka;
  private final Path directory;
  @AutoClose private final CqlSession session;

  WorkerFilesIT(Servers servers) throws IOException {
    this.servers = servers;
    this.kafka = servers.kafka();
    this.directory =
        Files.createDirectories(
            Path.of(System.getProperty("datapoints.workdir", "target/servers"), "worker-files")
                .toAbsolutePath());
    this.session = servers.cassandra().session();
  }

  @Test
  void aWorkerOfAClusterRunsTheExampleOfConsumerOverrides() throws Exception {
    ConnectorFile example = sample("examples/consumer-overrides-cassandra.json");
    try (ConnectWorker worker = servers.worker(on(DISTRIBUTED))) {
      kafka.createTopic("metrics.dense", 1);
      worker.rest().putConnector(example.name(), example.config());
      worker.rest().awaitRunning(example.name());
      send("metrics.dense", Records.good(0, RECORDS));
      awaitCommitted(example, "metrics.dense");
      assertThat(Records.values(session, example.keyspace())).hasSize(RECORDS);
      assertThat(Files.readString(worker.process().log()))
          .contains("max.poll.records = 5000", "isolation.level = read_committed");
      worker.rest().deleteConnector(example.name());
    }
  }

  /** The lines of the file that are commented out, so that they are known to be right. */
  @Test
  void theListOfOverridesThatTheFileProposesAllowsTheExampleAndNothingElse() throws Exception {
    ConnectorFile example = sample("examples/consumer-overrides-cassandra.json");
    WorkerSettings strict = on(DISTRIBUTED).property("group.id", "strict-overrides");
    for (String line : Files.readAllLines(DISTRIBUTED)) {
      if (line.startsWith("#connector.client.config.override.")) {
        strict =
            strict.property(
                line.substring(1, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    for (String storage : List.of("config", "offset", "status")) {
      strict = strict.property(storage + ".storage.topic", "strict-overrides-" + storage);
    }
    assertThat(strict.properties())
        .containsEntry("connector.client.config.override.policy", "Allowlist");
    try (ConnectWorker worker = servers.worker(strict)) {
      assertThat(errors(worker, example)).isEmpty();
      assertThat(errors(worker, example.with(Map.of("consumer.override.client.id", "mine"))))
          .containsExactly("consumer.override.client.id");
    }
  }

  private static List<String> errors(ConnectWorker worker, ConnectorFile connector)
      throws IOException {
    Map<String, String> named = connector.with(Map.of("name", connector.name())).config();
    String connectorClass = named.getOrDefault("connector.class", "");
    JsonNode configs = worker.rest().validate(connectorClass, named).path("configs");
    return configs
        .valueStream()
        .filter(each -> !each.at("/value/errors").isEmpty())
        .map(each -> each.at("/value/name").asText())
        .toList();
  }

  @Test
  void aStandaloneWorkerCarriesTheRecordsOfAShippedConnector() throws Exception {
    ConnectorFile sample = sample("flows-cassandra.json");
    kafka.createTopic("flows", 1);
    Path connector = directory.resolve("flows-cassandra.json");
    new ObjectMapper()
        .writeValue(connector.toFile(), Map.of("name", sample.name(), "config", sample.config()));
    WorkerSettings settings =
        on(STANDALONE)
            .connector(connector)
            .property("offset.storage.file.filename", directory.resolve("offsets").toString());
    try (ConnectWorker worker = servers.worker(settings)) {
      worker.rest().awaitRunning(sample.name());
      send("flows", flows());
      awaitCommitted(sample, "flows");
      assertThat(session.execute("SELECT count(*) FROM worker_files.metrics").one().getLong(0))
          .isEqualTo(RECORDS);
    }
  }

  /** As shipped, but for the addresses, and in a keyspace that no other test counts. */
  private ConnectorFile sample(String file) throws IOException {
    return ConnectorFile.read(CONFIG.resolve(file))
        .at(servers.cassandra())
        .with(Map.of("cassandra.keyspace", "worker_files"));
  }

  private WorkerSettings on(Path file) {
    WorkerSettings settings =
        WorkerSettings.defaults().archive(Servers.archive().orElseThrow()).file(file);
    for (String provider : List.of("file", "dir")) {
      settings =
          settings.property(
              "config.providers." + provider + ".param.allowed.paths", directory.toString());
    }
    return settings;
  }

  private void send(String topic, String... values) throws Exception {
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8))).get();
      }
    }
  }

  private void awaitCommitted(ConnectorFile connector, String topic) {
    Await.until(
        "the commit of " + topic,
        BOUND,
        () ->
            kafka.committedOffsets("connect-" + connector.name()).entrySet().stream()
                    .filter(each -> each.getKey().topic().equals(topic))
                    .mapToLong(Map.Entry::getValue)
                    .sum()
                == RECORDS);
  }

  private static String[] flows() {
    return IntStream.range(0, RECORDS)
        .mapToObj(
            number ->
                """
                {"source_ip": "10.0.0.1", "dest_ip": "192.0.2.10", "source_port": 50000,
                 "dest_port": 443, "protocol": "tcp", "timestamp": %d, "value": %d}
                """
                    .formatted(Records.NOON + number, number))
        .toArray(String[]::new);
  }
}
