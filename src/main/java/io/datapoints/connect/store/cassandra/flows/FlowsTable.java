package io.datapoints.connect.store.cassandra.flows;

import static io.datapoints.connect.store.cassandra.schema.TableDefinition.clustering;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.partitionKey;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.regular;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.FlowsKey;
import io.datapoints.connect.config.FlowsPreset;
import io.datapoints.connect.config.FlowsTableConfig;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.store.cassandra.schema.RequiredTables;
import io.datapoints.connect.store.cassandra.schema.TableDefinition;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of the flows layout: a partition for each conversation, or for each hour or day of one,
 * with its latest flows first.
 *
 * <p>An existing table may have any clustering order: the order changes neither the rows nor the
 * results of a query, only from which end a partition is read best.
 */
public final class FlowsTable {

  private FlowsTable() {}

  /** The tables that a keyspace needs: the configured table. */
  public static RequiredTables tables(CassandraSinkConfig config) {
    return RequiredTables.only(
        config.cassandra(),
        of(
            config.flowsTable().bucket(),
            config.pipeline().flows().key(),
            config.pipeline().flows().ttlSeconds()),
        settings());
  }

  /** The setting that decides whether there is a column. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put(FlowsPreset.BUCKET, FlowsTableConfig.PARTITION_BUCKET);
    for (FlowsKey key : FlowsKey.values()) {
      key.column().ifPresent(column -> settings.put(column, FlowsKey.SETTING));
    }
    return settings;
  }

  /**
   * The configured table.
   *
   * @param ttlSeconds the default time to live, 0 for none
   */
  public static TableDefinition of(Bucket bucket, FlowsKey key, int ttlSeconds) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                partitionKey("source_ip", "text"),
                partitionKey("dest_ip", "text"),
                partitionKey("protocol", "text")));
    if (bucket != Bucket.NONE) {
      columns.add(partitionKey(FlowsPreset.BUCKET, "timestamp"));
    }
    columns.add(clustering("timestamp", "timestamp"));
    columns.add(clustering("source_port", "int"));
    columns.add(clustering("dest_port", "int"));
    key.column().ifPresent(column -> columns.add(clustering(column, "text")));
    columns.add(regular("value", "double"));
    return TableDefinition.of(FlowsPreset.TABLE, columns.toArray(Column[]::new))
        .with(options(key, ttlSeconds));
  }

  private static List<String> options(FlowsKey key, int ttlSeconds) {
    List<String> options = new ArrayList<>();
    options.add(
        "CLUSTERING ORDER BY (timestamp DESC, source_port ASC, dest_port ASC"
            + key.column().map(column -> ", " + column + " ASC").orElse("")
            + ")");
    if (ttlSeconds > 0) {
      options.add("default_time_to_live = " + ttlSeconds);
    }
    return options;
  }
}
