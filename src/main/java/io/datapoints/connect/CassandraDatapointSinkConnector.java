package io.datapoints.connect;

import io.datapoints.connect.config.CassandraSinkConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Carries data points from Kafka topics to Cassandra. Connect calls its methods on several threads,
 * {@link #start} and {@link #taskConfigs} on one.
 */
public final class CassandraDatapointSinkConnector extends SinkConnector {

  /** Added to the settings of each task: its number, from 0. */
  static final String TASK_ID = "task.id";

  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return PluginVersion.read();
  }

  @Override
  public ConfigDef config() {
    return CassandraSinkConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return new Config(CassandraSinkConfig.validate(connectorConfigs));
  }

  /**
   * Checks the settings once more: a worker may have been given them without asking for validation.
   *
   * @throws org.apache.kafka.common.config.ConfigException with everything that is wrong
   */
  @Override
  public void start(Map<String, String> props) {
    CassandraSinkConfig.from(props);
    properties = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return DatapointSinkTask.class;
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
