package io.datapoints.connect.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The index rows by which KairosDB finds points in Cassandra.
 *
 * @param rowKeyCacheSize row keys whose index entries are remembered as written
 * @param rowKeyCacheExpiry after this time an index entry is written again even when it is
 *     remembered
 * @param tagIndex which tags of which metrics are indexed; empty for none
 */
public record KairosIndexConfig(
    int rowKeyCacheSize, Duration rowKeyCacheExpiry, TagIndex tagIndex) {

  public static final String ROW_KEY_CACHE_SIZE = "kairosdb.row.key.cache.size";
  public static final String ROW_KEY_CACHE_EXPIRY_MS = "kairosdb.row.key.cache.expiry.ms";
  public static final String TAG_INDEX = "kairosdb.tag.index";

  /**
   * KairosDB's tag_indexed_row_key_lookup_metrics.
   *
   * @param tagsByMetric metric name, or {@code *} for every metric, to the indexed tags; an empty
   *     list stands for all tags
   */
  public record TagIndex(Map<String, List<String>> tagsByMetric) {}

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "KairosDB")
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

  static KairosIndexConfig from(AbstractConfig config) {
    return new KairosIndexConfig(
        config.getInt(ROW_KEY_CACHE_SIZE),
        Duration.ofMillis(config.getLong(ROW_KEY_CACHE_EXPIRY_MS)),
        TagIndexParser.parse(config.getString(TAG_INDEX)));
  }
}
