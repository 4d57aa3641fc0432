package io.datapoints.connect.config;

import io.datapoints.connect.config.cassandra.CassandraConfig;
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
 * The settings of the Cassandra connector, checked and typed once at the start.
 *
 * @param pipeline the settings that both connectors have
 * @param kairosIndex the index rows of the kairosdb layout
 * @param flowsTable the table of the flows layout
 * @param cassandra the connection and the schema
 * @param preflight what the connector does before its tasks start
 */
public record CassandraSinkConfig(
    PipelineConfig pipeline,
    KairosIndexConfig kairosIndex,
    FlowsTableConfig flowsTable,
    CassandraConfig cassandra,
    PreflightConfig preflight) {

  private static final MappedStore STORE = MappedStore.CASSANDRA;

  /** All settings, group by group. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    PipelineConfig.defineRecords(definition);
    KairosIndexConfig.define(definition);
    FlowsTableConfig.define(definition);
    CassandraConfig.define(definition);
    PreflightConfig.define(definition, STORE);
    BatchingConfig.define(definition, BatchingConfig.Defaults.CASSANDRA);
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
  public static CassandraSinkConfig from(Map<String, String> properties) {
    ConfigDef definition = definition();
    Map<String, String> settings = PipelineConfig.complete(properties, STORE);
    AbstractConfig config =
        PipelineConfig.parse(definition, settings, review(definition, settings));
    CassandraConfig cassandra = CassandraConfig.from(config);
    FlowsTableConfig flowsTable = FlowsTableConfig.from(config);
    return new CassandraSinkConfig(
        PipelineConfig.from(
            config,
            STORE,
            flows -> FlowsPreset.cassandra(flows, flowsTable.bucket(), cassandra.keyspace())),
        KairosIndexConfig.from(config),
        flowsTable,
        cassandra,
        PreflightConfig.from(config, STORE));
  }

  private static Review review(ConfigDef definition, Map<String, String> properties) {
    Review review = PipelineConfig.review(definition, properties, STORE);
    FlowsTableConfig.review(review);
    CassandraConfig.review(review);
    return review;
  }
}
