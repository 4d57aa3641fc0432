package io.datapoints.connect.fault;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.audit.AuditedCassandraConnector;
import io.datapoints.connect.audit.AuditedConnector;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.pipeline.CassandraFlows;
import io.datapoints.connect.pipeline.CassandraPoints;
import java.util.Map;

/**
 * A Cassandra, with a keyspace for each scenario.
 *
 * @param cassandra as the auditor and the judge find it
 * @param contactPoints how the connector does
 */
record CassandraDestination(Cassandra cassandra, String contactPoints, RecordKind records)
    implements Destination {

  /** With nothing in between. */
  CassandraDestination(Cassandra cassandra, RecordKind records) {
    this(cassandra, cassandra.contactPoint(), records);
  }

  @Override
  public Map<String, String> settings(String scenario) {
    return Map.of(
        "connector.class",
        AuditedCassandraConnector.class.getName(),
        "layout",
        records.layout(),
        "cassandra.contact.points",
        contactPoints,
        AuditedConnector.STORE,
        cassandra.contactPoint(),
        "cassandra.local.datacenter",
        cassandra.localDatacenter(),
        "cassandra.keyspace",
        keyspace(scenario));
  }

  static String keyspace(String scenario) {
    return scenario.replace('-', '_');
  }

  @Override
  public String store() {
    return "Cassandra";
  }

  @Override
  public Map<String, Long> stored(String scenario) {
    try (CqlSession session = cassandra.session()) {
      return records.isFlows()
          ? new CassandraFlows(session, keyspace(scenario)).read()
          : new CassandraPoints(session, keyspace(scenario)).read();
    }
  }
}
