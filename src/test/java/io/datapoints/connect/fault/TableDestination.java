package io.datapoints.connect.fault;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.audit.AuditedCassandraConnector;
import io.datapoints.connect.audit.AuditedConnector;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.pipeline.CassandraFlows;
import java.util.HashMap;
import java.util.Map;

/**
 * Two tables of a Cassandra that the records of a topic are mapped to: one that the auditor reads
 * as it reads that of the flows layout, and one that has the same rows in the opposite order. A bad
 * record has a port that fits neither.
 *
 * @param cassandra as the auditor and the judge find it
 * @param contactPoints how the connector does
 */
record TableDestination(Cassandra cassandra, String contactPoints) implements Destination {

  private static final String FIRST = "metrics";
  private static final String SECOND = "metrics_backwards";
  private static final String MAPPING =
      "source_ip=value.source_ip, dest_ip=value.dest_ip, protocol=value.protocol,"
          + " timestamp=value.timestamp, source_port=value.source_port,"
          + " dest_port=value.dest_port, value=value.value";
  private static final String COLUMNS =
      "source_ip text, dest_ip text, protocol text, timestamp timestamp, source_port smallint,"
          + " dest_port smallint, value double";

  @Override
  public Map<String, String> settings(String scenario) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", AuditedCassandraConnector.class.getName());
    settings.put("layout", "table");
    settings.put("cassandra.contact.points", contactPoints);
    settings.put(AuditedConnector.STORE, cassandra.contactPoint());
    settings.put("cassandra.local.datacenter", cassandra.localDatacenter());
    settings.put("cassandra.keyspace", keyspace(scenario));
    table(settings, scenario, FIRST, "DESC");
    table(settings, scenario, SECOND, "ASC");
    return settings;
  }

  private static void table(
      Map<String, String> settings, String scenario, String table, String order) {
    String prefix = "topic." + scenario + "." + keyspace(scenario) + "." + table + ".";
    settings.put(prefix + "mapping", MAPPING);
    settings.put(prefix + "columns", COLUMNS);
    settings.put(
        prefix + "primaryKey",
        "(source_ip, dest_ip, protocol), timestamp " + order + ", source_port, dest_port");
  }

  private static String keyspace(String scenario) {
    return scenario.replace('-', '_');
  }

  @Override
  public String store() {
    return "Cassandra";
  }

  /** What both tables have; a row that only the second has is one that nobody sent. */
  @Override
  public Map<String, Long> stored(String scenario) {
    try (CqlSession session = cassandra.session()) {
      String keyspace = keyspace(scenario);
      Map<String, Long> first = new CassandraFlows(session, keyspace, FIRST).read();
      Map<String, Long> second = new CassandraFlows(session, keyspace, SECOND).read();
      Map<String, Long> both = new HashMap<>();
      second.forEach(
          (key, value) -> {
            if (value.equals(first.get(key))) {
              both.put(key, value);
            } else if (!first.containsKey(key)) {
              both.put(SECOND + " alone: " + key, value);
            }
          });
      first.keySet().stream()
          .filter(key -> !second.containsKey(key))
          .forEach(key -> both.put(FIRST + " alone: " + key, first.get(key)));
      return both;
    }
  }

  @Override
  public RecordKind records() {
    return RecordKind.FLOWS;
  }
}
