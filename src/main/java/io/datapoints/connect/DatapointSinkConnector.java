package io.datapoints.connect;

import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.store.StoreValidator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connectors share. Connect calls the methods on several threads, {@link #start} and
 * {@link #taskConfigs} on one.
 */
abstract class DatapointSinkConnector extends SinkConnector {

  private static final Logger log = LoggerFactory.getLogger(DatapointSinkConnector.class);

  /** Added to the settings of each task: its number, from 0. */
  static final String TASK_ID = "task.id";

  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return PluginVersion.read();
  }

  /** Every setting with what is wrong with it, as far as that shows without a store. */
  abstract List<ConfigValue> review(Map<String, String> properties);

  /** A look at the store with settings that are sound; empty where the user wants none. */
  abstract Optional<StoreValidator> validator(String name, Map<String, String> properties);

  /**
   * Checks the settings by themselves, and then with the store. Called on any thread, by several at
   * a time, without a start.
   */
  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    List<ConfigValue> values = review(connectorConfigs);
    boolean sound = values.stream().allMatch(value -> value.errorMessages().isEmpty());
    return new Config(sound ? validated(values, connectorConfigs) : values);
  }

  private List<ConfigValue> validated(List<ConfigValue> values, Map<String, String> properties) {
    String connector = TaskName.of(properties).connector();
    return validator(connector + "-validation", properties)
        .map(validator -> new StoreValidation(connector).validated(values, validator))
        .orElse(values);
  }

  /** The settings; throws a ConfigException with everything that is wrong. */
  abstract PipelineConfig check(Map<String, String> properties);

  /**
   * Checks the settings once more: a worker may have been given them without asking for validation.
   *
   * @throws org.apache.kafka.common.config.ConfigException with everything that is wrong
   */
  @Override
  public void start(Map<String, String> props) {
    check(props).mapping().warnings().forEach(log::warn);
    properties = Map.copyOf(props);
  }

  /** As many equal tasks as allowed: Connect gives each its share of the partitions. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return IntStream.range(0, maxTasks).mapToObj(this::taskConfig).toList();
  }

  private Map<String, String> taskConfig(int id) {
    Map<String, String> config = new HashMap<>(properties);
    config.put(TASK_ID, Integer.toString(id));
    return config;
  }

  @Override
  public void stop() {
    // Nothing is held: sessions belong to the tasks.
  }

  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
    RequestedOffsets.check(connectorConfig, offsets);
    return true;
  }
}
