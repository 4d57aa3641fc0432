package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Measures the built archive from a full topic into its stores, and its door, each server in a
 * process of its own. Ends with a table, and with an exception when what is stored is not what was
 * produced.
 */
public final class ArchiveBenchmark {

  /** On a busy machine a slow write is no error: the driver loop does not repeat it. */
  static final Map<String, String> PATIENCE = Map.of("write_request_timeout", "60s");

  private static final Set<String> SINK_TO_CASSANDRA =
      Set.of("datapoints", "flows", "tables", "series");

  private final BenchmarkSettings settings;
  private final Servers servers;
  private final Path archive;
  private final Report report = new Report();

  private ArchiveBenchmark(BenchmarkSettings settings, Servers servers, Path archive) {
    this.settings = settings;
    this.servers = servers;
    this.archive = archive;
  }

  /** Runs with the sizes that the system properties of {@link BenchmarkSettings} give. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path archive =
        Servers.archive()
            .orElseThrow(() -> new IllegalStateException("the archive has not been built"));
    try (Servers servers = new Servers()) {
      new ArchiveBenchmark(BenchmarkSettings.fromSystemProperties(), servers, archive).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    if (settings.cases().stream().anyMatch(SINK_TO_CASSANDRA::contains)) {
      cassandra();
    }
    if (settings.runs("mongodb")) {
      new MongoCases(settings, servers, archive, report).run();
    }
    if (settings.runs("door")) {
      new DoorCases(settings, servers, archive, report).run();
    }
    System.out.println();
    System.out.print(report.text(settings));
    if (!report.faults().isEmpty()) {
      throw new IllegalStateException("the benchmark is not valid: " + report.faults().get(0));
    }
  }

  private void cassandra() throws IOException, InterruptedException {
    CassandraNode cassandra = servers.ownCassandra(CassandraNode.Profile.BENCHMARK, PATIENCE);
    ConnectWorker worker = servers.worker(worker(settings).archive(archive));
    SinkRun sink = new SinkRun(worker, servers.kafka(), cassandra, settings);
    Cases cases = new Cases(settings, servers.kafka(), sink);
    try (CqlSession session = cassandra.session()) {
      if (settings.runs("datapoints")) {
        new DatapointCases(settings, cases, cassandra, session, report).run();
      }
      if (settings.runs("flows")) {
        new FlowCases(settings, cases, cassandra, session, report).run();
      }
      if (settings.runs("tables")) {
        new TableCases(settings, cases, cassandra, session, report).run();
      }
      if (settings.runs("series")) {
        new SeriesCases(settings, cases, sink, cassandra, session, report).run();
      }
    }
    worker.terminate();
    cassandra.terminate();
  }

  /** A worker for figures. */
  static WorkerSettings worker(BenchmarkSettings settings) {
    return WorkerSettings.defaults()
        .heap("2g")
        .asInProduction()
        .property("offset.flush.interval.ms", Long.toString(settings.commitInterval().toMillis()));
  }
}
