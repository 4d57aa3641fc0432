package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures the built archive from a full topic into Cassandra, each server in a process of its own,
 * and beside it a plain loop over the driver. Ends with a table, and with an exception when the
 * points in Cassandra are not those that were produced.
 */
public final class ArchiveBenchmark {

  private static final String KEYSPACE = "benchmark";

  /** On a busy machine a slow write is no error: the driver loop does not repeat it. */
  private static final Map<String, String> PATIENCE = Map.of("write_request_timeout", "60s");

  private final BenchmarkSettings settings;
  private final TopicFill topics;
  private final SinkRun sink;
  private final CassandraNode cassandra;
  private final CqlSession session;
  private final Report report = new Report();

  private ArchiveBenchmark(
      BenchmarkSettings settings,
      Kafka kafka,
      CassandraNode cassandra,
      ConnectWorker worker,
      CqlSession session) {
    this.settings = settings;
    this.topics = new TopicFill(kafka, settings.partitions());
    this.sink = new SinkRun(worker, kafka, cassandra, settings, KEYSPACE);
    this.cassandra = cassandra;
    this.session = session;
  }

  /** Runs with the sizes that the system properties of {@link BenchmarkSettings} give. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchmarkSettings settings = BenchmarkSettings.fromSystemProperties();
    Path archive =
        Servers.archive()
            .orElseThrow(() -> new IllegalStateException("the archive has not been built"));
    try (Servers servers = new Servers()) {
      CassandraNode cassandra = servers.ownCassandra(CassandraNode.Profile.BENCHMARK, PATIENCE);
      ConnectWorker worker = servers.worker(workerSettings(settings, archive));
      try (CqlSession session = cassandra.session()) {
        new ArchiveBenchmark(settings, servers.kafka(), cassandra, worker, session).run();
      }
    }
  }

  private static WorkerSettings workerSettings(BenchmarkSettings settings, Path archive) {
    return WorkerSettings.defaults()
        .archive(archive)
        .heap("2g")
        .property("offset.flush.interval.ms", Long.toString(settings.commitInterval().toMillis()));
  }

  private void run() throws IOException, InterruptedException {
    measure("one point a record", "single", 1);
    measure(
        BenchmarkSettings.POINTS_PER_LARGE_RECORD + " points a record",
        "bulk",
        BenchmarkSettings.POINTS_PER_LARGE_RECORD);
    System.out.println();
    System.out.print(report.text(settings));
    if (!report.faults().isEmpty()) {
      throw new IllegalStateException("the benchmark is not valid: " + report.faults().get(0));
    }
  }

  private void measure(String label, String name, int pointsPerRecord)
      throws IOException, InterruptedException {
    warmUp(name, pointsPerRecord);
    RawDriver driver = new RawDriver(session, cassandra, KEYSPACE);
    warmUp(driver, name);

    Workload measured = workload(name + ".measured", settings.rows(), pointsPerRecord);
    progress("filling a topic: " + label);
    Map<TopicPartition, Long> ends = topics.fill(measured.metric(), measured);
    progress("measuring the archive: " + label);
    SinkRun.Outcome run = sink.over(name + "-measured", measured.metric(), ends);
    report.add(
        Window.in(run.samples(), ends).measurement(label, pointsPerRecord, run.rowsPerBatch()));

    progress("measuring the driver loop");
    Workload raw = workload(name + ".raw", settings.rows(), pointsPerRecord);
    report.add(driver.write("  driver loop, same rows", raw));

    progress("counting");
    StoredRows stored = new StoredRows(session, KEYSPACE);
    report.addFaults(stored.faults(measured));
    report.addFaults(stored.indexFaults(measured));
    report.addFaults(stored.faults(raw));
  }

  /** Reads one topic with one connector after the other until the time is over. */
  private void warmUp(String name, int pointsPerRecord) throws IOException {
    Workload warmUp = workload(name + ".warmup", settings.warmUpRows(), pointsPerRecord);
    progress("warming up: " + name);
    Map<TopicPartition, Long> ends = topics.fill(warmUp.metric(), warmUp);
    long started = System.nanoTime();
    for (int run = 1; isYoungerThan(started, settings.warmUp()); run++) {
      sink.over(name + "-warmup-" + run, warmUp.metric(), ends);
    }
  }

  /** A third of the time is enough: the server is warm, and the loop is small. */
  private void warmUp(RawDriver driver, String name) throws InterruptedException {
    Workload warmUp = workload(name + ".rawwarmup", settings.warmUpRows(), 1);
    long started = System.nanoTime();
    while (isYoungerThan(started, settings.warmUp().dividedBy(3))) {
      driver.write("warm-up", warmUp);
    }
  }

  private static boolean isYoungerThan(long started, Duration age) {
    return System.nanoTime() - started < age.toNanos();
  }

  private Workload workload(String metric, int rows, int pointsPerRecord) {
    return new Workload(metric, settings.series(), rows / settings.series(), pointsPerRecord);
  }

  private static void progress(String step) {
    System.out.println(step);
  }
}
