package io.datapoints.connect.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.CassandraFlows;
import io.datapoints.connect.pipeline.MongoFlows;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Flows into both stores: types, names of other collectors, and bad ones. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowsIT {

  private static final Map<String, String> GOFLOW2 =
      Map.of(
          "flows.field.source_ip", "src_addr",
          "flows.field.dest_ip", "dst_addr",
          "flows.field.source_port", "src_port",
          "flows.field.dest_port", "dst_port",
          "flows.field.protocol", "proto",
          "flows.field.timestamp", "time_received_ns",
          "flows.field.value", "bytes",
          "timestamp.unit", "ns");

  private static final Map<String, String> TELEMETRY =
      Map.of(
          "flows.field.source_ip", "source.address",
          "flows.field.dest_ip", "destination.address",
          "flows.field.source_port", "source.port",
          "flows.field.dest_port", "destination.port",
          "flows.field.protocol", "network.transport",
          "flows.field.timestamp", "time",
          "flows.field.value", "bytes",
          "timestamp.unit", "iso8601");

  /** Each with the field that is at fault. */
  private static final Map<String, String> BAD =
      Map.of(
          "source_ip", "\"10.0.0.256\"",
          "dest_ip", "null",
          "source_port", "65536",
          "dest_port", "-1",
          "protocol", "\"\"",
          "timestamp", "\"noon\"",
          "value", "\"NaN\"");

  private final Servers servers;
  private final String database;
  private final ConnectWorker worker;
  @AutoClose private final CqlSession session;
  @AutoClose private final MongoClient client;

  FlowsIT(Servers servers) {
    this.servers = servers;
    this.database = servers.mongoDatabase("flows");
    this.worker = servers.worker();
    this.session = servers.cassandra().session();
    this.client = servers.mongo().client();
  }

  private Pipeline cassandra(String name) {
    return new Pipeline(servers, worker, name).with("layout", "flows");
  }

  private Pipeline mongo(String name) {
    return Pipeline.toMongo(servers, worker, database, name, 1).with("layout", "flows");
  }

  private MongoCollection<BsonDocument> collection(Pipeline pipeline) {
    return client.getDatabase(database).getCollection(pipeline.name(), BsonDocument.class);
  }

  @Test
  void aFlowIsARowOfTypedColumns() throws IOException {
    try (Pipeline pipeline = cassandra("flows-cassandra")) {
      pipeline.deploy().deliver(FlowTexts.flow(0, 0.5));
      Row row = session.execute("SELECT * FROM flows_cassandra.metrics").one();
      assertThat(row.getString("source_ip")).isEqualTo("10.0.0.0");
      assertThat(row.getString("dest_ip")).isEqualTo("2001:db8::1");
      assertThat(row.getString("protocol")).isEqualTo("tcp");
      assertThat(row.getInstant("timestamp")).isEqualTo(Instant.ofEpochMilli(FlowTexts.NOON));
      assertThat(row.getInt("source_port")).isEqualTo(1024);
      assertThat(row.getInt("dest_port")).isEqualTo(443);
      assertThat(row.getDouble("value")).isEqualTo(0.5);
      pipeline.deliver(FlowTexts.flows(300, 7));
      assertThat(new CassandraFlows(session, pipeline.keyspace()).read()).hasSize(300);
    }
  }

  @Test
  void aFlowIsADocumentOfTypedFields() throws IOException {
    try (Pipeline pipeline = mongo("flows-mongodb")) {
      pipeline.deploy().deliver(FlowTexts.flow(0, 0.5));
      BsonDocument document =
          collection(pipeline).find().projection(Projections.excludeId()).first();
      assertThat(document)
          .isEqualTo(
              new BsonDocument("source_ip", new BsonString("10.0.0.0"))
                  .append("dest_ip", new BsonString("2001:db8::1"))
                  .append("source_port", new BsonInt32(1024))
                  .append("dest_port", new BsonInt32(443))
                  .append("protocol", new BsonString("tcp"))
                  .append("timestamp", new BsonDateTime(FlowTexts.NOON))
                  .append("value", new BsonDouble(0.5)));
      pipeline.deliver(FlowTexts.flows(300, 7));
      assertThat(new MongoFlows(collection(pipeline)).read()).hasSize(300);
    }
  }

  @Test
  void recordsOfOtherCollectorsAreMappedFieldByField() throws IOException {
    String key = "198.51.100.4/203.0.113.9/%s/1700000000123/51234/443";
    for (Map<String, String> mapping : List.of(GOFLOW2, TELEMETRY)) {
      boolean goflow2 = mapping == GOFLOW2;
      String name = goflow2 ? "goflow2" : "telemetry";
      String record = goflow2 ? FlowTexts.GOFLOW2 : FlowTexts.TELEMETRY;
      Map<String, Long> expected = Map.of(key.formatted(goflow2 ? "TCP" : "tcp"), 1500L);
      try (Pipeline rows = cassandra("flows-rows-" + name);
          Pipeline documents = mongo("flows-documents-" + name)) {
        mapping.forEach(rows::with);
        mapping.forEach(documents::with);
        rows.deploy().deliver(record);
        documents.deploy().deliver(record);
        assertThat(new CassandraFlows(session, rows.keyspace()).read()).isEqualTo(expected);
        assertThat(new MongoFlows(collection(documents)).read()).isEqualTo(expected);
      }
    }
  }

  @Test
  void theSamplesOfADatagramStayApartWhereTheKeyHasTheirRecord() throws IOException {
    String samples = FlowTexts.GOFLOW2 + FlowTexts.GOFLOW2.replace("1500", "70");
    List<Pipeline> pipelines = List.of(cassandra("flows-kept-rows"), mongo("flows-kept-documents"));
    for (Pipeline pipeline : pipelines) {
      try (pipeline) {
        pipeline.with("flows.preset", "goflow2").with("flows.key", "record").deploy();
        pipeline.deliver(samples, "{\"etype\": \"ARP\"}", samples);
        assertThat(worker.rest().states(pipeline.name())).containsOnly("RUNNING");
      }
    }
    assertThat(session.execute("SELECT record, protocol, value FROM flows_kept_rows.metrics"))
        .extracting(Row::getFormattedContents)
        .containsExactlyInAnyOrder(
            "[record:'flows-kept-rows-0@0', protocol:'tcp', value:1500.0]",
            "[record:'flows-kept-rows-0@0#1', protocol:'tcp', value:70.0]",
            "[record:'flows-kept-rows-0@2', protocol:'tcp', value:1500.0]",
            "[record:'flows-kept-rows-0@2#1', protocol:'tcp', value:70.0]");
    assertThat(collection(pipelines.get(1)).distinct("record", String.class))
        .containsExactlyInAnyOrder(
            "flows-kept-documents-0@0",
            "flows-kept-documents-0@0#1",
            "flows-kept-documents-0@2",
            "flows-kept-documents-0@2#1");
  }

  @Test
  void aBadFlowIsADeadLetterThatNamesTheField() throws IOException {
    List<Pipeline> pipelines = List.of(cassandra("flows-bad-rows"), mongo("flows-bad-documents"));
    for (Pipeline pipeline : pipelines) {
      try (pipeline) {
        pipeline.withDeadLetters().deploy();
        List<String> records = new ArrayList<>(List.of(FlowTexts.flow(1, 1)));
        BAD.forEach((field, json) -> records.add(FlowTexts.with(field, json)));
        records.add("{");
        records.add(FlowTexts.flow(2, 2));
        pipeline.deliver(records.toArray(String[]::new));
        List<String> reasons = pipeline.reasons();
        assertThat(reasons).hasSize(BAD.size() + 1);
        int offset = 1;
        for (String field : BAD.keySet()) {
          assertThat(reasons.get(offset - 1))
              .contains(pipeline.name() + "-0@" + offset + ": ", field + " ");
          offset++;
        }
        assertThat(worker.rest().states(pipeline.name())).containsOnly("RUNNING");
      }
    }
    assertThat(new CassandraFlows(session, "flows_bad_rows").read()).hasSize(2);
    assertThat(collection(pipelines.get(1)).countDocuments()).isEqualTo(2);
  }
}
