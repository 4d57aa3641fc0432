package io.datapoints.connect.config.cassandra;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.SettingGroup;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How much a batch may hold whose rows are of several partitions. The defaults are those above
 * which a Cassandra server with its own defaults writes a warning to its log.
 *
 * @param maxPartitions the most partitions; 1 to write each on its own
 * @param maxBytes the most encoded bytes
 */
public record SharedBatches(int maxPartitions, int maxBytes) {

  public static final String MAX_PARTITIONS = "cassandra.shared.batch.max.partitions";
  public static final String MAX_BYTES = "cassandra.shared.batch.max.bytes";

  private static final int MOST_PARTITIONS = 1_000;
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  static void define(SettingGroup group) {
    group
        .add(
            MAX_PARTITIONS,
            ConfigDef.Type.INT,
            10,
            between(1, MOST_PARTITIONS),
            Importance.MEDIUM,
            "Partitions per shared batch",
            "Partitions with few rows that share one unlogged batch at most; 1 writes each on its"
                + " own. With more than the server's unlogged_batch_across_partitions_warn_threshold"
                + " (10) it writes a warning to its log for each batch.")
        .add(
            MAX_BYTES,
            ConfigDef.Type.INT,
            5 * 1024,
            between(1, MOST_BYTES),
            Importance.MEDIUM,
            "Bytes per shared batch",
            "Encoded bytes in a batch of several partitions at most. With more than the server's"
                + " batch_size_warn_threshold (5 KiB) it writes a warning to its log for each batch,"
                + " with more than batch_size_fail_threshold (50 KiB) it refuses the batch.");
  }

  static SharedBatches from(AbstractConfig config) {
    return new SharedBatches(config.getInt(MAX_PARTITIONS), config.getInt(MAX_BYTES));
  }
}
