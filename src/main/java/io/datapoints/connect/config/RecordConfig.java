package io.datapoints.connect.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import java.time.DateTimeException;
import java.time.ZoneId;
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
  public static final String TIMESTAMP_UNIT = "timestamp.unit";
  public static final String TIMESTAMP_ZONE = "timestamp.zone";

  private static final int MEBIBYTE = 1024 * 1024;

  static void define(ConfigDef definition) {
    new SettingGroup(definition, PipelineConfig.RECORDS_GROUP)
        .add(
            TIMESTAMP_UNIT,
            ConfigDef.Type.STRING,
            "ms",
            Validators.oneOf(TimestampUnit.class),
            Importance.MEDIUM,
            "Timestamp unit",
            "How a record writes its times: a number of `s`, `ms`, `us` or `ns` since the epoch, or"
                + " a text in `iso8601` with an offset. What is finer than a millisecond is cut"
                + " off. A time that its schema says to be one needs no unit.")
        .add(
            TIMESTAMP_ZONE,
            ConfigDef.Type.STRING,
            null,
            Validators.optional(Validators.text("a time zone", RecordConfig::zone)),
            Importance.MEDIUM,
            "Timestamp zone",
            "The zone of times that are texts without an offset from UTC: `UTC`, `Europe/Berlin`,"
                + " `+01:00`. Unless it is given, such a text makes its record a bad one, since its"
                + " author alone knows the zone.")
        .add(
            MAX_INFLATED_BYTES,
            ConfigDef.Type.INT,
            16 * MEBIBYTE,
            between(1024, 1024 * MEBIBYTE),
            Importance.LOW,
            "Inflated bytes",
            "Bytes that a compressed record may inflate to; a larger one is a bad record.")
        .add(
            NULL_VALUES,
            ConfigDef.Type.STRING,
            "ignore",
            Validators.oneOf(NullValues.class),
            Importance.LOW,
            "Null values",
            "What happens to a record without a value (a tombstone). `ignore` counts it and goes"
                + " on, `fail` fails the task, `report` treats it as a bad record, as the errors.*"
                + " settings of Connect say. With layout=table this is for a record that no table"
                + " of its topic has a use for: it deletes where deletesEnabled is true, and is"
                + " written where a mapping takes nothing from values.");
  }

  /** How records write their times, for the layouts that read them. */
  static Times times(AbstractConfig config) {
    String zone = config.getString(TIMESTAMP_ZONE);
    return new Times(
        Validators.constant(TimestampUnit.class, config.getString(TIMESTAMP_UNIT)),
        zone == null ? null : zone(zone));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time zone, such as UTC or Europe/Berlin");
    }
  }

  static RecordConfig from(AbstractConfig config) {
    return new RecordConfig(
        Validators.constant(NullValues.class, config.getString(NULL_VALUES)),
        config.getInt(MAX_INFLATED_BYTES));
  }
}
