package io.datapoints.connect.config;

import io.datapoints.connect.config.mapping.MappedStore;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.config.mapping.MappingSettings;
import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * What every connector can be told, whatever its store.
 *
 * @param layout what a record is taken for
 * @param batching when rows are written
 * @param retry how failed writes are repeated
 * @param records how records are read
 * @param kairos the settings of the kairosdb layout
 * @param flows the settings of the flows layout
 * @param mapping where the records of the table and the flows layout go
 */
public record PipelineConfig(
    Layout layout,
    BatchingConfig batching,
    RetryConfig retry,
    RecordConfig records,
    KairosConfig kairos,
    FlowsConfig flows,
    MappingConfig mapping) {

  public static final String LAYOUT = Layout.SETTING;

  static final String RECORDS_GROUP = "Records";

  /** The settings of the records, which stand before those of the store. */
  static void defineRecords(ConfigDef definition) {
    new SettingGroup(definition, RECORDS_GROUP)
        .add(
            LAYOUT,
            ConfigDef.Type.STRING,
            "kairosdb",
            Validators.oneOf(Layout.class),
            Importance.HIGH,
            "Layout",
            "What a record is taken for. `kairosdb`: KairosDB data points. `flows`: measurements of"
                + " network traffic. `table`: any record, mapped field by field.");
    KairosConfig.define(definition);
    RecordConfig.define(definition);
    FlowsConfig.define(definition);
  }

  /**
   * @param preset the mapping of the flows layout in the store
   */
  static PipelineConfig from(
      AbstractConfig config, MappedStore store, Function<FlowsConfig, MappingConfig> preset) {
    FlowsConfig flows = FlowsConfig.from(config);
    Layout layout = Validators.constant(Layout.class, config.getString(LAYOUT));
    return new PipelineConfig(
        layout,
        BatchingConfig.from(config),
        RetryConfig.from(config),
        RecordConfig.from(config),
        KairosConfig.from(config),
        flows,
        layout == Layout.FLOWS
            ? preset.apply(flows)
            : new MappingSettings(config.originalsStrings(), store).read(flows.timestampUnit()));
  }

  /** Parsed values with what the rules of every connector say about them. */
  static Review review(ConfigDef definition, Map<String, String> properties, MappedStore store) {
    Review review = new Review(definition.validate(properties));
    BatchingConfig.review(review);
    RetryConfig.review(review);
    KairosConfig.review(review);
    new MappingSettings(properties, store).review(review);
    Set<String> others = ForeignSettings.of(store).review(properties.keySet(), review);
    UnknownSettings.review(others, definition.names(), review);
    return review;
  }

  /** The values by their types, unless something was found wrong. */
  static AbstractConfig parse(ConfigDef definition, Map<String, String> properties, Review review) {
    List<String> messages = review.messages();
    if (!messages.isEmpty()) {
      throw new ConfigException(String.join("; ", messages));
    }
    return new AbstractConfig(definition, properties, false);
  }
}
