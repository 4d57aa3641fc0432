package io.datapoints.connect;

import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.model.PluginVersion;
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
 * The code that the connectors share. Connect calls {@link #start} and {@link #taskConfigs} on one
 * thread, and the other methods on any thread.
 *
 * <p>Public because a worker of Kafka 4 that scans for plugins skips every other class, and then
 * does not see that those below it are connectors.
 */
public abstract class DatapointSinkConnector extends SinkConnector {

  private static final Logger log = LoggerFactory.getLogger(DatapointSinkConnector.class);

  /** The setting that gives each task its number, from 0. */
  static final String TASK_ID = "task.id";

  private Map<String, String> properties = Map.of();

  /** Only the connectors of this package extend this class. */
  DatapointSinkConnector() {}

  @Override
  public String version() {
    return PluginVersion.read();
  }

  /** Every setting with its errors, as far as they can be found without the store. */
  abstract List<ConfigValue> review(Map<String, String> properties);

  /** Compares valid settings with the store; empty if the user has turned that off. */
  abstract Optional<StoreValidator> validator(String name, Map<String, String> properties);

  /**
   * Checks the settings alone, and then compares valid ones with the store. Connect may call this
   * on several threads at once, and without a start.
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

  /**
   * Reads the settings.
   *
   * @throws org.apache.kafka.common.config.ConfigException with every error
   */
  abstract PipelineConfig check(Map<String, String> properties);

  /**
   * Checks the settings again, because a worker may not have called {@link #validate}.
   *
   * @throws org.apache.kafka.common.config.ConfigException with every error
   */
  @Override
  public void start(Map<String, String> props) {
    check(props).mapping().warnings().forEach(log::warn);
    properties = Map.copyOf(props);
  }

  /** Configures as many tasks as allowed; Connect shares the partitions among them. */
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
    // The connector holds no resources; sessions belong to the tasks.
  }

  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
    RequestedOffsets.check(connectorConfig, offsets);
    return true;
  }
}
