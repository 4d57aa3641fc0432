package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.config.cassandra.SharedBatches;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Assignment.Operation;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import io.datapoints.connect.store.cassandra.table.TopicTable;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Targets of the table layout with plain settings, and cells for them. */
public final class TestTables {

  static final long RECORD_TIME = TestStores.RECORD_TIME;

  private TestTables() {}

  /** What a test says about a target beyond its defaults. */
  public record Wish(
      boolean nullToUnset,
      boolean deletes,
      int ttlSeconds,
      @Nullable String query,
      boolean counters,
      MappedTarget.@Nullable TableToCreate create) {

    public static final Wish PLAIN = new Wish(true, true, -1, null, false, null);
    static final Wish NULLS = new Wish(false, true, -1, null, false, null);
    static final Wish NO_DELETES = new Wish(true, false, -1, null, false, null);
    public static final Wish COUNTERS = new Wish(true, true, -1, null, true, null);

    static Wish ttl(int seconds) {
      return new Wish(true, true, seconds, null, false, null);
    }

    static Wish query(String query) {
      return new Wish(true, true, -1, query, false, null);
    }

    static Wish create(String columns, String primaryKey, String options) {
      return new Wish(
          true,
          true,
          -1,
          null,
          false,
          new MappedTarget.TableToCreate(columns, primaryKey, options));
    }
  }

  public static Assignment set(String... path) {
    return new Assignment(Arrays.asList(path), Operation.SET, source(path[path.length - 1]));
  }

  public static Assignment add(String column) {
    return new Assignment(List.of(column), Operation.ADD, source(column));
  }

  private static Expression source(String field) {
    return new Expression.Path(Expression.Root.VALUE, List.of(new Expression.Step.Field(field)));
  }

  public static MappedTarget target(
      String keyspace, String table, Wish wish, Assignment... assignments) {
    return target(keyspace, table, wish, new Mapping(List.of(assignments), null));
  }

  /** With all other fields of the value. */
  static MappedTarget withRest(
      String keyspace, String table, Set<String> except, Assignment... assignments) {
    Mapping.Rest rest =
        new Mapping.Rest(new Expression.Path(Expression.Root.VALUE, List.of()), except);
    return target(keyspace, table, Wish.PLAIN, new Mapping(List.of(assignments), rest));
  }

  public static MappedTarget target(String keyspace, String table, Wish wish, Mapping mapping) {
    MappedTarget.CassandraOptions cassandra =
        new MappedTarget.CassandraOptions(
            null,
            wish.ttlSeconds(),
            TimeUnit.SECONDS,
            TimeUnit.MICROSECONDS,
            null,
            wish.query(),
            wish.counters(),
            wish.create());
    MappedTarget.Options options =
        new MappedTarget.Options(
            wish.nullToUnset(), wish.deletes(), new Times(TimestampUnit.MS, null), cassandra);
    return new MappedTarget(
        "topic.t." + keyspace + "." + table + ".", keyspace, table, mapping, options);
  }

  static CassandraStore store(Cassandra node, Map<String, List<MappedTarget>> targets) {
    return store(node, targets, true, Clock.systemUTC());
  }

  static CassandraStore store(
      Cassandra node, Map<String, List<MappedTarget>> targets, boolean firstTask, Clock clock) {
    MappingConfig matched = topic -> targets.getOrDefault(topic, List.of());
    return new CassandraStore(config(node.contactPoint(), matched), "test-task", firstTask, clock);
  }

  /** A store whose topics are mapped by their names, where the others match a pattern. */
  public static CassandraStore named(
      Cassandra node, Map<String, List<MappedTarget>> targets, Clock clock) {
    return new CassandraStore(
        config(node.contactPoint(), named(targets)), "test-task", true, clock);
  }

  /** Topics that are mapped by their names. */
  public static MappingConfig named(Map<String, List<MappedTarget>> targets) {
    return new MappingConfig() {
      @Override
      public List<MappedTarget> targets(String topic) {
        return targets.getOrDefault(topic, List.of());
      }

      @Override
      public Set<String> topics() {
        return targets.keySet();
      }
    };
  }

  public static CassandraSinkConfig config(String contactPoint, MappingConfig mapping) {
    CassandraSinkConfig defaults = CassandraSinkConfig.from(Map.of());
    PipelineConfig pipeline = defaults.pipeline();
    return new CassandraSinkConfig(
        new PipelineConfig(
            Layout.TABLE,
            pipeline.batching(),
            pipeline.retry(),
            pipeline.records(),
            pipeline.format(),
            pipeline.kairos(),
            pipeline.flows(),
            mapping),
        defaults.kairosIndex(),
        defaults.flowsTable(),
        TestStores.connection(contactPoint, "unused", true),
        defaults.preflight());
  }

  /** The table of a topic, which nobody has looked at yet. */
  public static TopicTable unopened(CqlSession session, MappedTarget target) {
    return new TopicTable(
        new TopicTable.TopicTarget("t", 0),
        session,
        TestStores.connection("127.0.0.1:9042", "ks", false),
        target,
        new RefusedTopics(Set.of(), Clock.systemUTC()),
        new SharedBatchLimits(new SharedBatches(10, 5120)),
        Clock.systemUTC());
  }

  /** The cells of a record of topic {@code t}, each value for its assignment. */
  public static MappedRecord cells(long offset, @Nullable Object... values) {
    return cells("t", offset, values);
  }

  public static MappedRecord cells(String topic, long offset, @Nullable Object... values) {
    return new MappedRecord(topic, 0, values, null, false, origin(topic, offset));
  }

  static MappedRecord rest(
      long offset, Map<String, @Nullable Object> rest, @Nullable Object... values) {
    return new MappedRecord("t", 0, values, rest, false, origin("t", offset));
  }

  /** Of a record without a value. */
  static MappedRecord tombstone(long offset, @Nullable Object... values) {
    return new MappedRecord("t", 0, values, null, true, origin("t", offset));
  }

  private static RecordOrigin origin(String topic, long offset) {
    return new RecordOrigin(topic, 0, offset, RECORD_TIME + offset);
  }
}
