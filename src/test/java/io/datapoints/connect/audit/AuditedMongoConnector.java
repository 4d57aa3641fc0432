package io.datapoints.connect.audit;

import io.datapoints.connect.MongoDatapointSinkConnector;

/** The connector to MongoDB, audited. */
public final class AuditedMongoConnector extends AuditedConnector {

  /** For Connect. */
  public AuditedMongoConnector() {
    super(new MongoDatapointSinkConnector(), AuditedMongoTask.class);
  }
}
