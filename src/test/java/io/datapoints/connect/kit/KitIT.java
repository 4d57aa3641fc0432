package io.datapoints.connect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The servers of the kit start, answer, and come back as a fault test needs them to. */
@ExtendWith(ServersExtension.class)
class KitIT {

  private final Servers servers;

  KitIT(Servers servers) {
    this.servers = servers;
  }

  @Test
  void aRecordGoesThroughTheBrokerWithItsHeaders() throws Exception {
    Kafka kafka = servers.kafka();
    kafka.createTopic("kit", 3);
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      for (int i = 0; i < 30; i++) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>("kit", i % 3, null, new byte[] {(byte) i});
        record.headers().add("number", new byte[] {(byte) i});
        producer.send(record).get();
      }
    }
    assertThat(kafka.endOffset("kit")).isEqualTo(30);
    assertThat(kafka.records("kit"))
        .hasSize(30)
        .allSatisfy(
            each -> assertThat(each.headers().lastHeader("number").value()).isEqualTo(each.value()))
        .filteredOn(each -> each.partition() == 2)
        .extracting(ConsumerRecord::offset)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(kafka.committedOffsets("nobody")).isEmpty();
  }

  @Test
  void aWorkerAnswersAndComesBackAfterBeingKilled() throws Exception {
    WorkerSettings settings =
        WorkerSettings.defaults().archive(Servers.archive().orElseThrow()).group("kit");
    try (ConnectWorker worker = servers.worker(settings)) {
      assertThat(worker.rest().isHealthy()).isTrue();
      assertThat(worker.rest().version().path("version").asText()).isEqualTo(settings.version());
      assertThat(worker.attribute("kafka.connect:type=connect-worker-metrics", "connector-count"))
          .isEqualTo(0.0);
      assertThatThrownBy(() -> worker.rest().putConnector("none", Map.of("connector.class", "No")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No");
      worker.kill();
      assertThatThrownBy(() -> worker.rest().isHealthy()).isInstanceOf(IOException.class);
      worker.restart();
      assertThat(worker.rest().isHealthy()).isTrue();
      worker.terminate();
    }
  }

  @Test
  void anAcknowledgedRowSurvivesTheDeathOfItsNode() {
    Cassandra cassandra = servers.cassandra();
    try (CqlSession session = cassandra.session()) {
      session.execute(
          "CREATE KEYSPACE kit WITH replication ="
              + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
      session.execute("CREATE TABLE kit.rows (id int PRIMARY KEY)");
      for (int id = 0; id < 500; id++) {
        session.execute("INSERT INTO kit.rows (id) VALUES (?)", id);
      }
    }
    cassandra.kill();
    cassandra.restart();
    try (CqlSession session = cassandra.session()) {
      assertThat(session.execute("SELECT count(*) FROM kit.rows").one().getLong(0)).isEqualTo(500);
    }
  }

  @Test
  void mongodbKeepsItsPortWhateverBecomesOfIt() {
    try (Mongo mongo = servers.ownMongo()) {
      String database = servers.mongoDatabase("kit");
      try (MongoClient client = mongo.client();
          TcpProxy proxy = new TcpProxy(mongo.address(), servers.ports());
          MongoClient distant = MongoClients.create(mongo.uriThrough(proxy))) {
        MongoCollection<Document> collection = client.getDatabase(database).getCollection("rows");
        collection.insertOne(new Document("_id", 1));
        assertThat(distant.getDatabase(database).getCollection("rows").countDocuments())
            .isEqualTo(1);
        assumeTrue(mongo.emulated(), "a real server is not killed here");
        mongo.kill();
        mongo.restart();
        assertThat(collection.countDocuments()).as("the emulator forgets").isZero();
      }
    }
  }

  @Test
  void whatTheMongodbAtHandCannotDoIsKnown() {
    MongoFeatures features = servers.mongoFeatures();
    assertThat(features.summary()).contains("wire");
    if (servers.mongo().emulated()) {
      assertThat(features.present()).isEmpty();
    } else {
      assertThat(features.present())
          .contains(MongoFeature.HELLO, MongoFeature.VALIDATOR, MongoFeature.TIME_SERIES);
    }
  }
}
