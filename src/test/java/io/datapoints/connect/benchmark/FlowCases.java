package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.CassandraNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Flows into Cassandra, of few and of many pairs of addresses. */
final class FlowCases {

  private static final int FEW = BenchmarkSettings.PAIRS.get(0);
  private static final int MANY = BenchmarkSettings.PAIRS.get(1);

  /** Memory and time for some flows of each of many pairs to share a batch. */
  private static final Map<String, String> PATIENT =
      Map.of(
          "linger.ms", "10000",
          "buffer.max.rows", "400000",
          "buffer.max.bytes", "536870912");

  private final BenchmarkSettings settings;
  private final Cases cases;
  private final CassandraNode cassandra;
  private final CqlSession session;
  private final Report report;

  FlowCases(
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

  void run() throws IOException {
    measure("default", FEW, Map.of());
    measure("default", MANY, Map.of());
    measure("patient", MANY, PATIENT);
  }

  private void measure(String kind, int pairs, Map<String, String> settingsOfCase)
      throws IOException {
    String keyspace = "flows_" + kind + "_" + pairs;
    Map<String, String> config = new HashMap<>(settings.cassandra(cassandra, keyspace));
    config.put("layout", "flows");
    config.putAll(settingsOfCase);
    cases.warmUp(config, content(keyspace + ".warmup", pairs, settings.warmUpRows()));
    session.execute("TRUNCATE " + keyspace + ".metrics");
    FlowContent measured = content(keyspace + ".measured", pairs, settings.rows());
    String label = String.format(Locale.ROOT, "flows, %,d pairs, %s settings", pairs, kind);
    report.add(cases.measure(label, config, measured));
    Cases.progress("counting");
    report.addFaults(new FlowTable(session, keyspace + ".metrics").faults(measured));
    session.execute("DROP KEYSPACE " + keyspace);
  }

  private static FlowContent content(String name, int pairs, int rows) {
    return new FlowContent(name, pairs, rows / pairs);
  }
}
