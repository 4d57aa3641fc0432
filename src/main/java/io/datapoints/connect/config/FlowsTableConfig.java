package io.datapoints.connect.config;

import io.datapoints.connect.config.cassandra.CassandraSchemaSettings;
import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The table of the flows layout in Cassandra.
 *
 * @param bucket the part of the time that belongs to the partition key
 * @param compactionWindow number and unit of a time window, such as {@code 1 DAYS}; empty for the
 *     server's default compaction
 */
public record FlowsTableConfig(Bucket bucket, String compactionWindow) {

  public static final String PARTITION_BUCKET = "flows.partition.bucket";
  public static final String COMPACTION_WINDOW = "flows.compaction.window";

  private static final Pattern WINDOW = Pattern.compile("|[1-9][0-9]{0,3} (MINUTES|HOURS|DAYS)");

  /** How long the flows of one conversation share a partition. */
  public enum Bucket {
    /** For ever: the table has no bucket column. */
    NONE,

    /** For an hour of UTC. */
    HOUR,

    /** For a day of UTC. */
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
                + " more than 100 MB; a query then has to name the bucket.")
        .add(
            COMPACTION_WINDOW,
            ConfigDef.Type.STRING,
            "",
            Validators.matching(WINDOW, "a number and MINUTES, HOURS or DAYS, or empty"),
            Importance.LOW,
            "Compaction window",
            "Window of the time window compaction of a table that is created, such as `1 DAYS`; empty"
                + " for the server's default compaction. Choose a thirtieth of the TTL or so.");
  }

  /** An option that is given twice would fail when the table is created. */
  static void review(Review review) {
    if (!review.sound(PipelineConfig.LAYOUT, CassandraSchemaSettings.TABLE_OPTIONS)
        || !review.text(PipelineConfig.LAYOUT).equalsIgnoreCase(Layout.FLOWS.name())) {
      return;
    }
    if (review.sound(COMPACTION_WINDOW) && !review.text(COMPACTION_WINDOW).isEmpty()) {
      refuse(review, "compaction", COMPACTION_WINDOW + " sets it");
    }
    if (review.sound(FlowsConfig.TTL) && review.number(FlowsConfig.TTL) > 0) {
      refuse(review, "default_time_to_live", FlowsConfig.TTL + " sets it");
    }
    refuse(review, "clustering", "the layout sets the order of clustering");
  }

  private static void refuse(Review review, String option, String why) {
    String key = CassandraSchemaSettings.TABLE_OPTIONS;
    if (CassandraSchemaSettings.sets(review.text(key), option)) {
      review.object(key, key + " must not hold " + option + ": " + why);
    }
  }

  static FlowsTableConfig from(AbstractConfig config) {
    return new FlowsTableConfig(
        Validators.constant(Bucket.class, config.getString(PARTITION_BUCKET)),
        config.getString(COMPACTION_WINDOW));
  }
}
