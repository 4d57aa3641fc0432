package io.datapoints.connect;

import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Carries metrics from Kafka topics to MongoDB. */
public final class MongoDatapointSinkConnector extends DatapointSinkConnector {

  @Override
  public ConfigDef config() {
    return MongoSinkConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return new Config(MongoSinkConfig.validate(connectorConfigs));
  }

  @Override
  PipelineConfig check(Map<String, String> properties) {
    return MongoSinkConfig.from(properties).pipeline();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MongoDatapointSinkTask.class;
  }
}
