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
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bad records and tombstones under each of Connect's error settings. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRecordsIT {

  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Servers servers;
  private final Kafka kafka;
  private final ConnectWorker worker;
  @AutoClose private final CqlSession session;

  BadRecordsIT(Servers servers) {
    this.servers = servers;
    this.kafka = servers.kafka();
    this.worker = servers.worker();
    this.session = servers.cassandra().session();
  }

  /** Whatever the file says is in force, but for the addresses. */
  @Test
  void theShippedConfigurationSendsBadRecordsToItsDeadLetterTopic() throws IOException {
    JsonNode shipped =
        new ObjectMapper().readTree(Path.of("config", "kairosdb-cassandra.json").toFile());
    JsonNode config = shipped.path("config");
    try (Pipeline pipeline = new Pipeline(servers, worker, config.path("topics").asText())) {
      config
          .properties()
          .forEach(
              each -> {
                if (!each.getKey().equals("cassandra.contact.points")
                    && !each.getKey().equals("cassandra.local.datacenter")) {
                  pipeline.with(each.getKey(), each.getValue().asText());
                }
              });
      pipeline.deploy().deliver(Records.good(0), Records.BAD, Records.good(1));
      assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(2);
      List<ConsumerRecord<byte[], byte[]>> letters = kafka.records("metrics.errors");
      assertThat(letters).hasSize(1);
      assertThat(new String(letters.get(0).value(), UTF_8)).isEqualTo(Records.BAD);
      assertThat(header(letters.get(0), "topic")).isEqualTo("metrics");
      assertThat(header(letters.get(0), "partition")).isEqualTo("0");
      assertThat(header(letters.get(0), "offset")).isEqualTo("1");
      assertThat(header(letters.get(0), "exception.message"))
          .contains("metrics-0@1", Records.REASON);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader("__connect.errors." + name).value(), UTF_8);
  }

  @Test
  void withoutToleranceTheTaskFailsAtTheBadRecordAndKeepsWhatWasBefore() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "bad-none")) {
      pipeline.send(Records.good(0, 50));
      pipeline.send(Records.BAD, Records.good(50));
      worker.rest().putConnector(pipeline.name(), pipeline.config());
      worker.rest().awaitFailed(pipeline.name());
      assertThat(worker.rest().trace(pipeline.name()))
          .contains("Record bad-none-0@50: ", Records.REASON);
      Set<Long> before = LongStream.range(0, 50).boxed().collect(Collectors.toSet());
      Await.until(
          "the good records before it",
          BOUND,
          () -> Records.values(session, pipeline.keyspace()).containsAll(before));
      assertThat(pipeline.committed()).isLessThanOrEqualTo(50);
    }
  }

  /** A producer that refuses at once: Connect hands on no future of it. */
  @Test
  void aDeadLetterThatTheProducerRefusesIsNeverCommittedAndArrivesOnceItMay() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "bad-refused")) {
      pipeline.withDeadLetters().with("producer.override.max.request.size", "200");
      String large = "{" + " ".repeat(300) + "}";
      pipeline.send(Records.good(0));
      pipeline.send(large, Records.good(1));
      worker.rest().putConnector(pipeline.name(), pipeline.config());
      worker.rest().awaitFailed(pipeline.name());
      assertThat(worker.rest().trace(pipeline.name()))
          .contains("Record bad-refused-0@1: ", "302 bytes", "producer.override.max.request.size");
      assertThat(pipeline.committed()).isLessThanOrEqualTo(1);
      assertThat(
              worker.attribute(
                  "kafka.connect:type=task-error-metrics,connector=bad-refused,task=0",
                  "deadletterqueue-produce-failures"))
          .as("what tells a refusal from an acknowledgement")
          .isEqualTo(3.0);

      pipeline.with("producer.override.max.request.size", "100000");
      worker.rest().putConnector(pipeline.name(), pipeline.config());
      Await.until(
          "the end of the failure",
          BOUND,
          () -> !worker.rest().states(pipeline.name()).contains("FAILED"));
      pipeline.deploy();
      pipeline.deliver(Records.good(2));
      assertThat(kafka.records(pipeline.errors()))
          .extracting(letter -> new String(letter.value(), UTF_8))
          .containsExactly(large);
      assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(3);
    }
  }

  @Test
  void offsetsOfRecordsThatATransformDropsAreCommitted() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "all-dropped")) {
      pipeline
          .with("transforms", "drop")
          .with("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter")
          .deploy();
      pipeline.send(Records.good(0, 20));
      Await.until("the end of the topic", BOUND, () -> pipeline.committed() == 20);
      assertThat(Records.stored(session, pipeline.keyspace())).isZero();
    }
  }

  @Test
  void withToleranceAndNoReporterBadRecordsAreCountedAndPassedOver() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "bad-all")) {
      pipeline.with("errors.tolerance", "all").deploy();
      pipeline.send(Records.good(0, 10));
      pipeline.send(Records.BAD, "{", "[]", Records.BAD);
      pipeline.deliver(Records.good(10, 20));
      assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(20);
      assertThat(worker.rest().states(pipeline.name())).containsOnly("RUNNING");
      assertThat(
              worker.attribute(Records.bean("bad-all"), Metric.RECORDS_REJECTED_TOTAL.metricName()))
          .isEqualTo(3L);
      assertThat(
              worker.attribute(Records.bean("bad-all"), Metric.RECORDS_RECEIVED_TOTAL.metricName()))
          .isEqualTo(24L);
    }
  }

  @Test
  void tombstonesAreIgnoredByDefault() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "null-ignore")) {
      pipeline.deploy().send(Records.good(0));
      pipeline.sendTombstone();
      pipeline.deliver(Records.good(1));
      assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(2);
      assertThat(
              worker.attribute(
                  Records.bean("null-ignore"), Metric.RECORDS_REJECTED_TOTAL.metricName()))
          .isEqualTo(0L);
    }
  }

  @Test
  void aTombstoneFailsTheTaskWhereThatIsAsked() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "null-fail")) {
      pipeline.with("behavior.on.null.values", "fail").with("errors.tolerance", "all").deploy();
      pipeline.send(Records.good(0));
      pipeline.sendTombstone();
      worker.rest().awaitFailed(pipeline.name());
      assertThat(worker.rest().trace(pipeline.name()))
          .contains("Record null-fail-0@1 has no value", "behavior.on.null.values");
      assertThat(pipeline.committed()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aTombstoneIsADeadLetterWhereThatIsAsked() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, worker, "null-report")) {
      pipeline.with("behavior.on.null.values", "report").withDeadLetters().deploy();
      pipeline.sendTombstone();
      pipeline.deliver(Records.good(0));
      List<ConsumerRecord<byte[], byte[]>> letters = kafka.records(pipeline.errors());
      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).value()).isNull();
      assertThat(header(letters.get(0), "exception.message"))
          .contains("null-report-0@0", "has no value");
      assertThat(Records.stored(session, pipeline.keyspace())).isEqualTo(1);
    }
  }
}
