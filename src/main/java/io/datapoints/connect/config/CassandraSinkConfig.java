package io.datapoints.connect.config;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Everything that the Cassandra connector can be told, checked and typed once.
 *
 * @param layout what a record is taken for
 * @param batching when rows are written
 * @param retry how failed writes are repeated
 * @param errors what happens to records with nothing to write
 * @param kairos the settings of the kairosdb layout
 * @param cassandra the connection and the schema
 */
public record CassandraSinkConfig(
    Layout layout,
    BatchingConfig batching,
    RetryConfig retry,
    ErrorsConfig errors,
    KairosConfig kairos,
    CassandraConfig cassandra) {

  public static final String LAYOUT = "layout";

  static final String RECORDS_GROUP = "Records";

  /** All settings, group by group. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    new SettingGroup(definition, RECORDS_GROUP)
        .add(
            LAYOUT,
            ConfigDef.Type.STRING,
            "kairosdb",
            Validators.oneOf(Layout.class),
            Importance.HIGH,
            "Layout",
            "What a record is taken for and how it is stored. `kairosdb`: KairosDB data points, in"
                + " the tables that KairosDB reads.");
    KairosConfig.define(definition);
    ErrorsConfig.define(definition);
    CassandraConfig.define(definition);
    BatchingConfig.define(definition);
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
    return review(properties).values();
  }

  /**
   * The typed settings.
   *
   * @throws ConfigException with everything that is wrong, if anything is
   */
  public static CassandraSinkConfig from(Map<String, String> properties) {
    List<String> messages = review(properties).messages();
    if (!messages.isEmpty()) {
      throw new ConfigException(String.join("; ", messages));
    }
    AbstractConfig config = new AbstractConfig(definition(), properties, false);
    return new CassandraSinkConfig(
        Validators.constant(Layout.class, config.getString(LAYOUT)),
        BatchingConfig.from(config),
        RetryConfig.from(config),
        ErrorsConfig.from(config),
        KairosConfig.from(config),
        CassandraConfig.from(config));
  }

  private static Review review(Map<String, String> properties) {
    ConfigDef definition = definition();
    Review review = new Review(definition.validate(properties));
    BatchingConfig.review(review);
    RetryConfig.review(review);
    KairosConfig.review(review);
    CassandraConfig.review(review);
    UnknownSettings.review(properties.keySet(), definition.names(), review);
    return review;
  }
}
