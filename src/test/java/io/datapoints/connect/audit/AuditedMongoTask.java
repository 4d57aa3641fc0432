package io.datapoints.connect.audit;

import io.datapoints.connect.MongoDatapointSinkTask;
import java.util.Map;

/** The task that writes to MongoDB, audited: one document a point, or one a flow. */
public final class AuditedMongoTask extends AuditedTask {

  /** For Connect. */
  public AuditedMongoTask() {
    super(new MongoDatapointSinkTask());
  }

  @Override
  StoreReader reader(Map<String, String> properties) {
    return new MongoReader(
        store(properties, "mongodb.uri"),
        setting(properties, "mongodb.database"),
        setting(properties, "mongodb.collection"));
  }
}
