package io.datapoints.connect.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Sorts;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole topic that is delivered again, by two tasks, leaves each store as it was. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {

  private static final int RECORDS = 400;
  private static final int PARTITIONS = 4;

  private final Servers servers;
  private final String database;
  private final ConnectWorker worker;
  @AutoClose private final CqlSession session;
  @AutoClose private final MongoClient client;

  ReplayIT(Servers servers) {
    this.servers = servers;
    this.database = servers.mongoDatabase("replay");
    this.worker = servers.worker();
    this.session = servers.cassandra().session();
    this.client = servers.mongo().client();
  }

  @Test
  void flowsInCassandraStayWithTheirWriteTimes() throws IOException {
    Pipeline pipeline = new Pipeline(servers, worker, "replay-rows", PARTITIONS);
    String query =
        "SELECT source_ip, dest_ip, protocol, timestamp, source_port, dest_port, value,"
            + " WRITETIME(value) FROM replay_rows.metrics";
    replay(
        pipeline.with("layout", "flows"),
        FlowTexts.flows(RECORDS, 1),
        FlowTexts.flows(RECORDS, 5_000),
        () ->
            session.execute(query).all().stream().map(Row::getFormattedContents).sorted().toList());
  }

  @Test
  void flowsInMongodbStayTheSameDocuments() throws IOException {
    Pipeline pipeline = mongo("replay-flows").with("layout", "flows");
    replay(
        pipeline,
        FlowTexts.flows(RECORDS, 1),
        FlowTexts.flows(RECORDS, 5_000),
        () -> documents(pipeline));
  }

  @Test
  void pointsInMongodbStayTheSameDocuments() throws IOException {
    Pipeline pipeline = mongo("replay-points").with("mongodb.datapoints", "point");
    replay(pipeline, points(1), points(5_000), () -> documents(pipeline));
  }

  /** Each bucket is filled by records of several batches. */
  @Test
  void bucketsInMongodbStayTheSameDocuments() throws IOException {
    Pipeline pipeline = mongo("replay-buckets").with("mongodb.datapoints", "bucket");
    pipeline.with("batch.max.rows", "7");
    replay(pipeline, points(1), points(5_000), () -> documents(pipeline));
  }

  /** Delivers two values for every key, the later of which wins, and then all of it again. */
  private void replay(
      Pipeline pipeline, String[] first, String[] second, Supplier<List<String>> contents)
      throws IOException {
    try (pipeline) {
      pipeline.with("tasks.max", "2").deploy();
      pipeline.deliver(first);
      List<String> afterFirst = contents.get();
      pipeline.deliver(second);
      List<String> before = contents.get();
      assertThat(before).hasSameSizeAs(afterFirst).doesNotContainAnyElementsOf(afterFirst);
      assertThat(before.size()).isGreaterThan(10);
      pipeline.stop();
      pipeline.rewind();
      assertThat(pipeline.committed()).isZero();
      pipeline.resume();
      pipeline.awaitCommitted();
      assertThat(contents.get()).isEqualTo(before);
    }
  }

  private Pipeline mongo(String name) {
    return Pipeline.toMongo(servers, worker, database, name, PARTITIONS);
  }

  private List<String> documents(Pipeline pipeline) {
    return client
        .getDatabase(database)
        .getCollection(pipeline.name(), BsonDocument.class)
        .find()
        .sort(Sorts.ascending("_id"))
        .map(BsonDocument::toJson)
        .into(new ArrayList<>());
  }

  /** Twenty series with points in three hours. */
  private static String[] points(long value) {
    return IntStream.range(0, RECORDS)
        .mapToObj(
            number ->
                "{\"name\":\"replay\",\"timestamp\":%d,\"value\":%d,\"tags\":{\"host\":\"h%d\"}}"
                    .formatted(FlowTexts.NOON + number * 20_000L, value + number, number % 20))
        .toArray(String[]::new);
  }
}
