package io.datapoints.connect;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.Layout;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.store.cassandra.SchemaStatements;
import io.datapoints.connect.store.cassandra.SchemaValidation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries metrics from Kafka topics to Cassandra. */
public final class CassandraDatapointSinkConnector extends DatapointSinkConnector {

  private static final Logger log = LoggerFactory.getLogger(CassandraDatapointSinkConnector.class);

  private boolean dryRun;

  @Override
  public ConfigDef config() {
    return CassandraSinkConfig.definition();
  }

  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    List<ConfigValue> values = CassandraSinkConfig.validate(connectorConfigs);
    boolean sound = values.stream().allMatch(value -> value.errorMessages().isEmpty());
    return new Config(sound ? compared(values, connectorConfigs) : values);
  }

  /** With what the tables of the cluster say to settings that are sound by themselves. */
  private static List<ConfigValue> compared(
      List<ConfigValue> values, Map<String, String> properties) {
    CassandraSinkConfig config = CassandraSinkConfig.from(properties);
    if (config.pipeline().layout() != Layout.TABLE || !config.preflight().connects()) {
      return values;
    }
    Map<String, ConfigValue> byName = new LinkedHashMap<>();
    values.forEach(value -> byName.put(value.name(), value));
    String session = TaskName.of(properties).connector() + "-validation";
    for (SchemaValidation.Complaint each : new SchemaValidation(config, session).complaints()) {
      byName.computeIfAbsent(each.setting(), ConfigValue::new).addErrorMessage(each.message());
    }
    return List.copyOf(byName.values());
  }

  @Override
  PipelineConfig check(Map<String, String> properties) {
    return CassandraSinkConfig.from(properties).pipeline();
  }

  @Override
  public void start(Map<String, String> props) {
    super.start(props);
    CassandraSinkConfig config = CassandraSinkConfig.from(props);
    dryRun = config.preflight().dryRun();
    if (dryRun) {
      List<String> statements = SchemaStatements.of(config);
      log.info(
          "dry run: no task; the settings describe what {} statements create", statements.size());
      statements.forEach(statement -> log.info("dry run: {};", statement));
    }
  }

  /** None in a dry run: Connect keeps the connector running, and gives it no partitions. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return dryRun ? List.of() : super.taskConfigs(maxTasks);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return CassandraDatapointSinkTask.class;
  }
}
