package io.datapoints.connect.delivered;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.mongodb.client.MongoClient;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.ConnectorFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipped connectors for any record, with the readings that the quickstart sends them. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableSamplesIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String TOPIC = "readings";
  private static final Path CONFIG = Path.of("config");

  private final Servers servers;
  private final ConnectWorker worker;

  TableSamplesIT(Servers servers) throws Exception {
    this.servers = servers;
    this.worker = servers.worker();
    servers.kafka().createTopic(TOPIC, 1);
    try (Producer<byte[], byte[]> producer = servers.kafka().producer()) {
      for (String reading :
          List.of(
              "{\"at\": 1767225600000, \"temperature\": 21.5, \"place\": {\"name\": \"north\"}}",
              "{\"at\": 1767225660000, \"temperature\": 21.7, \"place\": {\"name\": \"north\"}}")) {
        producer
            .send(new ProducerRecord<>(TOPIC, "kitchen".getBytes(UTF_8), reading.getBytes(UTF_8)))
            .get();
      }
    }
  }

  @Test
  void aReadingIsARowOfTwoTables() throws Exception {
    ConnectorFile sample =
        ConnectorFile.read(CONFIG.resolve("table-cassandra.json")).at(servers.cassandra());
    deliver(sample);
    try (CqlSession session = servers.cassandra().session()) {
      assertThat(
              session
                  .execute(
                      "SELECT celsius FROM shop.latest WHERE sensor = 'kitchen'"
                          + " AND day = '2026-01-01 00:00:00+0000' LIMIT 10")
                  .all())
          .extracting(row -> row.getDouble(0))
          .containsExactly(21.7, 21.5);
      assertThat(session.execute("SELECT sensor FROM shop.by_place WHERE place = 'north'").all())
          .hasSize(2);
    }
  }

  @Test
  void theLatestReadingIsADocument() throws Exception {
    String database = servers.mongoDatabase("samples");
    ConnectorFile sample = ConnectorFile.read(CONFIG.resolve("table-mongodb.json"));
    String shop = "topic.readings.shop.latest.";
    String own = "topic.readings." + database + ".latest.";
    ConnectorFile here =
        sample.with(
            Map.of(
                "mongodb.uri",
                servers.mongo().uri(),
                own + "mapping",
                sample.config().getOrDefault(shop + "mapping", ""),
                own + "key",
                sample.config().getOrDefault(shop + "key", "")));
    here.config().keySet().removeIf(key -> key.startsWith(shop));
    deliver(here);
    try (MongoClient client = servers.mongo().client()) {
      Document latest = client.getDatabase(database).getCollection("latest").find().first();
      assertThat(latest)
          .isNotNull()
          .containsEntry("sensor", "kitchen")
          .containsEntry("celsius", 21.7)
          .containsEntry("at", Date.from(Instant.ofEpochMilli(1767225660000L)))
          .containsEntry("place", new Document("name", "north"));
      assertThat(client.getDatabase(database).getCollection("latest").countDocuments()).isOne();
    }
  }

  private void deliver(ConnectorFile connector) throws Exception {
    worker.rest().putConnector(connector.name(), connector.config());
    worker.rest().awaitRunning(connector.name());
    Await.until(
        "the commit of both readings",
        BOUND,
        () ->
            servers.kafka().committedOffsets("connect-" + connector.name()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum()
                == 2);
    worker.rest().deleteConnector(connector.name());
  }
}
