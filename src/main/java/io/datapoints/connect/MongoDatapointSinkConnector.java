package io.datapoints.connect;

import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.store.StoreValidator;
import io.datapoints.connect.store.mongodb.MongoValidator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;

/** Writes the records of Kafka topics to MongoDB. */
public final class MongoDatapointSinkConnector extends DatapointSinkConnector {

  @Override
  public ConfigDef config() {
    return MongoSinkConfig.definition();
  }

  @Override
  List<ConfigValue> review(Map<String, String> properties) {
    return MongoSinkConfig.validate(properties);
  }

  @Override
  Optional<StoreValidator> validator(String name, Map<String, String> properties) {
    MongoSinkConfig config = MongoSinkConfig.from(properties);
    return config.preflight().connects()
        ? Optional.of(new MongoValidator(config, name))
        : Optional.empty();
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
