package io.datapoints.connect;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Carries metrics from Kafka topics to Cassandra. */
public final class CassandraDatapointSinkConnector extends DatapointSinkConnector {

  @Override
  public ConfigDef config() {
    return CassandraSinkConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return new Config(CassandraSinkConfig.validate(connectorConfigs));
  }

  @Override
  PipelineConfig check(Map<String, String> properties) {
    return CassandraSinkConfig.from(properties).pipeline();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return CassandraDatapointSinkTask.class;
  }
}
