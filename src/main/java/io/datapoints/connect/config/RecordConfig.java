package io.datapoints.connect.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How records are read, whatever their layout. Bad records follow Connect's own errors.* settings.
 *
 * @param nullValues what happens to a record without a value
 * @param maxInflatedBytes the most bytes that gzip data may inflate to
 */
public record RecordConfig(NullValues nullValues, int maxInflatedBytes) {

  public static final String MAX_INFLATED_BYTES = "record.max.inflated.bytes";
  public static final String NULL_VALUES = "behavior.on.null.values";

  private static final int MEBIBYTE = 1024 * 1024;

  static void define(ConfigDef definition) {
    new SettingGroup(definition, PipelineConfig.RECORDS_GROUP)
        .add(
            MAX_INFLATED_BYTES,
            ConfigDef.Type.INT,
            16 * MEBIBYTE,
            between(1024, 1024 * MEBIBYTE),
            Importance.LOW,
            "Inflated bytes",
            "Bytes that a gzip record may inflate to; a larger one is a bad record.")
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
  }

  static RecordConfig from(AbstractConfig config) {
    return new RecordConfig(
        Validators.constant(NullValues.class, config.getString(NULL_VALUES)),
        config.getInt(MAX_INFLATED_BYTES));
  }
}
