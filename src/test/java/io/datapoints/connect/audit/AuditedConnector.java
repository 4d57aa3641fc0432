package io.datapoints.connect.audit;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * A connector under test with an auditor beside its tasks: before an offset is handed to the
 * framework, the auditor reads from the store what all records below it must have left there.
 * Installed next to the built archive's own jars.
 */
public abstract class AuditedConnector extends SinkConnector {

  /** Where the auditor appends what it found; a setting beside the connector's own. */
  public static final String LOG = "audit.log";

  /**
   * Where the auditor finds the store, a contact point or a connection string, when that is another
   * way than the connector's; optional.
   */
  public static final String STORE = "audit.store";

  /**
   * {@code true} lets the auditor read on a thread of its own, so that no task waits for it. It
   * then finds what is there when the offset is handed over, or shortly after that.
   */
  public static final String ASIDE = "audit.aside";

  private final SinkConnector connector;
  private final Class<? extends Task> taskClass;

  AuditedConnector(SinkConnector connector, Class<? extends Task> taskClass) {
    this.connector = connector;
    this.taskClass = taskClass;
  }

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
    return taskClass;
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
