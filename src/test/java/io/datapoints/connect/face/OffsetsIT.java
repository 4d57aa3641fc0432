package io.datapoints.connect.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.datapoints.connect.audit.AuditedArchive;
import io.datapoints.connect.audit.AuditedCassandraConnector;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectRest;
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
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pausing, stopping and replaying, and topics that are renamed on the way. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OffsetsIT {

  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Servers servers;
  private final Path directory;
  @AutoClose private final ConnectWorker worker;
  @AutoClose private final CqlSession session;

  OffsetsIT(Servers servers) {
    this.servers = servers;
    this.directory =
        Path.of(System.getProperty("datapoints.workdir", "target/servers"), "offsets")
            .toAbsolutePath();
    this.worker =
        servers.worker(
            WorkerSettings.defaults()
                .archive(AuditedArchive.of(Servers.archive().orElseThrow(), directory))
                .group("offsets"));
    this.session = servers.cassandra().session();
  }

  @Test
  void pausedTwiceItGoesOnTwice() throws IOException {
    Path auditLog = directory.resolve("pause.log");
    ConnectRest rest = worker.rest();
    try (Pipeline pipeline = new Pipeline(servers, worker, "offsets-pause")) {
      pipeline
          .with("connector.class", AuditedCassandraConnector.class.getName())
          .with("audit.log", auditLog.toString())
          .deploy();
      for (int round = 0; round < 2; round++) {
        pipeline.deliver(Records.good(200 * round, 200 * round + 100));
        rest.pause(pipeline.name());
        Await.until(
            "the pause",
            BOUND,
            () -> rest.states(pipeline.name()).stream().allMatch("PAUSED"::equals));
        pipeline.send(Records.good(200 * round + 100, 200 * round + 200));
        rest.resume(pipeline.name());
        rest.awaitRunning(pipeline.name());
        pipeline.awaitCommitted();
        assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(200L * (round + 1));
      }
    }
    assertThat(Files.readAllLines(auditLog))
        .anyMatch(line -> line.startsWith("OK"))
        .noneMatch(line -> line.startsWith("VIOLATION"));
  }

  @Test
  void aReplayFromTheBeginningChangesNothing() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "offsets-replay")) {
      pipeline.deploy();
      pipeline.deliver(Records.good(0, 300));
      // The later of two records for one point wins, at the first reading and at the second.
      pipeline.deliver(Records.good(7).replace("\"value\":7", "\"value\":70"));
      SortedSet<String> points = pointsWithWriteTimes(pipeline.keyspace());
      Map<String, SortedSet<String>> tables = tables(pipeline.keyspace());
      assertThat(points).hasSize(300);
      pipeline.stop();
      assertThatThrownBy(
              () ->
                  worker
                      .rest()
                      .alterOffsets(pipeline.name(), Map.of(new TopicPartition("unread", 0), 0L)))
          .hasMessageContaining("does not read unread");
      pipeline.rewind();
      assertThat(pipeline.committed()).isZero();
      pipeline.resume();
      pipeline.awaitCommitted();
      assertThat(
              worker.attribute(
                  Records.bean(pipeline.name()), Metric.RECORDS_RECEIVED_TOTAL.metricName()))
          .isEqualTo(301L);
      assertThat(pointsWithWriteTimes(pipeline.keyspace())).isEqualTo(points);
      assertThat(tables(pipeline.keyspace())).isEqualTo(tables);
    }
  }

  private SortedSet<String> pointsWithWriteTimes(String keyspace) {
    return session
        .execute("SELECT key, column1, value, WRITETIME(value) FROM " + keyspace + ".data_points")
        .all()
        .stream()
        .map(Row::getFormattedContents)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, SortedSet<String>> tables(String keyspace) {
    TableRows rows = new TableRows(session, keyspace);
    return TableRows.tables().stream()
        .collect(Collectors.toMap(table -> table, rows::of, (a, b) -> a, TreeMap::new));
  }

  @Test
  void aTransformThatRenamesTopicsLeavesOffsetsAlone() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "offsets-renamed", 2)) {
      pipeline
          .with("transforms", "rename")
          .with("transforms.rename.type", "org.apache.kafka.connect.transforms.RegexRouter")
          .with("transforms.rename.regex", ".*")
          .with("transforms.rename.replacement", "elsewhere")
          .deploy();
      pipeline.deliver(Records.good(0, 100));
      pipeline.stop();
      pipeline.resume();
      pipeline.deliver(Records.good(100, 200));
      assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(200);
      assertThat(
              worker.attribute(
                  Records.bean(pipeline.name()), Metric.RECORDS_RECEIVED_TOTAL.metricName()))
          .isEqualTo(100L);
      assertThat(servers.kafka().committedOffsets("connect-offsets-renamed").keySet())
          .extracting(TopicPartition::topic)
          .containsOnly("offsets-renamed");
      assertThat(worker.rest().offsets(pipeline.name()).values().stream().mapToLong(i -> i).sum())
          .isEqualTo(200);
    }
  }
}
