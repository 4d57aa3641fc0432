package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.datapoints.connect.kit.CassandraNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Flows into Cassandra, of few and of many pairs of addresses. */
final class FlowCases {

  /** Counts under way at the same time. */
  private static final int COUNTS = 256;

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
    report.addFaults(faults(keyspace, measured));
    session.execute("DROP KEYSPACE " + keyspace);
  }

  private static FlowContent content(String name, int pairs, int rows) {
    return new FlowContent(name, pairs, rows / pairs);
  }

  /** What is wrong with the flows in the table; empty when all of them are there. */
  private List<String> faults(String keyspace, FlowContent content) {
    PreparedStatement count =
        session.prepare(
            "SELECT COUNT(*) FROM "
                + keyspace
                + ".metrics WHERE source_ip = ? AND dest_ip = ? AND protocol = 'tcp'");
    List<String> faults = new ArrayList<>();
    for (int first = 0; first < content.pairs(); first += COUNTS) {
      int last = Math.min(first + COUNTS, content.pairs());
      List<CompletionStage<AsyncResultSet>> counts = new ArrayList<>();
      for (int pair = first; pair < last; pair++) {
        counts.add(
            session.executeAsync(count.bind(content.source(pair), content.destination(pair))));
      }
      for (CompletionStage<AsyncResultSet> each : counts) {
        var row = each.toCompletableFuture().join().one();
        long flows = row == null ? 0 : row.getLong(0);
        if (flows != content.flowsPerPair()) {
          faults.add(content.name() + ": " + flows + " flows of a pair");
        }
      }
    }
    return faults;
  }
}
