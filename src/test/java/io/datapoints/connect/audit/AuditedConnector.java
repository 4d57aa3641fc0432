package io.datapoints.connect.audit;

import io.datapoints.connect.CassandraDatapointSinkConnector;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * The connector under test with an auditor beside its tasks: before an offset is handed to the
 * framework, the auditor reads the rows of all records below it from Cassandra. Installed next to
 * the built archive's own jars.
 */
public final class AuditedConnector extends SinkConnector {

  private final CassandraDatapointSinkConnector connector = new CassandraDatapointSinkConnector();

  @Override
  public String version() {
    return connector.version();
  }

  @Override
  public void start(Map<String, String> properties) {
    connector.start(properties);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return AuditedTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return connector.taskConfigs(maxTasks);
  }

  @Override
  public void stop() {
    connector.stop();
  }

  @Override
  public ConfigDef config() {
    return connector.config();
  }

  @Override
  public Config validate(Map<String, String> properties) {
    return connector.validate(properties);
  }
}
