package io.datapoints.connect.config.format;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How Telegraf's JSON becomes points, beside {@link InfluxConfig}.
 *
 * @param unit of its times
 * @param units how many of these a time counts
 */
public record TelegrafConfig(InfluxConfig.Precision unit, long units) {

  public static final String TIMESTAMP_UNIT = "telegraf.timestamp.unit";

  static final List<String> ALL = List.of(TIMESTAMP_UNIT);

  private static final Pattern UNIT = Pattern.compile("(1|10|100|1000)?(ns|us|ms|s)");
  private static final String DESCRIPTION = "ns, us, ms or s, also with 1, 10, 100 or 1000 before";

  /**
   * Milliseconds; what is finer is cut off, towards the past.
   *
   * @throws ArithmeticException beyond the range of a long
   */
  public long toMillis(long time) {
    return unit.toMillis(Math.multiplyExact(time, units));
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, FormatConfig.GROUP)
        .add(
            TIMESTAMP_UNIT,
            ConfigDef.Type.STRING,
            "s",
            Validators.matching(UNIT, DESCRIPTION),
            Importance.MEDIUM,
            "Telegraf's unit of time",
            "The unit of the times in Telegraf's JSON, as its `json_timestamp_units` says: `s`,"
                + " `ms`, `us` or `ns`, or a power of ten of one, such as `10ms`. Telegraf rounds"
                + " others down to a power of ten.");
  }

  static TelegrafConfig from(AbstractConfig config) {
    Matcher unit = UNIT.matcher(config.getString(TIMESTAMP_UNIT));
    if (!unit.matches()) {
      throw new IllegalArgumentException(TIMESTAMP_UNIT + " must be " + DESCRIPTION);
    }
    return new TelegrafConfig(
        Validators.constant(InfluxConfig.Precision.class, unit.group(2)),
        unit.group(1) == null ? 1 : Long.parseLong(unit.group(1)));
  }
}
