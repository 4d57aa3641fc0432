package io.datapoints.connect.config;

import io.datapoints.connect.config.mapping.MappedStore;
import io.datapoints.connect.config.setting.SettingGroup;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What a connector does before its tasks start.
 *
 * @param connects whether validation connects to the store
 * @param dryRun whether the connector only logs what it would create and starts no task; always
 *     false for MongoDB
 */
public record PreflightConfig(boolean connects, boolean dryRun) {

  public static final String VALIDATE_CONNECT = "validate.connect";
  public static final String DRY_RUN = "dry.run";

  static void define(ConfigDef definition, MappedStore store) {
    SettingGroup group =
        new SettingGroup(definition, store == MappedStore.CASSANDRA ? "Cassandra" : "MongoDB");
    group.add(
        VALIDATE_CONNECT,
        ConfigDef.Type.BOOLEAN,
        true,
        null,
        Importance.MEDIUM,
        "Validate with the store",
        "Whether validation, which creating a connector includes, also connects to the store, for at"
            + " most 5 seconds: whether it takes the user, has what the layout needs, or lets it be"
            + " created, and lets the user write there. Nothing is written or created. A store that"
            + " is away or slow is logged, and is no error.");
    if (store == MappedStore.CASSANDRA) {
      defineDryRun(group);
    }
  }

  private static void defineDryRun(SettingGroup group) {
    group.add(
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

  static PreflightConfig from(AbstractConfig config, MappedStore store) {
    return new PreflightConfig(
        config.getBoolean(VALIDATE_CONNECT),
        store == MappedStore.CASSANDRA && config.getBoolean(DRY_RUN));
  }
}
