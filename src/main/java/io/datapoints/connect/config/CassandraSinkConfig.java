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
 * Everything that the Cassandra connector can be told, checked and typed once.
 *
 * @param pipeline what does not depend on the store
 * @param kairosIndex the index rows of the kairosdb layout
 * @param flowsTable the table of the flows layout
 * @param cassandra the connection and the schema
 * @param preflight what comes before the tasks
 */
public record CassandraSinkConfig(
    PipelineConfig pipeline,
    KairosIndexConfig kairosIndex,
    FlowsTableConfig flowsTable,
    CassandraConfig cassandra,
    PreflightConfig preflight) {

  /** All settings, group by group. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    PipelineConfig.defineRecords(definition);
    KairosIndexConfig.define(definition);
    FlowsTableConfig.define(definition);
    CassandraConfig.define(definition);
    PreflightConfig.define(definition, MappedStore.CASSANDRA);
    BatchingConfig.define(definition, BatchingConfig.Defaults.CASSANDRA);
    RetryConfig.define(definition);
    return definition;
  }

  /**
   * Checks a configuration without connecting anywhere: each value by itself, the rules between
   * them, and names that look like ours but are not.
   *
   * @return every setting, and every refused name, with what is wrong with it
   */
  public static List<ConfigValue> validate(Map<String, String> properties) {
    return review(definition(), properties).values();
  }

  /**
   * The typed settings.
   *
   * @throws org.apache.kafka.common.config.ConfigException with everything that is wrong, if
   *     anything is
   */
  public static CassandraSinkConfig from(Map<String, String> properties) {
    ConfigDef definition = definition();
    AbstractConfig config =
        PipelineConfig.parse(definition, properties, review(definition, properties));
    CassandraConfig cassandra = CassandraConfig.from(config);
    FlowsTableConfig flowsTable = FlowsTableConfig.from(config);
    return new CassandraSinkConfig(
        PipelineConfig.from(
            config,
            MappedStore.CASSANDRA,
            flows -> FlowsPreset.cassandra(flows, flowsTable.bucket(), cassandra.keyspace())),
        KairosIndexConfig.from(config),
        flowsTable,
        cassandra,
        PreflightConfig.from(config, MappedStore.CASSANDRA));
  }

  private static Review review(ConfigDef definition, Map<String, String> properties) {
    Review review = PipelineConfig.review(definition, properties, MappedStore.CASSANDRA);
    FlowsTableConfig.review(review);
    CassandraConfig.review(review);
    return review;
  }
}
