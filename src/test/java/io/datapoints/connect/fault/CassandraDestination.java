package io.datapoints.connect.fault;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.datapoints.connect.audit.AuditedCassandraConnector;
import io.datapoints.connect.audit.AuditedConnector;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.pipeline.CassandraFlows;
import io.datapoints.connect.pipeline.CassandraPoints;
import io.datapoints.connect.pipeline.Contents;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Cassandra, with a keyspace for each scenario.
 *
 * @param cassandra as the auditor and the judge find it
 * @param contactPoints how the connector does
 */
record CassandraDestination(Cassandra cassandra, String contactPoints, RecordKind records)
    implements Destination {

  /** A busy cluster that lacks a node may need several attempts at reading everything. */
  private static final Duration BOUND = Duration.ofMinutes(2);

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
      return Await.value(
          "all that is in " + keyspace(scenario),
          BOUND,
          () -> {
            try {
              return Optional.of(contents(session, scenario).read());
            } catch (DriverException busy) {
              throw new IOException(busy);
            }
          });
    }
  }

  private Contents contents(CqlSession session, String scenario) {
    return records.isFlows()
        ? new CassandraFlows(session, keyspace(scenario))
        : new CassandraPoints(session, keyspace(scenario));
  }
}
