package io.datapoints.connect.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The settings of the index rows by which KairosDB finds points in Cassandra.
 *
 * @param rowKeyCacheSize the most row keys whose index entries are remembered as written
 * @param tagIndex which tags of which metrics are indexed; empty for none
 */
public record KairosIndexConfig(int rowKeyCacheSize, TagIndex tagIndex) {

  public static final String ROW_KEY_CACHE_SIZE = "kairosdb.row.key.cache.size";
  public static final String TAG_INDEX = "kairosdb.tag.index";

  /**
   * KairosDB's tag_indexed_row_key_lookup_metrics.
   *
   * @param tagsByMetric the indexed tags by metric name, or by {@code *} for every metric; an empty
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
            "Series of one task whose index rows are remembered as written, for an hour each. Give it"
                + " room for every series of the task: a miss costs the index rows again.")
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
        config.getInt(ROW_KEY_CACHE_SIZE), TagIndexParser.parse(config.getString(TAG_INDEX)));
  }
}
