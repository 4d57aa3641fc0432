package io.datapoints.connect.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

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
 * @param memoryBytes the most memory for what is known to be indexed
 * @param tagIndex which tags of which metrics are indexed; empty for none
 */
public record KairosIndexConfig(int memoryBytes, TagIndex tagIndex) {

  public static final String MEMORY_BYTES = "kairosdb.index.memory.bytes";
  public static final String TAG_INDEX = "kairosdb.tag.index";

  private static final int MIB = 1024 * 1024;

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
            MEMORY_BYTES,
            ConfigDef.Type.INT,
            32 * MIB,
            between(MIB, 1024 * MIB),
            Importance.MEDIUM,
            "Index memory",
            "The most memory in which a task remembers which index rows it has written, for an hour"
                + " each: about 30 bytes a series, so that the default holds a million. It is taken"
                + " as series come. What is forgotten is written again with the next point.")
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
        config.getInt(MEMORY_BYTES), TagIndexParser.parse(config.getString(TAG_INDEX)));
  }
}
