package io.datapoints.connect.config.format;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How lines of InfluxDB's line protocol become points, and the fields of Telegraf's JSON.
 *
 * @param precision the unit of their times
 * @param separator between measurement and field in the name of a metric
 * @param plainValue whether the field {@code value} has the name of the measurement alone
 * @param numericBooleans whether booleans are 1 and 0, and not the texts true and false
 */
public record InfluxConfig(
    Precision precision, String separator, boolean plainValue, boolean numericBooleans) {

  public static final String PRECISION = "influx.precision";
  public static final String SEPARATOR = "influx.separator";
  public static final String PLAIN_VALUE = "influx.plain.value";
  public static final String BOOLEANS = "influx.booleans";

  /** How measurements and fields become points, whatever they are written in. */
  static final List<String> OF_FIELDS = List.of(SEPARATOR, PLAIN_VALUE, BOOLEANS);

  private static final String NUMBERS = "number";

  /** The unit of a time. */
  public enum Precision {
    NS(1_000_000, 1),
    US(1_000, 1),
    MS(1, 1),
    S(1, 1_000),
    M(1, 60_000),
    H(1, 3_600_000);

    private final long parts;
    private final long millis;

    Precision(long parts, long millis) {
      this.parts = parts;
      this.millis = millis;
    }

    /**
     * Milliseconds; what is finer is cut off, towards the past.
     *
     * @throws ArithmeticException beyond the range of a long
     */
    public long toMillis(long time) {
      return Math.multiplyExact(Math.floorDiv(time, parts), millis);
    }
  }

  /** The same, with times of another unit. */
  public InfluxConfig with(Precision other) {
    return new InfluxConfig(other, separator, plainValue, numericBooleans);
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, FormatConfig.GROUP)
        .add(
            PRECISION,
            ConfigDef.Type.STRING,
            "ns",
            Validators.oneOf(Precision.class),
            Importance.MEDIUM,
            "Line protocol precision",
            "The unit of the times of lines: `ns`, `us`, `ms`, `s`, `m` (minutes) or `h`. A line"
                + " without a time has that of its record.")
        .add(
            SEPARATOR,
            ConfigDef.Type.STRING,
            ".",
            Validators.text("up to 16 characters", Separators::check),
            Importance.LOW,
            "Separator of fields",
            "What stands between measurement and field in the name of a metric, in line protocol and in"
                + " Telegraf's JSON.")
        .add(
            PLAIN_VALUE,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Plain value",
            "Whether the metric of a field `value` has the name of its measurement alone, in the"
                + " same two formats.")
        .add(
            BOOLEANS,
            ConfigDef.Type.STRING,
            "text",
            Validators.oneOf(List.of("text", NUMBERS)),
            Importance.LOW,
            "Booleans of fields",
            "`text` stores booleans as `true` and `false`, `number` as 1 and 0, which can be"
                + " aggregated, in the same two formats.");
  }

  static InfluxConfig from(AbstractConfig config) {
    return new InfluxConfig(
        Validators.constant(Precision.class, config.getString(PRECISION)),
        config.getString(SEPARATOR),
        config.getBoolean(PLAIN_VALUE),
        config.getString(BOOLEANS).toLowerCase(Locale.ROOT).equals(NUMBERS));
  }
}
