package io.datapoints.connect.delivered;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.WorkerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics that turn up one by one, each with a table that its name gives. */
@ExtendWith(ServersExtension.class)
class TopicPatternIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String NAME = "topic-pattern";
  private static final String TABLE = "topic./halls\\.(\\w+)/.halls.${1}.";

  private final Kafka kafka;
  private final Cassandra cassandra;
  @AutoClose private final ConnectWorker worker;
  @AutoClose private final CqlSession session;

  TopicPatternIT(Servers servers) {
    this.kafka = servers.kafka();
    this.cassandra = servers.cassandra();
    this.worker =
        servers.worker(
            WorkerSettings.defaults().archive(Servers.archive().orElseThrow()).group(NAME));
    this.session = cassandra.session();
  }

  /** One task creates the schema as a rule, but the partition of a topic may be another's. */
  @Test
  void eachTopicHasItsTableWhicheverTaskReadsIt() throws Exception {
    for (String hall : List.of("north", "south", "west")) {
      kafka.createTopic("halls." + hall, 1);
      send("halls." + hall, "{\"seat\":1}", "{\"guest\":\"early\"}");
    }
    worker.rest().putConnector(NAME, config());
    worker.rest().awaitRunning(NAME);
    for (String hall : List.of("north", "south", "west")) {
      awaitGuests(hall, Map.of(1, "early"));
    }

    kafka.createTopic("halls.late", 1);
    send("halls.late", "{\"seat\":2}", "{\"guest\":\"late\"}");
    send("halls.north", "{\"seat\":3}", "{\"guest\":\"again\"}");
    send("halls.north", "{\"seat\":1}", null);
    awaitGuests("late", Map.of(2, "late"));
    awaitGuests("north", Map.of(3, "again"));
    awaitGuests("south", Map.of(1, "early"));
    assertThat(worker.rest().states(NAME)).containsOnly("RUNNING");
    worker.rest().deleteConnector(NAME);
  }

  private Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.datapoints.connect.CassandraDatapointSinkConnector");
    config.put("tasks.max", "3");
    config.put("topics.regex", "halls\\..*");
    config.put("consumer.override.metadata.max.age.ms", "2000");
    config.put("layout", "table");
    config.put("cassandra.contact.points", cassandra.contactPoint());
    config.put("cassandra.local.datacenter", cassandra.localDatacenter());
    config.put(TABLE + "mapping", "seat=key.seat, guest=value.guest");
    config.put(TABLE + "columns", "seat int, guest text");
    config.put(TABLE + "primaryKey", "seat");
    return config;
  }

  private void send(String topic, String key, @Nullable String value) throws Exception {
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)))
          .get();
    }
  }

  private void awaitGuests(String hall, Map<Integer, String> guests) {
    Await.until("the guests of " + hall, BOUND, () -> guests(hall).equals(guests));
  }

  /** By seat; none where there is no table yet. */
  private Map<Integer, String> guests(String hall) {
    // The server announces a table once it can be read, later than it lists it.
    boolean exists =
        session.getMetadata().getKeyspace("halls").flatMap(each -> each.getTable(hall)).isPresent();
    Map<Integer, String> guests = new TreeMap<>();
    if (exists) {
      session
          .execute("SELECT seat, guest FROM halls." + hall)
          .forEach(row -> guests.put(row.getInt(0), row.getString(1)));
    }
    return guests;
  }
}
