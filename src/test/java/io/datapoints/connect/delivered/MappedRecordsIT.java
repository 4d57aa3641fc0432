package io.datapoints.connect.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.mongodb.client.MongoClient;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records that are mapped field by field, to two tables and to two collections. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MappedRecordsIT {

  private static final String[] ORDERS = {
    "{\"id\":1,\"sku\":\"a\",\"count\":2,\"at\":\"2026-11-21T12:00:00Z\",\"to\":{\"city\":\"Ulm\"}}",
    "{\"id\":2,\"sku\":\"b\",\"count\":\"many\",\"at\":\"2026-11-21T13:00:00Z\"}",
    "{\"id\":1,\"sku\":\"a\",\"count\":3,\"at\":\"2026-11-22T12:00:00Z\"}",
  };

  private final Servers servers;
  private final ConnectWorker worker;

  MappedRecordsIT(Servers servers) {
    this.servers = servers;
    this.worker = servers.worker();
  }

  @Test
  void aColumnThatDoesNotFitOneTableCostsTheOtherNothing() throws Exception {
    try (CqlSession session = servers.cassandra().session();
        Pipeline pipeline = new Pipeline(servers, worker, "mapped-tables")) {
      String counts = "topic.mapped-tables.mapped_tables.counts.";
      String texts = "topic.mapped-tables.mapped_tables.texts.";
      pipeline
          .with("layout", "table")
          .with(counts + "mapping", "id=value.id, day=bucket(value.at,'day'), count=value.count")
          .with(counts + "columns", "id int, day date, count int")
          .with(counts + "primaryKey", "id, day DESC")
          .with(texts + "mapping", "id=value.id, rest=json(value.to), count=value.count")
          .with(texts + "columns", "id int, rest text, count text")
          .with(texts + "primaryKey", "id")
          .withDeadLetters()
          .deploy();
      pipeline.send(ORDERS);
      pipeline.awaitCommitted();

      assertThat(rows(session, "SELECT id, day, count FROM mapped_tables.counts"))
          .containsExactly(
              "[id:1, day:'2026-11-22', count:3]", "[id:1, day:'2026-11-21', count:2]");
      assertThat(rows(session, "SELECT id, rest, count FROM mapped_tables.texts"))
          .containsExactlyInAnyOrder(
              "[id:1, rest:'{\"city\":\"Ulm\"}', count:'3']", "[id:2, rest:NULL, count:'many']");
      assertThat(pipeline.reasons())
          .hasSize(1)
          .allMatch(reason -> reason.contains("mapped-tables-0@1"))
          .allMatch(reason -> reason.contains("mapped_tables.counts.count"))
          .noneMatch(reason -> reason.contains("many"));
    }
  }

  @Test
  void whatARecordDoesNotSayIsLeftAndADefaultOfASchemaIsNotStored() throws Exception {
    String table = "mapped_missing.people";
    String schema =
        "{\"type\":\"struct\",\"fields\":[{\"field\":\"id\",\"type\":\"int32\"},{\"field\":\"nick\","
            + "\"type\":\"string\",\"optional\":true,\"default\":\"none\"}]}";
    try (CqlSession session = servers.cassandra().session();
        Pipeline plain = new Pipeline(servers, worker, "mapped-plain");
        Pipeline typed = new Pipeline(servers, worker, "mapped-typed")) {
      for (Pipeline pipeline : List.of(plain, typed)) {
        String prefix = "topic." + pipeline.name() + "." + table + ".";
        pipeline
            .with("layout", "table")
            .with(prefix + "mapping", "id=value.id, nick=value.nick, place=value.place.name")
            .with(prefix + "columns", "id int, nick text, place text")
            .with(prefix + "primaryKey", "id");
      }
      plain.deploy();
      plain.send(
          "{\"id\":1,\"nick\":\"n\",\"place\":{\"name\":\"north\"}}",
          "{\"id\":1,\"note\":\"x\"}",
          "{\"id\":1,\"place\":null}");
      plain.awaitCommitted();
      typed
          .with("value.converter", "org.apache.kafka.connect.json.JsonConverter")
          .with("value.converter.schemas.enable", "true")
          .with("value.converter.replace.null.with.default", "false")
          .deploy();
      typed.send("{\"schema\":" + schema + ",\"payload\":{\"id\":2,\"nick\":null}}");
      typed.awaitCommitted();
      assertThat(rows(session, "SELECT id, nick, place FROM " + table))
          .containsExactlyInAnyOrder(
              "[id:1, nick:'n', place:'north']", "[id:2, nick:NULL, place:NULL]");
    }
  }

  private static List<String> rows(CqlSession session, String query) {
    return session.execute(query).all().stream().map(row -> row.getFormattedContents()).toList();
  }

  @Test
  void documentsAreUpsertedByTheirKeysInEachCollection() throws Exception {
    String database = servers.mongoDatabase("mapped");
    try (MongoClient client = servers.mongo().client();
        Pipeline pipeline = Pipeline.toMongo(servers, worker, database, "mapped-documents", 1)) {
      String orders = "topic.mapped-documents." + database + ".orders.";
      String latest = "topic.mapped-documents." + database + ".latest.";
      pipeline
          .with("layout", "table")
          .with(orders + "mapping", "at=date(value.at), * = value except (at)")
          .with(orders + "key", "id, at")
          .with(latest + "mapping", "sku=value.sku, order.count=value.count, order.to=value.to")
          .with(latest + "key", "sku")
          .withDeadLetters()
          .deploy();
      pipeline.send(ORDERS);
      pipeline.awaitCommitted();

      assertThat(documents(client, database, "orders")).hasSize(3);
      assertThat(documents(client, database, "latest"))
          .containsExactlyInAnyOrder(
              "{\"sku\": \"a\", \"order\": {\"count\": 3, \"to\": {\"city\": \"Ulm\"}}}",
              "{\"sku\": \"b\", \"order\": {\"count\": \"many\"}}");
      assertThat(pipeline.reasons()).isEmpty();
    }
  }

  /** Without their identifiers and versions. */
  private static List<String> documents(MongoClient client, String database, String collection) {
    List<String> documents = new ArrayList<>();
    for (Document document : client.getDatabase(database).getCollection(collection).find()) {
      document.remove("_id");
      assertThat(document.remove("_kafka")).isNotNull();
      documents.add(document.toJson());
    }
    return documents;
  }
}
