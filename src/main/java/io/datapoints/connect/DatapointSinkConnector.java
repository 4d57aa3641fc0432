package io.datapoints.connect;

import io.datapoints.connect.config.PipelineConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
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
