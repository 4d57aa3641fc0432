package io.datapoints.connect.store.cassandra.kairosdb;

import static io.datapoints.connect.store.cassandra.schema.TableDefinition.clustering;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.fixed;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.partitionKey;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.regular;

import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.kairosdb.format.KairosNames;
import io.datapoints.connect.store.cassandra.schema.RequiredTables;
import io.datapoints.connect.store.cassandra.schema.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tables of a KairosDB 1.3 keyspace, as its schema creates them (without COMPACT STORAGE, which
 * KairosDB does not need and Cassandra has deprecated).
 */
public final class KairosTables {

  private static final String TAGS = "frozen<map<text, text>>";

  public static final TableDefinition DATA_POINTS =
      TableDefinition.of(
          KairosNames.DATA_POINTS,
          partitionKey("key", "blob"),
          clustering("column1", "blob"),
          regular("value", "blob"));

  static final TableDefinition ROW_KEY_INDEX =
      TableDefinition.of(
          KairosNames.ROW_KEY_INDEX,
          partitionKey("key", "blob"),
          clustering("column1", "blob"),
          regular("value", "blob"));

  public static final TableDefinition STRING_INDEX =
      TableDefinition.of(
          KairosNames.STRING_INDEX,
          partitionKey("key", "blob"),
          clustering("column1", "text"),
          regular("value", "blob"));

  public static final TableDefinition ROW_KEYS =
      TableDefinition.of(
          KairosNames.ROW_KEYS,
          partitionKey("metric", "text"),
          partitionKey("table_name", "text"),
          partitionKey("row_time", "timestamp"),
          clustering("data_type", "text"),
          clustering("tags", TAGS),
          fixed("mtime", "timeuuid"),
          regular("value", "text"));

  static final TableDefinition TAG_INDEXED_ROW_KEYS =
      TableDefinition.of(
          KairosNames.TAG_INDEXED_ROW_KEYS,
          partitionKey("metric", "text"),
          partitionKey("table_name", "text"),
          partitionKey("row_time", "timestamp"),
          partitionKey("single_tag_pair", "text"),
          clustering("data_type", "text"),
          clustering("tag_collection_hash", "int"),
          clustering("tags", TAGS),
          fixed("mtime", "timeuuid"),
          regular("value", "text"));

  public static final TableDefinition ROW_KEY_TIME_INDEX =
      TableDefinition.of(
          KairosNames.ROW_KEY_TIME_INDEX,
          partitionKey("metric", "text"),
          clustering("table_name", "text"),
          clustering("row_time", "timestamp"),
          regular("value", "text"));

  public static final TableDefinition SPEC =
      TableDefinition.of(
          KairosNames.SPEC,
          partitionKey("spec_type", "text"),
          clustering("name", "text"),
          regular("value", "text"));

  static final TableDefinition SERVICE_INDEX =
      TableDefinition.of(
          KairosNames.SERVICE_INDEX,
          partitionKey("service", "text"),
          partitionKey("service_key", "text"),
          clustering("key", "text"),
          fixed("mtime", "timeuuid"),
          regular("value", "text"));

  /** Every table that KairosDB 1.3 creates, in its order. */
  public static final List<TableDefinition> ALL =
      List.of(
          DATA_POINTS,
          ROW_KEY_INDEX,
          STRING_INDEX,
          ROW_KEYS,
          TAG_INDEXED_ROW_KEYS,
          ROW_KEY_TIME_INDEX,
          SPEC,
          SERVICE_INDEX);

  private KairosTables() {}

  /**
   * What a keyspace needs.
   *
   * @param config of the keyspace
   * @param tagIndex whether tags are indexed. A keyspace of KairosDB 1.2 has everything as long as
   *     they are not; its missing spec table says that it is one
   */
  public static RequiredTables of(CassandraConfig config, boolean tagIndex) {
    List<TableDefinition> required =
        new ArrayList<>(List.of(DATA_POINTS, STRING_INDEX, ROW_KEYS, ROW_KEY_TIME_INDEX));
    if (tagIndex) {
      required.add(TAG_INDEXED_ROW_KEYS);
    }
    List<TableDefinition> used = new ArrayList<>(required);
    used.add(SPEC);
    return new RequiredTables(
        config, ALL, List.copyOf(used), List.copyOf(required), DATA_POINTS, Map.of());
  }
}
