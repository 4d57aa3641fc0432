package io.datapoints.connect.delivered;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectRest;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.ConnectorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The shipped example of transforms: two topics renamed to one, and fields changed, on the way. And
 * what becomes of a record that keeps a name without a mapping.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenamedTopicsIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String EUROPE = "shop.eu.orders";
  private static final String AMERICA = "shop.us.orders";
  private static final String CARD = "4111111111111111";
  private static final String BEANS = "kafka.connect:type=plugins,connector=";

  private final Kafka kafka;
  private final ConnectorFile example;
  private final ConnectWorker worker;
  @AutoClose private final CqlSession session;

  RenamedTopicsIT(Servers servers) throws IOException {
    this.kafka = servers.kafka();
    this.example =
        ConnectorFile.read(Path.of("config", "examples", "transforms-cassandra.json"))
            .at(servers.cassandra());
    this.worker = servers.worker();
    this.session = servers.cassandra().session();
  }

  @Test
  void rowsFollowTheNewNameAndOffsetsTheOldOnes() throws Exception {
    ConnectRest rest = worker.rest();
    kafka.createTopic(EUROPE, 2);
    kafka.createTopic(AMERICA, 1);
    send(EUROPE, 0, "ada", order("2026-11-21T10:00:00Z", "2"));
    send(EUROPE, 1, "bob", order("2026-11-21T10:01:00Z", "1"));
    send(AMERICA, 0, "cy", order("2026-11-21T10:02:00Z", "3"));
    send(AMERICA, 0, "cy", order("2026-11-21T10:03:00Z", "\"many\""));
    rest.putConnector(example.name(), example.config());
    rest.awaitRunning(example.name());
    awaitCommitted(example, Map.of(EUROPE, 2L, AMERICA, 2L));

    assertThat(rows())
        .containsExactlyInAnyOrder(
            "ada 2 shop.eu.orders", "bob 1 shop.eu.orders", "cy 3 shop.us.orders");
    assertThat(rests())
        .allSatisfy(
            order -> {
              assertThat(order.fieldNames()).toIterable().containsOnly("at", "quantity");
              assertThat(order.toString()).doesNotContain(CARD);
            });
    theBadOrderIsADeadLetterWithItsOldName();

    rest.stop(example.name());
    Await.until("the stop", BOUND, () -> rest.states(example.name()).equals(List.of("STOPPED")));
    send(EUROPE, 0, "ada", order("2026-11-21T11:00:00Z", "5"));
    send(AMERICA, 0, "cy", order("2026-11-21T11:00:00Z", "6"));
    rest.resume(example.name());
    rest.awaitRunning(example.name());
    awaitCommitted(example, Map.of(EUROPE, 3L, AMERICA, 3L));
    assertThat(rows()).hasSize(5).contains("ada 5 shop.eu.orders", "cy 6 shop.us.orders");
    // Nothing before the stop was read again.
    assertThat(received()).isEqualTo(2);
    assertThat(kafka.records(example.deadLetterTopic())).hasSize(1);
    rest.deleteConnector(example.name());
  }

  /** One bad record is one dead letter; those before and after it in the same task are stored. */
  @Test
  void aRecordThatNoTransformGivesAMappedNameIsADeadLetter() throws Exception {
    String mapped = "parcels.eu";
    String unmapped = "parcels.lost";
    ConnectorFile parcels = parcels(mapped, unmapped);
    ConnectRest rest = worker.rest();
    kafka.createTopic(mapped, 1);
    kafka.createTopic(unmapped, 1);
    send(mapped, 0, "ada", order("2026-11-21T10:00:00Z", "2"));
    send(unmapped, 0, "bob", order("2026-11-21T10:01:00Z", "1"));
    send(mapped, 0, "cy", order("2026-11-21T10:02:00Z", "3"));
    rest.putConnector(parcels.name(), parcels.config());
    rest.awaitRunning(parcels.name());
    awaitCommitted(parcels, Map.of(mapped, 2L, unmapped, 1L));
    send(mapped, 0, "di", order("2026-11-21T10:03:00Z", "4"));
    awaitCommitted(parcels, Map.of(mapped, 3L, unmapped, 1L));

    assertThat(session.execute("SELECT customer FROM shop.parcels").all())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("ada", "cy", "di");
    List<ConsumerRecord<byte[], byte[]>> letters = kafka.records(parcels.deadLetterTopic());
    assertThat(letters).hasSize(1);
    assertThat(header(letters.get(0), "topic")).isEqualTo(unmapped);
    assertThat(header(letters.get(0), "exception.message"))
        .contains(unmapped + "-0@0", "No mapping is for the topic of the record.");
    assertThat(rest.states(parcels.name())).containsOnly("RUNNING");
    rest.deleteConnector(parcels.name());
  }

  private ConnectorFile parcels(String mapped, String unmapped) {
    SortedMap<String, String> config = new TreeMap<>(example.config());
    config.keySet().removeIf(key -> key.startsWith("topic.orders."));
    return new ConnectorFile("parcels", config)
        .with(
            Map.of(
                "tasks.max", "1",
                "topics", mapped + "," + unmapped,
                "transforms.merge.regex", "parcels\\.eu",
                "transforms.merge.replacement", "parcels",
                "topic.parcels.shop.parcels.mapping", "customer=key, at=value.at",
                "topic.parcels.shop.parcels.columns", "customer text, at timestamp",
                "topic.parcels.shop.parcels.primaryKey", "customer, at",
                "errors.deadletterqueue.topic.name", "parcels.errors"));
  }

  private void theBadOrderIsADeadLetterWithItsOldName() {
    List<ConsumerRecord<byte[], byte[]>> letters = kafka.records(example.deadLetterTopic());
    assertThat(letters).hasSize(1);
    ConsumerRecord<byte[], byte[]> letter = letters.get(0);
    assertThat(header(letter, "topic")).isEqualTo(AMERICA);
    assertThat(header(letter, "partition")).isEqualTo("0");
    assertThat(header(letter, "offset")).isEqualTo("1");
    assertThat(header(letter, "exception.message"))
        .contains(AMERICA + "-0@1", "shop.orders.quantity")
        .doesNotContain("many");
    // What came, before any transform.
    assertThat(new String(letter.value(), UTF_8)).contains("\"qty\"", CARD);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader("__connect.errors." + name).value(), UTF_8);
  }

  private static String order(String at, String quantity) {
    return "{\"at\":\"%s\",\"qty\":%s,\"card\":\"%s\"}".formatted(at, quantity, CARD);
  }

  private void send(String topic, int partition, String key, String value) throws Exception {
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      producer
          .send(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value.getBytes(UTF_8)))
          .get();
    }
  }

  /** By topic; a commit under any other name fails. */
  private void awaitCommitted(ConnectorFile connector, Map<String, Long> expected) {
    Await.until("the commit of " + expected, BOUND, () -> committed(connector).equals(expected));
  }

  private Map<String, Long> committed(ConnectorFile connector) {
    Map<String, Long> committed = new TreeMap<>();
    Map<TopicPartition, Long> offsets = kafka.committedOffsets("connect-" + connector.name());
    offsets.forEach((partition, offset) -> committed.merge(partition.topic(), offset, Long::sum));
    return committed;
  }

  private long received() throws IOException {
    String received = "records-received-total";
    return worker.attributes(BEANS + example.name() + ",task=*", received).values().stream()
        .mapToLong(bean -> ((Number) bean.getOrDefault(received, 0)).longValue())
        .sum();
  }

  private List<String> rows() {
    return session.execute("SELECT customer, quantity, source FROM shop.orders").all().stream()
        .map(row -> row.getString(0) + " " + row.getInt(1) + " " + row.getString(2))
        .toList();
  }

  /** What the example keeps of each order as JSON. */
  private List<JsonNode> rests() throws IOException {
    List<JsonNode> rests = new ArrayList<>();
    for (var row : session.execute("SELECT rest FROM shop.orders")) {
      rests.add(new ObjectMapper().readTree(row.getString(0)));
    }
    return rests;
  }
}
