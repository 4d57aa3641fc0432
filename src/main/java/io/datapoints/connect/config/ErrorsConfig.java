package io.datapoints.connect.config;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What happens to records that carry nothing to write. Bad records follow Connect's own errors.*
 * settings.
 *
 * @param nullValues what happens to a record without a value
 */
public record ErrorsConfig(NullValues nullValues) {

  public static final String NULL_VALUES = "behavior.on.null.values";

  static ConfigDef define(ConfigDef definition) {
    new SettingGroup(definition, PipelineConfig.RECORDS_GROUP)
        .add(
            NULL_VALUES,
            ConfigDef.Type.STRING,
            "ignore",
            Validators.oneOf(NullValues.class),
            Importance.LOW,
            "Null values",
            "What happens to a record without a value (a tombstone). `ignore` counts it and goes"
                + " on, `fail` fails the task, `report` treats it as a bad record, as the errors.*"
                + " settings of Connect say. With layout=table this is for a record that no table of its"
                + " topic has a use for: it deletes where deletesEnabled is true, and is written where a"
                + " mapping takes nothing from values.");
    return definition;
  }

  static ErrorsConfig from(AbstractConfig config) {
    return new ErrorsConfig(Validators.constant(NullValues.class, config.getString(NULL_VALUES)));
  }
}
