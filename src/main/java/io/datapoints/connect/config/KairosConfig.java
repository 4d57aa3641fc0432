package io.datapoints.connect.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The settings of the kairosdb layout.
 *
 * @param extendedTypes whether text, complex and binary are data types too
 * @param strict whether the limits of {@code validation.rules=strict} apply as well
 * @param ttl how long points live
 * @param rowKeyCacheSize row keys whose index entries are remembered as written
 * @param rowKeyCacheExpiry after this time an index entry is written again even when it is
 *     remembered
 * @param tagIndex which tags of which metrics are indexed; empty for none
 * @param maxInflatedBytes bytes that a gzip value may inflate to at most
 */
public record KairosConfig(
    boolean extendedTypes,
    boolean strict,
    Ttl ttl,
    int rowKeyCacheSize,
    Duration rowKeyCacheExpiry,
    TagIndex tagIndex,
    int maxInflatedBytes) {

  public static final String VALIDATION_RULES = "validation.rules";
  public static final String EXTENDED_TYPES = "kairosdb.extended.types";
  public static final String TTL_DEFAULT = "kairosdb.ttl.default";
  public static final String TTL_FORCE = "kairosdb.ttl.force";
  public static final String TTL_ALIGN = "kairosdb.ttl.align";
  public static final String ROW_KEY_CACHE_SIZE = "kairosdb.row.key.cache.size";
  public static final String ROW_KEY_CACHE_EXPIRY_MS = "kairosdb.row.key.cache.expiry.ms";
  public static final String TAG_INDEX = "kairosdb.tag.index";
  public static final String MAX_INFLATED_BYTES = "kairosdb.max.inflated.bytes";

  /** The longest time to live that Cassandra takes (20 years). */
  private static final int MAX_TTL_SECONDS = 630_720_000;

  private static final int MEBIBYTE = 1024 * 1024;

  /**
   * KairosDB's datapoint_ttl, force_default_datapoint_ttl and align_datapoint_ttl_with_timestamp.
   *
   * @param defaultSeconds seconds for a point without a ttl of its own, 0 for none
   * @param force whether the default replaces the points' own
   * @param align whether a ttl counts from the point's own time
   */
  public record Ttl(int defaultSeconds, boolean force, boolean align) {}

  /**
   * KairosDB's tag_indexed_row_key_lookup_metrics.
   *
   * @param tagsByMetric metric name, or {@code *} for every metric, to the indexed tags; an empty
   *     list stands for all tags
   */
  public record TagIndex(Map<String, List<String>> tagsByMetric) {}

  private enum Rules {
    KAIROSDB,
    STRICT
  }

  static ConfigDef define(ConfigDef definition) {
    defineRules(new SettingGroup(definition, CassandraSinkConfig.RECORDS_GROUP));
    SettingGroup group = new SettingGroup(definition, "KairosDB");
    defineTtl(group);
    defineIndex(group);
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
                + " matching plugin.")
        .add(
            MAX_INFLATED_BYTES,
            ConfigDef.Type.INT,
            16 * MEBIBYTE,
            between(1024, 1024 * MEBIBYTE),
            Importance.LOW,
            "Inflated bytes",
            "Bytes that a gzip record may inflate to; a larger one is a bad record.");
  }

  private static void defineTtl(SettingGroup group) {
    group
        .add(
            TTL_DEFAULT,
            ConfigDef.Type.INT,
            0,
            between(0, MAX_TTL_SECONDS),
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

  private static void defineIndex(SettingGroup group) {
    group
        .add(
            ROW_KEY_CACHE_SIZE,
            ConfigDef.Type.INT,
            50_000,
            atLeast(1),
            Importance.MEDIUM,
            "Row key cache",
            "Series of one task whose index rows are remembered as written. Give it room for every"
                + " series of the task: a miss costs the index rows again.")
        .add(
            ROW_KEY_CACHE_EXPIRY_MS,
            ConfigDef.Type.LONG,
            3_600_000L,
            atLeast(1),
            Importance.LOW,
            "Row key cache expiry (ms)",
            "Milliseconds after which index rows are written again although they are remembered, so"
                + " that rows deleted by others come back.")
        .add(
            TAG_INDEX,
            ConfigDef.Type.STRING,
            "[]",
            Validators.text("JSON list or object", TagIndexParser::parse),
            Importance.LOW,
            "Tag index",
            "Which metrics and tags go into KairosDB's tag index, as JSON: `[\"m1\", \"m2\"]`,"
                + " `[\"*\"]` for every metric, or `{\"m1\": [\"host\"]}`. KairosDB's"
                + " tag_indexed_row_key_lookup_metrics; give both the same value.");
  }

  static KairosConfig from(AbstractConfig config) {
    return new KairosConfig(
        config.getBoolean(EXTENDED_TYPES),
        Validators.constant(Rules.class, config.getString(VALIDATION_RULES)) == Rules.STRICT,
        new Ttl(
            config.getInt(TTL_DEFAULT), config.getBoolean(TTL_FORCE), config.getBoolean(TTL_ALIGN)),
        config.getInt(ROW_KEY_CACHE_SIZE),
        Duration.ofMillis(config.getLong(ROW_KEY_CACHE_EXPIRY_MS)),
        TagIndexParser.parse(config.getString(TAG_INDEX)),
        config.getInt(MAX_INFLATED_BYTES));
  }

  static void review(Review review) {
    if (review.on(TTL_FORCE) && review.sound(TTL_DEFAULT) && review.number(TTL_DEFAULT) == 0) {
      review.object(
          TTL_FORCE, TTL_FORCE + " needs " + TTL_DEFAULT + " above 0: there is nothing to force");
    }
  }
}
