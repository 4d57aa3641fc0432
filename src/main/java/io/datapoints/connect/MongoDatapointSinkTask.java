package io.datapoints.connect;

import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.store.mongodb.MongoStore;
import java.time.Clock;
import java.util.Map;

/** The task that writes to MongoDB. */
public final class MongoDatapointSinkTask extends DatapointSinkTask {

  @Override
  Target target(TaskName task, Map<String, String> properties) {
    MongoSinkConfig config = MongoSinkConfig.from(properties);
    return new Target(
        config.pipeline(), () -> new MongoStore(config, task.toString(), Clock.systemUTC()));
  }
}
