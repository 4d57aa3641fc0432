package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.datapoints.connect.audit.AuditedArchive;
import io.datapoints.connect.audit.AuditedCassandraConnector;
import io.datapoints.connect.kairosdb.ColumnUnit;
import io.datapoints.connect.kairosdb.RowKeyCodec;
import io.datapoints.connect.kairosdb.RowLayout;
import io.datapoints.connect.kairosdb.ValueCodec;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.model.Value.LongValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One topic on its way into one keyspace, with an auditor in the worker, and the judgement at the
 * end.
 */
final class Scenario implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final RowLayout LAYOUT = RowLayout.of(ColumnUnit.MILLISECONDS);

  private final String name;
  private final Kafka kafka;
  private final Cassandra cassandra;
  private final Path auditLog;
  final ConnectWorker worker;

  /** A worker of its own, and a topic of four partitions. */
  Scenario(Servers servers, Cassandra cassandra, String name, String heap) {
    this.name = name;
    this.kafka = servers.kafka();
    this.cassandra = cassandra;
    Path directory = Path.of(System.getProperty("datapoints.workdir", "target/servers"), name);
    Path archive = AuditedArchive.of(Servers.archive().orElseThrow(), directory.toAbsolutePath());
    this.auditLog = directory.toAbsolutePath().resolve("audit.log");
    this.worker = servers.worker(WorkerSettings.defaults().archive(archive).group(name).heap(heap));
    kafka.createTopic(name, 4);
    kafka.createTopic(name + ".errors", 1);
  }

  Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", AuditedCassandraConnector.class.getName());
    config.put("audit.log", auditLog.toString());
    config.put("topics", name);
    config.put("tasks.max", "2");
    config.put("cassandra.contact.points", cassandra.contactPoint());
    config.put("cassandra.local.datacenter", cassandra.localDatacenter());
    config.put("cassandra.keyspace", keyspace());
    config.put("linger.ms", "200");
    config.put("retry.backoff.max.ms", "2000");
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", name + ".errors");
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    return config;
  }

  String keyspace() {
    return name.replace('-', '_');
  }

  void deploy(Map<String, String> config) throws IOException {
    worker.rest().putConnector(name, config);
    worker.rest().awaitRunning(name);
  }

  long committed() {
    return kafka.committedOffsets("connect-" + name).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  void awaitCommitted(String what, long records) {
    Await.until(what, BOUND, () -> committed() >= records);
  }

  /**
   * Everything good is there with its value, the dead letters are the bad ones, and law 1 held
   * throughout.
   */
  void judge(Workload workload) throws IOException {
    awaitCommitted("all offsets of " + name + " committed", workload.records());
    assertThat(worker.rest().states(name)).containsOnly("RUNNING");
    Map<String, Long> stored = stored();
    Map<String, Long> expected = workload.expected();
    assertThat(stored.size()).isEqualTo(expected.size());
    assertThat(stored.equals(expected)).as("each point has the value of its record").isTrue();
    // A rebalance or a restart in mid-outage may report a record again, as it may write one again.
    assertThat(
            kafka.records(name + ".errors").stream()
                .map(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(workload.deadLetters());
    assertAudit();
  }

  private void assertAudit() {
    try {
      List<String> lines = Files.readAllLines(auditLog);
      assertThat(lines).noneMatch(line -> line.startsWith("VIOLATION"));
      assertThat(lines).anyMatch(line -> line.startsWith("OK"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Long> stored() {
    Map<String, Long> points = new HashMap<>();
    try (CqlSession session = cassandra.session()) {
      session
          .execute(
              SimpleStatement.newInstance(
                  "SELECT key, column1, value FROM " + keyspace() + ".data_points"))
          .forEach(
              row -> {
                RowKeyCodec.Decoded key = RowKeyCodec.decode(bytes(row.getByteBuffer(0)));
                long timestamp =
                    LAYOUT.timestamp(
                        key.rowTime(), ByteBuffer.wrap(bytes(row.getByteBuffer(1))).getInt());
                LongValue value =
                    (LongValue) ValueCodec.decode(key.dataType(), bytes(row.getByteBuffer(2)));
                points.put(key.tags().value(0) + "/" + timestamp, value.value());
              });
    }
    return points;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    if (worker.process().isAlive()) {
      worker.rest().deleteConnector(name);
    }
    worker.close();
  }
}
