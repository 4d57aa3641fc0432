package io.datapoints.connect.benchmark;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.MavenClasspath;
import io.datapoints.connect.kit.MongoEmulator;
import io.datapoints.connect.kit.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;

/**
 * Flows into MongoDB, by this connector and by MongoDB's own, in turn, over the same topics and in
 * the same worker. The server is the one in memory, so the figures compare what the connectors cost
 * the worker and say nothing of a real MongoDB.
 */
final class MongoCases {

  /** The newest that Maven Central has; it brings its own, older driver. */
  private static final String PEER = "org.mongodb.kafka:mongo-kafka-connect:jar:all:2.0.1";

  private static final String DATABASE = "benchmark";
  private static final String COLLECTION = "metrics";

  /** Records of a poll: the peer writes each poll as one bulk. */
  static final String POLL = "2000";

  private static final List<String> KEY =
      List.of("source_ip", "dest_ip", "protocol", "timestamp", "source_port", "dest_port");

  private final BenchmarkSettings settings;
  private final Servers servers;
  private final Path archive;
  private final Report report;
  private final Map<String, List<Double>> micros = new LinkedHashMap<>();

  MongoCases(BenchmarkSettings settings, Servers servers, Path archive, Report report) {
    this.settings = settings;
    this.servers = servers;
    this.archive = archive;
    this.report = report;
  }

  void run() throws IOException {
    MongoEmulator mongo = servers.benchmarkMongo();
    ConnectWorker worker =
        servers.worker(
            ArchiveBenchmark.worker(settings)
                .archive(archive)
                .plugin(MavenClasspath.jar(servers.maven().resolve(PEER), "mongo-kafka-connect"))
                .property("plugin.discovery", "hybrid_warn"));
    Cases cases =
        new Cases(settings, servers.kafka(), new SinkRun(worker, servers.kafka(), mongo, settings));
    Map<String, Map<String, String>> connectors = new LinkedHashMap<>();
    connectors.put("this connector", own(mongo.uri()));
    connectors.put("MongoDB's connector, like for like", likeForLike(mongo.uri()));
    connectors.put("MongoDB's connector, defaults", defaults(mongo.uri()));
    try (MongoClient client = mongo.client()) {
      for (int pairs : BenchmarkSettings.PAIRS) {
        alternate(cases, connectors, client.getDatabase(DATABASE).getCollection(COLLECTION), pairs);
      }
    }
    worker.terminate();
    mongo.terminate();
  }

  private void alternate(
      Cases cases,
      Map<String, Map<String, String>> connectors,
      MongoCollection<Document> collection,
      int pairs)
      throws IOException {
    FlowContent content = new FlowContent("mongo_" + pairs, pairs, settings.mongoRows() / pairs);
    Map<TopicPartition, Long> ends = cases.fill(content);
    // The first round warms up.
    for (int round = 0; round <= settings.rounds(); round++) {
      for (Map.Entry<String, Map<String, String>> connector : connectors.entrySet()) {
        empty(collection);
        String label = String.format(Locale.ROOT, "%s, %,d pairs", connector.getKey(), pairs);
        String name = content.name() + "-" + connector.getKey().hashCode() + "-" + round;
        Measurement measured = cases.measure(label, name, connector.getValue(), content, ends);
        if (round > 0) {
          report.add(measured);
          micros
              .computeIfAbsent(label, unseen -> new ArrayList<>())
              .add(measured.clientMicrosPerRow());
        }
        check(label, collection, connector.getKey(), content);
      }
    }
    micros.forEach(this::note);
    micros.clear();
  }

  private void note(String label, List<Double> each) {
    double median = each.stream().sorted().toList().get(each.size() / 2);
    report.note(
        String.format(
            Locale.ROOT,
            "%s: %,.0f records a second of the worker's processor time (median of %d)",
            label,
            1e6 / median,
            each.size()));
  }

  /** Both find the same unique index. */
  private static void empty(MongoCollection<Document> collection) {
    collection.drop();
    collection.createIndex(Indexes.ascending(KEY), new IndexOptions().unique(true));
  }

  private void check(
      String label, MongoCollection<Document> collection, String connector, FlowContent content) {
    long documents = collection.countDocuments();
    // A unique index refuses what the peer's defaults would store twice.
    if (documents != content.rows()) {
      report.addFaults(List.of(label + ": " + documents + " documents by " + connector));
    }
  }

  private Map<String, String> own(String uri) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.datapoints.connect.MongoDatapointSinkConnector");
    config.put("layout", "flows");
    config.put("mongodb.uri", uri);
    config.put("mongodb.database", DATABASE);
    config.put("mongodb.collection", COLLECTION);
    config.put("consumer.override.max.poll.records", POLL);
    config.putAll(settings.connector());
    return config;
  }

  private static Map<String, String> likeForLike(String uri) {
    Map<String, String> config = new HashMap<>(defaults(uri));
    config.put("consumer.override.max.poll.records", POLL);
    config.put("bulk.write.ordered", "false");
    config.put(
        "writemodel.strategy",
        "com.mongodb.kafka.connect.sink.writemodel.strategy.ReplaceOneBusinessKeyStrategy");
    config.put(
        "document.id.strategy",
        "com.mongodb.kafka.connect.sink.processor.id.strategy.PartialValueStrategy");
    config.put("document.id.strategy.partial.value.projection.type", "AllowList");
    config.put("document.id.strategy.partial.value.projection.list", String.join(",", KEY));
    return config;
  }

  private static Map<String, String> defaults(String uri) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "com.mongodb.kafka.connect.MongoSinkConnector");
    config.put("connection.uri", uri + "&w=majority");
    config.put("database", DATABASE);
    config.put("collection", COLLECTION);
    config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    return config;
  }
}
