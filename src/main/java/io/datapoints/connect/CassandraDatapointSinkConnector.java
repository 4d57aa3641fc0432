package io.datapoints.connect;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.store.StoreValidator;
import io.datapoints.connect.store.cassandra.CassandraStore;
import io.datapoints.connect.store.cassandra.CassandraValidator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the records of Kafka topics to Cassandra. */
public final class CassandraDatapointSinkConnector extends DatapointSinkConnector {

  private static final Logger log = LoggerFactory.getLogger(CassandraDatapointSinkConnector.class);

  private boolean dryRun;

  @Override
  public ConfigDef config() {
    return CassandraSinkConfig.definition();
  }

  @Override
  List<ConfigValue> review(Map<String, String> properties) {
    return CassandraSinkConfig.validate(properties);
  }

  @Override
  Optional<StoreValidator> validator(String name, Map<String, String> properties) {
    CassandraSinkConfig config = CassandraSinkConfig.from(properties);
    // A dry run has no tasks and creates nothing, so that only mappings are compared with the
    // store.
    boolean looks =
        config.preflight().connects()
            && (!config.preflight().dryRun() || config.pipeline().layout() == Layout.TABLE);
    return looks ? Optional.of(new CassandraValidator(config, name)) : Optional.empty();
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
      List<String> statements = CassandraStore.ddl(config);
      log.info(
          "dry run: no task; the settings describe what {} statements create", statements.size());
      statements.forEach(statement -> log.info("dry run: {};", statement));
    }
  }

  /** Configures no tasks in a dry run: Connect then runs the connector without partitions. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return dryRun ? List.of() : super.taskConfigs(maxTasks);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return CassandraDatapointSinkTask.class;
  }
}
