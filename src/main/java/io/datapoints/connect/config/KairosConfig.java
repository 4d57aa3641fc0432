package io.datapoints.connect.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.model.TtlLimits;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The settings of the kairosdb layout that both connectors have.
 *
 * @param extendedTypes whether text, complex and binary are data types too
 * @param strict whether the limits of {@code validation.rules=strict} apply as well
 * @param times how a record writes its timestamps
 * @param ttl the times to live of points
 */
public record KairosConfig(boolean extendedTypes, boolean strict, Times times, Ttl ttl) {

  public static final String VALIDATION_RULES = "validation.rules";
  public static final String EXTENDED_TYPES = "kairosdb.extended.types";
  public static final String TTL_DEFAULT = "kairosdb.ttl.default";
  public static final String TTL_FORCE = "kairosdb.ttl.force";
  public static final String TTL_ALIGN = "kairosdb.ttl.align";

  /**
   * KairosDB's datapoint_ttl, force_default_datapoint_ttl and align_datapoint_ttl_with_timestamp.
   *
   * @param defaultSeconds the ttl of a point that has none of its own, 0 for none
   * @param force whether the default replaces the ttl that a point has
   * @param align whether a ttl counts from the point's timestamp instead of the time of the write
   */
  public record Ttl(int defaultSeconds, boolean force, boolean align) {}

  private enum Rules {
    KAIROSDB,
    STRICT
  }

  static ConfigDef define(ConfigDef definition) {
    defineRules(new SettingGroup(definition, PipelineConfig.RECORDS_GROUP));
    defineTtl(new SettingGroup(definition, "KairosDB"));
    return definition;
  }

  private static void defineRules(SettingGroup group) {
    group
        .add(
            VALIDATION_RULES,
            ConfigDef.Type.STRING,
            "kairosdb",
            Validators.oneOf(Rules.class),
            Importance.MEDIUM,
            "Validation rules",
            "`kairosdb` accepts what KairosDB accepts; `strict` also limits the length and the"
                + " characters of names and tags.")
        .add(
            EXTENDED_TYPES,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Extended types",
            "Whether text, complex and binary are data types too. KairosDB reads them only with the"
                + " matching plugin.");
  }

  private static void defineTtl(SettingGroup group) {
    group
        .add(
            TTL_DEFAULT,
            ConfigDef.Type.INT,
            0,
            between(0, TtlLimits.MAX_SECONDS),
            Importance.MEDIUM,
            "Default TTL (s)",
            "Seconds that a point without a ttl of its own lives; 0 keeps it for ever. KairosDB's"
                + " datapoint_ttl.")
        .add(
            TTL_FORCE,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Force default TTL",
            "Whether the default replaces the ttl that a point brings. KairosDB's"
                + " force_default_datapoint_ttl.")
        .add(
            TTL_ALIGN,
            ConfigDef.Type.BOOLEAN,
            false,
            null,
            Importance.LOW,
            "Align TTL",
            "Whether a ttl counts from the point's own time instead of the time of writing; a point"
                + " whose time is over is not written, one without a ttl stays. KairosDB's"
                + " align_datapoint_ttl_with_timestamp.");
  }

  static KairosConfig from(AbstractConfig config) {
    return new KairosConfig(
        config.getBoolean(EXTENDED_TYPES),
        Validators.constant(Rules.class, config.getString(VALIDATION_RULES)) == Rules.STRICT,
        RecordConfig.times(config),
        new Ttl(
            config.getInt(TTL_DEFAULT),
            config.getBoolean(TTL_FORCE),
            config.getBoolean(TTL_ALIGN)));
  }

  static void review(Review review) {
    if (review.on(TTL_FORCE) && review.sound(TTL_DEFAULT) && review.number(TTL_DEFAULT) == 0) {
      review.error(
          TTL_FORCE, TTL_FORCE + " needs " + TTL_DEFAULT + " above 0: there is nothing to force");
    }
  }
}
