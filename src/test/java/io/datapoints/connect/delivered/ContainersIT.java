package io.datapoints.connect.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Docker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.pipeline.CassandraFlows;
import io.datapoints.connect.pipeline.CassandraPoints;
import io.datapoints.connect.pipeline.Contents;
import io.datapoints.connect.pipeline.MongoFlows;
import io.datapoints.connect.pipeline.MongoPoints;
import io.datapoints.connect.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/**
 * Kafka, Cassandra and MongoDB from their official images, with the worker as a process beside
 * them: each layout from end to end, where a Docker answers.
 */
class ContainersIT {

  private static final int RECORDS = 100;

  @Test
  void metricsAndFlowsReachBothStores() throws Exception {
    Docker.assume("ContainersIT");
    try (Servers servers = new Servers(directory(), true)) {
      deliver(servers);
    }
  }

  private static Path directory() {
    return Path.of(System.getProperty("datapoints.workdir", "target/servers"))
        .resolveSibling("containers")
        .toAbsolutePath();
  }

  private static void deliver(Servers servers) throws Exception {
    String database = servers.mongoDatabase("containers");
    try (ConnectWorker worker =
            servers.worker(WorkerSettings.defaults().archive(Servers.archive().orElseThrow()));
        CqlSession session = servers.cassandra().session();
        MongoClient client = servers.mongo().client()) {
      deliver(
          new Pipeline(servers, worker, "points"),
          points(),
          new CassandraPoints(session, "points"));
      deliver(
          new Pipeline(servers, worker, "flows").with("layout", "flows"),
          FlowTexts.flows(RECORDS, 7),
          new CassandraFlows(session, "flows"));
      deliver(
          Pipeline.toMongo(servers, worker, database, "documents", 1),
          points(),
          new MongoPoints(collection(client, database, "documents")));
      deliver(
          Pipeline.toMongo(servers, worker, database, "traffic", 1).with("layout", "flows"),
          FlowTexts.flows(RECORDS, 7),
          new MongoFlows(collection(client, database, "traffic")));
    }
  }

  private static void deliver(Pipeline pipeline, String[] records, Contents stored)
      throws Exception {
    try (pipeline) {
      pipeline.deploy().deliver(records);
      assertThat(stored.read()).as(pipeline.name()).hasSize(RECORDS);
    }
  }

  private static MongoCollection<BsonDocument> collection(
      MongoClient client, String database, String name) {
    return client.getDatabase(database).getCollection(name, BsonDocument.class);
  }

  private static String[] points() {
    return IntStream.range(0, RECORDS)
        .mapToObj(
            number ->
                "{\"name\":\"m\",\"timestamp\":%d,\"value\":%d,\"tags\":{\"host\":\"h%d\"}}"
                    .formatted(FlowTexts.NOON + number, number, number % 5))
        .toArray(String[]::new);
  }
}
