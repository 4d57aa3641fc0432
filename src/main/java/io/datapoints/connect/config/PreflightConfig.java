package io.datapoints.connect.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What the Cassandra connector does before there is a task.
 *
 * @param connects whether validation compares the mappings with the tables of the cluster
 */
public record PreflightConfig(boolean connects) {

  public static final String VALIDATE_CONNECT = "validate.connect";

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
                + " is logged, and is no error.");
  }

  static PreflightConfig from(AbstractConfig config) {
    return new PreflightConfig(config.getBoolean(VALIDATE_CONNECT));
  }
}
