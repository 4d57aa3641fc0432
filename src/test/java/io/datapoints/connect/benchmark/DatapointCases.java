package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.CassandraNode;
import java.io.IOException;
import java.util.Map;

/** KairosDB datapoints into Cassandra, and beside them a plain loop over the driver. */
final class DatapointCases {

  private static final String KEYSPACE = "benchmark";

  private final BenchmarkSettings settings;
  private final Cases cases;
  private final CassandraNode cassandra;
  private final CqlSession session;
  private final Report report;

  DatapointCases(
      BenchmarkSettings settings,
      Cases cases,
      CassandraNode cassandra,
      CqlSession session,
      Report report) {
    this.settings = settings;
    this.cases = cases;
    this.cassandra = cassandra;
    this.session = session;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    measure("one point a record", "single", 1);
    measure(
        BenchmarkSettings.POINTS_PER_LARGE_RECORD + " points a record",
        "bulk",
        BenchmarkSettings.POINTS_PER_LARGE_RECORD);
  }

  private void measure(String label, String name, int pointsPerRecord)
      throws IOException, InterruptedException {
    Map<String, String> config = settings.cassandra(cassandra, KEYSPACE);
    cases.warmUp(config, workload(name + ".warmup", settings.warmUpRows(), pointsPerRecord));
    RawDriver driver = new RawDriver(session, cassandra);
    Workload warmUp = workload(name + ".rawwarmup", settings.warmUpRows(), 1);
    driver.warmUp(settings, warmUp, warmUp.raw(KEYSPACE), RawDriver.Shape.ONE_PARTITION);

    Workload measured = workload(name + ".measured", settings.rows(), pointsPerRecord);
    report.add(cases.measure(label, config, measured));
    Cases.progress("measuring the driver loop");
    Workload raw = workload(name + ".raw", settings.rows(), 1);
    report.add(
        driver.write(
            "  driver loop, same rows", raw, raw.raw(KEYSPACE), RawDriver.Shape.ONE_PARTITION));

    Cases.progress("counting");
    StoredRows stored = new StoredRows(session, KEYSPACE);
    report.addFaults(stored.faults(measured));
    report.addFaults(stored.indexFaults(measured));
    report.addFaults(stored.faults(raw));
  }

  private Workload workload(String metric, int rows, int pointsPerRecord) {
    return new Workload(metric, settings.series(), rows / settings.series(), pointsPerRecord);
  }
}
