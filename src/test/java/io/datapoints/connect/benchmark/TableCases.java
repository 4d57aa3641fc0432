package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.CassandraNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Flat records, mapped field by field to one table and to two. */
final class TableCases {

  private static final String MAPPING =
      "source_ip=value.source_ip, dest_ip=value.dest_ip, protocol=value.protocol,"
          + " timestamp=value.timestamp, source_port=value.source_port,"
          + " dest_port=value.dest_port, value=value.value";

  private static final String COLUMNS =
      "source_ip text, dest_ip text, protocol text, timestamp timestamp, source_port int,"
          + " dest_port int, value double";

  private static final List<String> ORDERS = List.of("DESC", "ASC");

  private final BenchmarkSettings settings;
  private final Cases cases;
  private final CassandraNode cassandra;
  private final CqlSession session;
  private final Report report;

  TableCases(
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
    for (int keys : BenchmarkSettings.PAIRS) {
      for (int tables = 1; tables <= ORDERS.size(); tables++) {
        measure(keys, tables);
      }
    }
  }

  /** Writes the flows of a topic to a table that is as that of the flows layout. */
  static Map<String, String> mapping(String topic, String table, String order) {
    String prefix = "topic." + topic + "." + table + ".";
    return Map.of(
        prefix + "mapping",
        MAPPING,
        prefix + "columns",
        COLUMNS,
        prefix + "primaryKey",
        "(source_ip, dest_ip, protocol), timestamp " + order + ", source_port, dest_port");
  }

  private void measure(int keys, int tables) throws IOException {
    String keyspace = "tables_" + keys + "_" + tables;
    FlowContent warmUp = new FlowContent(keyspace + ".warmup", keys, settings.warmUpRows() / keys);
    FlowContent measured = new FlowContent(keyspace + ".measured", keys, settings.rows() / keys);
    Map<String, String> config = new HashMap<>(settings.cassandra(cassandra, keyspace));
    config.put("layout", "table");
    for (FlowContent content : List.of(warmUp, measured)) {
      for (int table = 0; table < tables; table++) {
        config.putAll(mapping(content.name(), keyspace + ".latest_" + table, ORDERS.get(table)));
      }
    }
    cases.warmUp(config, warmUp);
    for (int table = 0; table < tables; table++) {
      session.execute("TRUNCATE " + keyspace + ".latest_" + table);
    }
    String label =
        String.format(Locale.ROOT, "flat records, %,d keys, to %d table(s)", keys, tables);
    report.add(cases.measure(label, config, measured));
    Cases.progress("counting");
    for (int table = 0; table < tables; table++) {
      report.addFaults(new FlowTable(session, keyspace + ".latest_" + table).faults(measured));
    }
    session.execute("DROP KEYSPACE " + keyspace);
  }
}
