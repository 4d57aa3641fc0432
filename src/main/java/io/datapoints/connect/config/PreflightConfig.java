package io.datapoints.connect.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What the Cassandra connector does before there is a task.
 *
 * @param connects whether validation compares the mappings with the tables of the cluster
 * @param dryRun whether the connector only says what it would create, and has no tasks
 */
public record PreflightConfig(boolean connects, boolean dryRun) {

  public static final String VALIDATE_CONNECT = "validate.connect";
  public static final String DRY_RUN = "dry.run";

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "Cassandra")
        .add(
            VALIDATE_CONNECT,
            ConfigDef.Type.BOOLEAN,
            true,
            null,
            Importance.MEDIUM,
            "Validate with the tables",
            "Whether validation, which creating a connector includes, also connects to Cassandra"
                + " where layout is `table`, for at most 5 seconds, and compares each topic that is"
                + " mapped by its name with the tables that there are. A store that is away or slow"
                + " is logged, and is no error.")
        .add(
            DRY_RUN,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Dry run",
            "Whether the connector only logs, at INFO, the CQL that creates the keyspaces and tables"
                + " that its settings describe, whatever cassandra.schema.create says. It runs"
                + " without a task: no record is read and nothing is written.");
  }

  static PreflightConfig from(AbstractConfig config) {
    return new PreflightConfig(config.getBoolean(VALIDATE_CONNECT), config.getBoolean(DRY_RUN));
  }
}
