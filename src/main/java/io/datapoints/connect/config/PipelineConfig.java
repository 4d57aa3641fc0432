package io.datapoints.connect.config;

import io.datapoints.connect.config.format.FormatConfig;
import io.datapoints.connect.config.mapping.MappedStore;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.config.mapping.MappingSettings;
import io.datapoints.connect.config.mapping.TableKey;
import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings that both connectors have.
 *
 * @param layout how records are interpreted and stored
 * @param batching when rows are written, and how many may wait
 * @param retry how failed writes are repeated
 * @param records how records are read
 * @param format in which format metrics come
 * @param kairos the settings of the kairosdb layout
 * @param flows the settings of the flows layout
 * @param mapping the targets of the records in the table and the flows layout
 */
public record PipelineConfig(
    Layout layout,
    BatchingConfig batching,
    RetryConfig retry,
    RecordConfig records,
    FormatConfig format,
    KairosConfig kairos,
    FlowsConfig flows,
    MappingConfig mapping) {

  public static final String LAYOUT = Layout.SETTING;

  static final String RECORDS_GROUP = "Records";

  /** Adds the settings of records; they come before those of the store in forms and tables. */
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
                + " network traffic. `table`: any record, mapped field by field; it is the layout"
                + " of a connector that has a mapping, unless another is set.");
    KairosConfig.define(definition);
    RecordConfig.define(definition);
    FormatConfig.define(definition);
    FlowsConfig.define(definition);
  }

  /**
   * @param preset makes the mapping of the flows layout for the store
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
        FormatConfig.from(config),
        KairosConfig.from(config),
        flows,
        layout == Layout.FLOWS
            ? preset.apply(flows)
            : new MappingSettings(config.originalsStrings(), store).read(flows.times()));
  }

  /**
   * The properties with what they stand for: {@code table} as the layout if none is set and a topic
   * has a table, and the settings of a preset.
   */
  static Map<String, String> complete(Map<String, String> properties, MappedStore store) {
    Map<String, String> all = new LinkedHashMap<>(properties);
    if (properties.keySet().stream().anyMatch(key -> TableKey.isOfTable(key, store))) {
      all.putIfAbsent(LAYOUT, Layout.TABLE.name().toLowerCase(Locale.ROOT));
    }
    if (Layout.FLOWS.name().equalsIgnoreCase(all.get(LAYOUT))) {
      FlowsConfig.addPreset(all);
    }
    return all;
  }

  /** Parses the values, and checks them by the rules that both connectors have. */
  static Review review(ConfigDef definition, Map<String, String> properties, MappedStore store) {
    Review review = new Review(definition.validate(properties));
    BatchingConfig.review(review);
    RetryConfig.review(review);
    KairosConfig.review(review);
    FlowsConfig.review(review);
    FormatConfig.review(properties.keySet(), review);
    new MappingSettings(properties, store).review(review);
    Set<String> others = ForeignSettings.of(store).review(properties.keySet(), review);
    UnknownSettings.review(others, definition.names(), review);
    return review;
  }

  /** The typed values; a ConfigException has all errors, if there are any. */
  static AbstractConfig parse(ConfigDef definition, Map<String, String> properties, Review review) {
    List<String> messages = review.messages();
    if (!messages.isEmpty()) {
      throw new ConfigException(String.join("; ", messages));
    }
    return new AbstractConfig(definition, properties, false);
  }
}
