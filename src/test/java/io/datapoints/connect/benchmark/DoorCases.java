package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.benchmark.post.PostLoad;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.DoorProperties;
import io.datapoints.connect.kit.DoorServer;
import io.datapoints.connect.kit.KafkaBroker;
import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Server;
import io.datapoints.connect.kit.Servers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The door in front of a broker beside KairosDB's own ingestion into a Cassandra, with each of its
 * queues; and the whole way through door, topic, sink and Cassandra at a fixed rate.
 */
final class DoorCases {

  /** What the client keeps open to the server. */
  static final int CONNECTIONS = 32;

  /** Points of a second, at which the latency of each is measured beside half of its own most. */
  private static final int COMMON_RATE = 20_000;

  /** Points of a second that go the whole way. */
  private static final int CHAIN_RATE = 50_000;

  private static final Duration BOUND = Duration.ofMinutes(10);
  private static final String PATH = "/api/v1/datapoints";

  private final BenchmarkSettings settings;
  private final Servers servers;
  private final Path archive;
  private final Report report;

  DoorCases(BenchmarkSettings settings, Servers servers, Path archive, Report report) {
    this.settings = settings;
    this.servers = servers;
    this.archive = archive;
    this.report = report;
  }

  void run() throws IOException {
    KafkaBroker kafka = servers.ownKafka();
    for (PostedPoints.Shape shape : PostedPoints.Shape.values()) {
      door(kafka, shape);
    }
    CassandraNode cassandra =
        servers.ownCassandra(CassandraNode.Profile.BENCHMARK, ArchiveBenchmark.PATIENCE);
    for (PostedPoints.Shape shape : PostedPoints.Shape.values()) {
      kairos(cassandra, shape, "memory queue", KairosServer.Profile.MEMORY_QUEUE);
      kairos(cassandra, shape, "file queue", KairosServer.Profile.FILE_QUEUE);
    }
    chain(kafka, cassandra);
    cassandra.terminate();
    kafka.terminate();
  }

  private void door(KafkaBroker kafka, PostedPoints.Shape shape) throws IOException {
    String topic = "door-" + shape.key();
    kafka.createTopic(topic, settings.partitions());
    DoorServer door = servers.door(kafka, DoorProperties.into(topic).asInProduction());
    long requests = measure("door, " + shape, shape, door, door.root(), kafka);
    door.terminate();
    long missing = requests * shape.records() - kafka.endOffset(topic);
    if (missing != 0) {
      report.addFaults(List.of(topic + ": " + missing + " records are not there"));
    }
  }

  private void kairos(
      CassandraNode cassandra, PostedPoints.Shape shape, String queue, KairosServer.Profile profile)
      throws IOException {
    String keyspace = "kairosdb_" + shape.key() + "_" + queue.replace(' ', '_');
    KairosServer kairos = servers.kairos(cassandra, keyspace, profile);
    String label = "KairosDB, " + queue + ", " + shape;
    long requests = measure(label, shape, kairos, kairos.root(), cassandra);
    kairos.terminate();
    check(cassandra, keyspace, label, requests * PostedPoints.OF_A_REQUEST);
  }

  /** Points of KairosDB's own may be beside them. */
  private void check(CassandraNode cassandra, String keyspace, String label, long points) {
    Cases.progress("counting");
    try (CqlSession session = cassandra.session()) {
      long rows = RowCount.of(session, keyspace + ".data_points", "key");
      if (rows < points) {
        report.note(label + ": " + (points - rows) + " points that it answered 204 are not there");
      }
      session.execute("DROP KEYSPACE " + keyspace);
    }
  }

  /** Warms up, and measures the most and the latencies; returns how many requests were taken. */
  private long measure(
      String label, PostedPoints.Shape shape, Server ingest, String root, Server store)
      throws IOException {
    Cases.progress("warming up: " + label);
    PostLoad load = new PostLoad(address(root), PATH, CONNECTIONS, new PostedPoints(shape)::body);
    long taken = load.asFastAsAnswered(settings.warmUp()).taken();
    Quiet.await(ingest, BOUND);

    Cases.progress("measuring: " + label);
    Duration ingestCpu = ingest.process().cpuTime();
    Duration storeCpu = store.process().cpuTime();
    PostLoad.Outcome most = load.asFastAsAnswered(settings.doorTime());
    Duration later = Quiet.await(ingest, BOUND);
    report.add(
        new Measurement(
            label,
            most.taken() * (double) PostedPoints.OF_A_REQUEST,
            most.elapsed(),
            ingest.process().cpuTime().minus(ingestCpu),
            store.process().cpuTime().minus(storeCpu),
            Counts.NONE));
    report.note(
        String.format(
            Locale.ROOT,
            "%s: all stored %.1f s after the last answer, %d requests refused",
            label,
            later.toMillis() / 1e3,
            most.refused()));
    taken += most.taken();
    taken += latency(label, load, most.perSecond() * PostedPoints.OF_A_REQUEST / 2);
    Quiet.await(ingest, BOUND);
    taken += latency(label, load, COMMON_RATE);
    Quiet.await(ingest, BOUND);
    return taken;
  }

