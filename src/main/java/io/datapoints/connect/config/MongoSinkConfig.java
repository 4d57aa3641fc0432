package io.datapoints.connect.config;

import io.datapoints.connect.config.mapping.MappedStore;
import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.config.setting.Review;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * The settings of the MongoDB connector, checked and typed once at the start.
 *
 * @param pipeline the settings that both connectors have
 * @param mongo the connection and the collection
 * @param preflight what the connector does before its tasks start
 */
public record MongoSinkConfig(
    PipelineConfig pipeline, MongoConfig mongo, PreflightConfig preflight) {

  private static final MappedStore STORE = MappedStore.MONGODB;

  /** All settings, group by group. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    PipelineConfig.defineRecords(definition);
    MongoConfig.define(definition);
    PreflightConfig.define(definition, STORE);
    BatchingConfig.define(definition, BatchingConfig.Defaults.MONGODB);
    RetryConfig.define(definition);
    return definition;
  }

  /**
   * Checks a configuration without connecting anywhere: each value by itself, the rules between
   * values, and the names of settings that do not exist.
   *
   * @return each setting and each refused name, with its errors
   */
  public static List<ConfigValue> validate(Map<String, String> properties) {
    return review(definition(), PipelineConfig.complete(properties, STORE)).values();
  }

  /**
   * Reads the settings.
   *
   * @throws org.apache.kafka.common.config.ConfigException with all errors, if there are any
   */
  public static MongoSinkConfig from(Map<String, String> properties) {
    ConfigDef definition = definition();
    Map<String, String> settings = PipelineConfig.complete(properties, STORE);
    AbstractConfig config =
        PipelineConfig.parse(definition, settings, review(definition, settings));
    MongoConfig mongo = MongoConfig.from(config);
    return new MongoSinkConfig(
        PipelineConfig.from(
            config, STORE, flows -> FlowsPreset.mongo(flows, mongo.database(), mongo.collection())),
        mongo,
        PreflightConfig.from(config, STORE));
  }

  private static Review review(ConfigDef definition, Map<String, String> properties) {
    Review review = PipelineConfig.review(definition, properties, STORE);
    MongoConfig.review(review);
    return review;
  }
}
