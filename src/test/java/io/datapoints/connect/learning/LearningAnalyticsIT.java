package io.datapoints.connect.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The shipped case as it is shipped: schema, connector and queries. What the dashboards read is
 * exactly what the platform said, bad records among it cost nothing else, and a whole delivery that
 * is repeated leaves every table as it was.
 */
@Tag("learning")
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LearningAnalyticsIT {

  private static final Duration BOUND = Duration.ofMinutes(3);
  private static final String CONNECTOR = "learning-analytics";
  private static final String ERRORS = "learning.errors";
  private static final Pattern REASON = Pattern.compile("Record (\\S+): .+", Pattern.DOTALL);
  private static final int PARTITIONS = 3;
  private static final int EVENTS = 12_000;
  private static final int EVENTS_PER_BAD_RECORD = 500;

  private final Kafka kafka;
  private final Cassandra cassandra;
  private final ConnectWorker worker;
  @AutoClose private final CqlSession session;

  /** The broker would remove records older than its retention; the rest hangs on the seed. */
  private final long end = System.currentTimeMillis();

  private final Campus campus = new Campus(1, end, EVENTS);

  LearningAnalyticsIT(Servers servers) {
    this.kafka = servers.kafka();
    this.cassandra = servers.cassandra();
    this.worker = servers.worker();
    this.session = cassandra.session();
  }

  @Test
  void theDashboardsReadWhatThePlatformSaidHoweverOftenItIsDelivered() throws Exception {
    session.execute("DROP KEYSPACE IF EXISTS " + LearningSchema.KEYSPACE);
    new LearningSchema(ShippedCaseTest.DIRECTORY).load(session, "schema.cql");
    Campus.topics().forEach(topic -> kafka.createTopic(topic, PARTITIONS));
    kafka.createTopic(ERRORS, 1);
    worker.rest().putConnector(CONNECTOR, config());
    worker.rest().awaitRunning(CONNECTOR);
    List<String> bad = produce();
    awaitCommitted();

    Judgement judgement = new Judgement(session, campus.serving());
    Instant from = Instant.ofEpochMilli(end).minus(Duration.ofHours(12));
    judgement.tablesHaveTheirRows();
    judgement.queriesAreAnswered(from);
    judgement.queriesReadOnePartition(from);
    assertThat(letters()).containsExactlyInAnyOrderElementsOf(bad);

    Map<String, List<String>> before = judgement.contents();
    redeliver();
    awaitCommitted();

    assertThat(judgement.contents()).isEqualTo(before);
    assertThat(letters()).hasSize(2 * bad.size()).hasSameElementsAs(bad);
    assertThat(worker.rest().states(CONNECTOR)).containsOnly("RUNNING");
    worker.rest().deleteConnector(CONNECTOR);
  }

  private Map<String, String> config() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Map<String, String> config =
        json.convertValue(
            json.readTree(ShippedCaseTest.DIRECTORY.resolve("cassandra-sink.json").toFile())
                .path("config"),
            new TypeReference<HashMap<String, String>>() {});
    config.put("cassandra.contact.points", cassandra.contactPoint());
    config.put("cassandra.local.datacenter", cassandra.localDatacenter());
    return config;
  }

  /** Returns where the bad records are that lie among the others, each kind of them. */
  private List<String> produce() throws ExecutionException, InterruptedException {
    List<Event> broken = BrokenEvents.all(end);
    List<Future<RecordMetadata>> good = new ArrayList<>();
    List<Future<RecordMetadata>> bad = new ArrayList<>();
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      campus.history(
          event -> {
            good.add(producer.send(event.record()));
            if (good.size() % EVENTS_PER_BAD_RECORD == 0) {
              bad.add(producer.send(broken.get(bad.size() % broken.size()).record()));
            }
          });
    }
    for (Future<RecordMetadata> each : good) {
      each.get();
    }
    List<String> places = new ArrayList<>();
    for (Future<RecordMetadata> each : bad) {
      RecordMetadata place = each.get();
      places.add(place.topic() + "-" + place.partition() + "@" + place.offset());
    }
    assertThat(places).hasSizeGreaterThan(broken.size());
    return places;
  }

  private void awaitCommitted() {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (String topic : Campus.topics()) {
      kafka.topics().endOffsets(topic).forEach(ends::put);
    }
    // A partition without records has nothing to commit.
    ends.values().removeIf(offset -> offset == 0);
    Await.until(
        "the commit of all topics",
        BOUND,
        () -> {
          if (worker.rest().states(CONNECTOR).contains("FAILED")) {
            throw new IllegalStateException(worker.rest().trace(CONNECTOR));
          }
          Map<TopicPartition, Long> committed =
              new HashMap<>(kafka.committedOffsets("connect-" + CONNECTOR));
          committed.keySet().retainAll(ends.keySet());
          return committed.equals(ends);
        });
  }

  private void redeliver() throws IOException {
    worker.rest().stop(CONNECTOR);
    Await.until(
        "the connector to stop",
        BOUND,
        () -> worker.rest().states(CONNECTOR).equals(List.of("STOPPED")));
    Map<TopicPartition, Long> start = new HashMap<>();
    for (String topic : Campus.topics()) {
      kafka.topics().endOffsets(topic).keySet().forEach(each -> start.put(each, 0L));
    }
    // The last task may still be leaving its consumer group.
    Await.until(
        "the offsets to be altered",
        BOUND,
        () -> {
          worker.rest().alterOffsets(CONNECTOR, start);
          return true;
        });
    assertThat(kafka.committedOffsets("connect-" + CONNECTOR).values()).allMatch(each -> each == 0);
    worker.rest().resume(CONNECTOR);
    worker.rest().awaitRunning(CONNECTOR);
  }

  /** Where the records were that are dead letters, as their reasons say. */
  private List<String> letters() {
    return kafka.records(ERRORS).stream()
        .map(letter -> letter.headers().lastHeader("__connect.errors.exception.message").value())
        .map(reason -> new String(reason, StandardCharsets.UTF_8))
        .map(reason -> REASON.matcher(reason).replaceFirst("$1"))
        .toList();
  }
}