  private long latency(String label, PostLoad load, double pointsPerSecond) throws IOException {
    PostLoad.Outcome outcome =
        load.at(pointsPerSecond / PostedPoints.OF_A_REQUEST, settings.doorTime());
    report.note(latencies(label, pointsPerSecond, outcome));
    return outcome.taken();
  }

  private static String latencies(String label, double pointsPerSecond, PostLoad.Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s: at %,.0f points/s p50 %.1f, p95 %.1f, p99 %.1f, most %.1f ms; %d of %d refused",
        label,
        pointsPerSecond,
        outcome.millis(50),
        outcome.millis(95),
        outcome.millis(99),
        outcome.millis(100),
        outcome.refused(),
        outcome.refused() + outcome.taken());
  }

  private void chain(KafkaBroker kafka, CassandraNode cassandra) throws IOException {
    String topic = "door-chain";
    String keyspace = "door_chain";
    kafka.createTopic(topic, settings.partitions());
    DoorServer door = servers.door(kafka, DoorProperties.into(topic).asInProduction());
    ConnectWorker worker =
        servers.worker(kafka, ArchiveBenchmark.worker(settings).archive(archive));
    Map<String, String> config = new HashMap<>(settings.cassandra(cassandra, keyspace));
    config.put("topics", topic);
    config.put("tasks.max", Integer.toString(settings.tasks()));
    worker.rest().putConnector(topic, config);
    worker.rest().awaitRunning(topic);
    long requests = 0;
    for (PostedPoints.Shape shape : PostedPoints.Shape.values()) {
      requests += chain(shape, topic, kafka, door, worker, cassandra);
    }
    worker.rest().deleteConnector(topic);
    Cases.progress("counting");
    try (CqlSession session = cassandra.session()) {
      long missing =
          requests * PostedPoints.OF_A_REQUEST
              - RowCount.of(session, keyspace + ".data_points", "key");
      if (missing > 0) {
        report.addFaults(List.of("the whole way: " + missing + " points are not there"));
      }
    }
    worker.terminate();
    door.terminate();
  }

  /** Returns how many requests were taken. */
  private long chain(
      PostedPoints.Shape shape,
      String topic,
      KafkaBroker kafka,
      DoorServer door,
      ConnectWorker worker,
      CassandraNode cassandra)
      throws IOException {
    String label = "door, topic, sink and Cassandra, " + shape;
    Cases.progress("measuring: " + label);
    double requests = CHAIN_RATE / (double) PostedPoints.OF_A_REQUEST;
    PostLoad load =
        new PostLoad(address(door.root()), PATH, CONNECTIONS, new PostedPoints(shape)::body);
    long warmingUp = load.at(requests, settings.warmUp()).taken();
    awaitCommitted(kafka, topic);

    Duration doorCpu = door.process().cpuTime();
    Duration workerCpu = worker.process().cpuTime();
    Duration storeCpu = cassandra.process().cpuTime();
    PostLoad.Outcome outcome = load.at(requests, settings.doorTime());
    long lag = lag(kafka, topic);
    long answered = System.nanoTime();
    awaitCommitted(kafka, topic);
    Duration later = Duration.ofNanos(System.nanoTime() - answered);
    double points = outcome.taken() * (double) PostedPoints.OF_A_REQUEST;
    report.add(
        new Measurement(
            label,
            points,
            outcome.elapsed(),
            door.process()
                .cpuTime()
                .minus(doorCpu)
                .plus(worker.process().cpuTime().minus(workerCpu)),
            cassandra.process().cpuTime().minus(storeCpu),
            Counts.NONE));
    report.note(latencies(label, CHAIN_RATE, outcome));
    report.note(
        String.format(
            Locale.ROOT,
            "%s: %,d records not committed at the last answer, all of them %.1f s later",
            label,
            lag,
            later.toMillis() / 1e3));
    return warmingUp + outcome.taken();
  }

  private static void awaitCommitted(KafkaBroker kafka, String topic) {
    Await.until("all of " + topic + " to be committed", BOUND, () -> lag(kafka, topic) == 0);
  }

  private static long lag(KafkaBroker kafka, String topic) {
    return kafka.endOffset(topic)
        - kafka.committedOffsets("connect-" + topic).values().stream()
            .mapToLong(Long::longValue)
            .sum();
  }

  private static InetSocketAddress address(String root) {
    URI uri = URI.create(root);
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }
}
