package io.datapoints.connect.audit;

import io.datapoints.connect.CassandraDatapointSinkConnector;

/** The connector to Cassandra, audited. */
public final class AuditedCassandraConnector extends AuditedConnector {

  /** For Connect. */
  public AuditedCassandraConnector() {
    super(new CassandraDatapointSinkConnector(), AuditedCassandraTask.class);
  }
}
