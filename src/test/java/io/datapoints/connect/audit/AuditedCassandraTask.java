package io.datapoints.connect.audit;

import io.datapoints.connect.CassandraDatapointSinkTask;
import java.util.Map;

/** The task that writes to Cassandra, audited. */
public final class AuditedCassandraTask extends AuditedTask {

  /** For Connect. */
  public AuditedCassandraTask() {
    super(new CassandraDatapointSinkTask());
  }

  @Override
  StoreReader reader(Map<String, String> properties) {
    return new CassandraReader(
        store(properties, "cassandra.contact.points"),
        setting(properties, "cassandra.keyspace"),
        properties.get("cassandra.username"),
        properties.get("cassandra.password"));
  }
}
