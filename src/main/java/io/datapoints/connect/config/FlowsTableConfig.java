package io.datapoints.connect.config;

import io.datapoints.connect.config.cassandra.CassandraSchemaSettings;
import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The table of the flows layout in Cassandra.
 *
 * @param bucket the part of a flow's time that belongs to the partition key
 */
public record FlowsTableConfig(Bucket bucket) {

  public static final String PARTITION_BUCKET = "flows.partition.bucket";

  /** The period for which the flows of one conversation share a partition. */
  public enum Bucket {
    /** All of time: the table has no bucket column. */
    NONE,

    /** An hour of UTC. */
    HOUR,

    /** A day of UTC. */
    DAY
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "Flows")
        .add(
            PARTITION_BUCKET,
            ConfigDef.Type.STRING,
            "none",
            Validators.oneOf(Bucket.class),
            Importance.MEDIUM,
            "Partition bucket",
            "Whether the partition key also holds the `hour` or the `day` (UTC) of the flow, in a"
                + " column time_bucket. Choose one where a conversation would fill its partition with"
                + " more than 100 MB; a query then has to name the bucket.");
  }

  /** Refuses options that other settings set: Cassandra rejects an option that is set twice. */
  static void review(Review review) {
    if (!review.sound(PipelineConfig.LAYOUT, CassandraSchemaSettings.TABLE_OPTIONS)
        || !review.text(PipelineConfig.LAYOUT).equalsIgnoreCase(Layout.FLOWS.name())) {
      return;
    }
    if (review.sound(FlowsConfig.TTL) && review.number(FlowsConfig.TTL) > 0) {
      refuse(review, "default_time_to_live", FlowsConfig.TTL + " sets it");
    }
    refuse(review, "clustering", "the layout sets the order of clustering");
  }

  private static void refuse(Review review, String option, String why) {
    String key = CassandraSchemaSettings.TABLE_OPTIONS;
    if (CassandraSchemaSettings.sets(review.text(key), option)) {
      review.error(key, key + " must not hold " + option + ": " + why);
    }
  }

  static FlowsTableConfig from(AbstractConfig config) {
    return new FlowsTableConfig(
        Validators.constant(Bucket.class, config.getString(PARTITION_BUCKET)));
  }
}
