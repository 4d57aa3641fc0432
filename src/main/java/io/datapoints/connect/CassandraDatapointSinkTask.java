package io.datapoints.connect;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.store.cassandra.CassandraStore;
import java.time.Clock;
import java.util.Map;

/** The task that writes to Cassandra. */
public final class CassandraDatapointSinkTask extends DatapointSinkTask {

  @Override
  Target target(TaskName task, Map<String, String> properties) {
    CassandraSinkConfig config = CassandraSinkConfig.from(properties);
    return new Target(
        config.pipeline(),
        () -> new CassandraStore(config, task.toString(), task.first(), Clock.systemUTC()));
  }
}
