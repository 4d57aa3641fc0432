package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.KairosIndexConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.cassandra.SharedBatches;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Stores with plain settings, and points for them. */
public final class TestStores {

  /** The record time of points that do not care. */
  public static final long RECORD_TIME = 1_700_000_000_000L;

  private static final long PATIENCE_SECONDS = 120;

  private TestStores() {}

  static CassandraConfig connection(String contactPoint, String keyspace, boolean create) {
    return new CassandraConfig(
        List.of(contactPoint),
        "datacenter1",
        keyspace,
        null,
        null,
        "LOCAL_QUORUM",
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        new SharedBatches(10, 5120),
        new CassandraConfig.Pool(1, 0),
        null,
        new CassandraConfig.Schema(
            create, Map.of("class", "SimpleStrategy", "replication_factor", "1"), ""),
        Map.of());
  }

  static KairosIndexConfig index() {
    return index(Map.of());
  }

  static KairosIndexConfig index(Map<String, List<String>> indexedTags) {
    return new KairosIndexConfig(1024 * 1024, new KairosIndexConfig.TagIndex(indexedTags));
  }

  /** A store whose schema is created by itself. */
  static CassandraStore creating(Cassandra node, String keyspace) {
    return store(connection(node.contactPoint(), keyspace, true), true);
  }

  public static CassandraStore store(CassandraConfig connection, boolean createsSchema) {
    return store(connection, index(), createsSchema);
  }

  public static CassandraStore store(
      CassandraConfig connection, KairosIndexConfig index, boolean firstTask) {
    return store(connection, index, firstTask, Clock.systemUTC());
  }

  static CassandraStore store(
      CassandraConfig connection, KairosIndexConfig index, boolean firstTask, Clock clock) {
    CassandraSinkConfig defaults =
        CassandraSinkConfig.from(Map.of("kairosdb.extended.types", "true"));
    CassandraSinkConfig config =
        new CassandraSinkConfig(
            defaults.pipeline(), index, defaults.flowsTable(), connection, defaults.preflight());
    return new CassandraStore(config, "test-task", firstTask, clock);
  }

  /** A store whose schema is created by itself, by settings beside those of the connection. */
  public static CassandraStore ofLayout(
      Cassandra node, String keyspace, String layout, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("layout", layout);
    all.put("cassandra.contact.points", node.contactPoint());
    all.put("cassandra.local.datacenter", node.localDatacenter());
    all.put("cassandra.keyspace", keyspace);
    return new CassandraStore(CassandraSinkConfig.from(all), "test-task", true, Clock.systemUTC());
  }

  public static Outcome open(Store store) {
    return await(store.open());
  }

  static Outcome await(CompletionStage<Outcome> outcome) {
    return outcome.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Plans the samples, groups them by partition as the engine does, and writes them. */
  static List<Outcome> write(Store store, Sample... samples) {
    Map<Object, List<Row>> partitions = new LinkedHashMap<>();
    for (Sample sample : samples) {
      Row row = row(store, sample);
      partitions.computeIfAbsent(row.partition(), key -> new ArrayList<>()).add(row);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (List<Row> rows : partitions.values()) {
      rows.sort(Comparator.comparing(row -> row, Row::compareClusteringKey));
      outcomes.add(await(store.write(rows)));
    }
    return outcomes;
  }

  public static Row row(Store store, Sample sample) {
    Plan plan = store.plan(sample);
    if (plan instanceof Row row) {
      return row;
    }
    throw new AssertionError("not planned as a row but " + plan);
  }

  public static Series series(String metric, String... tags) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < tags.length; i += 2) {
      map.put(tags[i], tags[i + 1]);
    }
    return new Series(metric, Tags.of(map));
  }

  public static DataPoint point(Series series, long timestamp, long value) {
    return point(series, timestamp, new Value.LongValue(value), 0, RECORD_TIME);
  }

  public static DataPoint point(
      Series series, long timestamp, Value value, int ttl, long recordTime) {
    return new DataPoint(
        series, timestamp, value, ttl, new RecordOrigin("topic", 0, 0, recordTime));
  }
}
