package io.datapoints.connect.delivered;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
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

  private final Servers servers;
  private final Kafka kafka;
  private final Cassandra cassandra;
  private final ConnectWorker worker;
  @AutoClose private final CqlSession session;

  TopicPatternIT(Servers servers) {
    this.servers = servers;
    this.kafka = servers.kafka();
    this.cassandra = servers.cassandra();
    this.worker = servers.worker();
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
    Map<String, String> config = toCassandra("halls\\..*");
    config.put("tasks.max", "3");
    config.put(TABLE + "mapping", "seat=key.seat, guest=value.guest");
    config.put(TABLE + "columns", "seat int, guest text");
    config.put(TABLE + "primaryKey", "seat");
    return config;
  }

  /** One topic has a name that no table can have, the table of another is not there. */
  @Test
  void aTopicWithoutATableCostsItsOwnRecordsAlone() throws Exception {
    String connector = "refused-tables";
    Map<String, String> config = toCassandra("(shelves|boxes)\\..*");
    String shelves = "topic./shelves\\.(.+)/.shelves.${1}.";
    config.put(shelves + "mapping", "id=key.id, what=value.what");
    config.put(shelves + "columns", "id int, what text");
    config.put(shelves + "primaryKey", "id");
    config.put("topic./boxes\\.(.+)/.shelves.box_${1}.mapping", "id=key.id, what=value.what");
    withDeadLetters(config, connector);
    List<String> topics = List.of("boxes.lost", "shelves.top-left", "shelves.low");
    for (String topic : topics) {
      kafka.createTopic(topic, 1);
      send(topic, "{\"id\":1}", "{\"what\":\"jar\"}");
    }
    worker.rest().putConnector(connector, config);
    worker.rest().awaitRunning(connector);
    awaitCommitted(connector, topics);
    send("shelves.low", "{\"id\":2}", "{\"what\":\"cup\"}");
    awaitCommitted(connector, topics);

    assertThat(whats("low")).isEqualTo(Map.of(1, "jar", 2, "cup"));
    assertThat(reasons(connector))
        .hasSize(2)
        .anyMatch(
            each -> each.contains("boxes.lost-0@0") && each.endsWith("shelves.box_lost is missing"))
        .anyMatch(
            each -> each.contains("shelves.top-left-0@0") && each.contains("cannot be created"));
    assertThat(worker.rest().states(connector)).containsOnly("RUNNING");

    session.execute("CREATE TABLE shelves.box_lost (id int PRIMARY KEY, what text)");
    Await.until(
        "a record of the topic that was refused",
        BOUND,
        () -> {
          send("boxes.lost", "{\"id\":3}", "{\"what\":\"key\"}");
          awaitCommitted(connector, topics);
          return whats("box_lost").equals(Map.of(3, "key"));
        });
    assertThat(worker.rest().states(connector)).containsOnly("RUNNING");
    worker.rest().deleteConnector(connector);
  }

  private Map<Integer, String> whats(String table) {
    Map<Integer, String> whats = new TreeMap<>();
    session
        .execute("SELECT id, what FROM shelves." + table)
        .forEach(row -> whats.put(row.getInt(0), row.getString(1)));
    return whats;
  }

  /** One topic has a name that no database can have, the collection of another is not there. */
  @Test
  void aTopicWithoutACollectionCostsItsOwnRecordsAlone() throws Exception {
    String connector = "refused-collections";
    String database = servers.mongoDatabase("refused");
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.datapoints.connect.MongoDatapointSinkConnector");
    config.put("topics.regex", "(bins|drums)\\..*");
    config.put("layout", "table");
    config.put("mongodb.uri", servers.mongo().uri());
    config.put("mongodb.schema.create", "false");
    for (String table : List.of("/bins\\.(.+)/." + database + ".${1}.", "/drums\\.(.+)/.${1}.d.")) {
      config.put("topic." + table + "mapping", "id=key.id, what=value.what");
      config.put("topic." + table + "key", "id");
    }
    withDeadLetters(config, connector);
    List<String> topics = List.of("bins.lost", "drums.north.east", "bins.full");
    try (MongoClient client = servers.mongo().client()) {
      MongoDatabase bins = client.getDatabase(database);
      makeReady(bins, "full");
      for (String topic : topics) {
        kafka.createTopic(topic, 1);
        send(topic, "{\"id\":1}", "{\"what\":\"jar\"}");
      }
      worker.rest().putConnector(connector, config);
      worker.rest().awaitRunning(connector);
      awaitCommitted(connector, topics);

      assertThat(bins.getCollection("full").countDocuments()).isEqualTo(1);
      assertThat(reasons(connector))
          .hasSize(2)
          .anyMatch(each -> each.contains("bins.lost-0@0") && each.contains("is missing"))
          .anyMatch(each -> each.contains("drums.north.east-0@0") && each.contains("no name of"));
      assertThat(worker.rest().states(connector)).containsOnly("RUNNING");

      makeReady(bins, "lost");
      Await.until(
          "a record of the topic that was refused",
          BOUND,
          () -> {
            send("bins.lost", "{\"id\":3}", "{\"what\":\"key\"}");
            awaitCommitted(connector, topics);
            return bins.getCollection("lost").countDocuments() == 1;
          });
      assertThat(worker.rest().states(connector)).containsOnly("RUNNING");
      worker.rest().deleteConnector(connector);
    }
  }

  private static void makeReady(MongoDatabase database, String collection) {
    database
        .getCollection(collection)
        .createIndex(new Document("id", 1), new IndexOptions().unique(true));
  }

  private Map<String, String> toCassandra(String topics) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.datapoints.connect.CassandraDatapointSinkConnector");
    config.put("topics.regex", topics);
    config.put("consumer.override.metadata.max.age.ms", "2000");
    config.put("layout", "table");
    config.put("cassandra.contact.points", cassandra.contactPoint());
    config.put("cassandra.local.datacenter", cassandra.localDatacenter());
    return config;
  }

  private static void withDeadLetters(Map<String, String> config, String connector) {
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", connector + ".errors");
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    config.put("errors.deadletterqueue.context.headers.enable", "true");
  }

  private List<String> reasons(String connector) {
    return kafka.records(connector + ".errors").stream()
        .map(letter -> letter.headers().lastHeader("__connect.errors.exception.message").value())
        .map(reason -> new String(reason, UTF_8))
        .toList();
  }

  private void awaitCommitted(String connector, List<String> topics) {
    long sent = topics.stream().mapToLong(kafka::endOffset).sum();
    Await.until(
        "the commit of " + sent + " records",
        BOUND,
        () -> {
          if (worker.rest().states(connector).contains("FAILED")) {
            throw new IllegalStateException(connector + ": " + worker.rest().trace(connector));
          }
          return kafka.committedOffsets("connect-" + connector).values().stream()
                  .mapToLong(Long::longValue)
                  .sum()
              == sent;
        });
  }

  private void send(String topic, String key, @Nullable String value) {
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)))
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
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
