package io.datapoints.connect.store.cassandra.kairosdb;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.KairosNames;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The layout of a keyspace, as its {@code spec} table says. KairosDB takes a keyspace that has a
 * metric name but no spec for one of version 1.2, for ever; so the rows that are missing are
 * written here, before any metric name is.
 *
 * <p>Reads and writes at a quorum even when points are written at less: another task, or KairosDB
 * itself, may be doing the same.
 */
public final class SpecTable {

  private final CqlSession session;
  private final String keyspace;
  private final ConsistencyLevel consistency;
  private final Clock clock;

  /**
   * @param keyspace as CQL spells it
   * @param consistencyLevel that of the points
   */
  SpecTable(CqlSession session, String keyspace, String consistencyLevel, Clock clock) {
    this.session = session;
    this.keyspace = keyspace;
    this.consistency = quorum(DefaultConsistencyLevel.valueOf(consistencyLevel));
    this.clock = clock;
  }

  /** A level that sees what another writer of this table has acknowledged. */
  public static ConsistencyLevel quorum(DefaultConsistencyLevel level) {
    return switch (level) {
      case ANY, ONE, TWO, THREE, LOCAL_ONE -> DefaultConsistencyLevel.LOCAL_QUORUM;
      case EACH_QUORUM -> DefaultConsistencyLevel.QUORUM;
      default -> level;
    };
  }

  /**
   * The layout; fails with {@link StoreException} for rows of unknown content.
   *
   * @param completes whether this task writes the rows that are missing; otherwise it waits for
   *     them
   */
  CompletionStage<RowLayout> layout(boolean completes) {
    return read()
        .thenCompose(
            rows -> {
              if (complete(rows)) {
                return CompletableFuture.completedFuture(rows);
              }
              if (!completes) {
                throw StoreException.retry(
                    Cause.SCHEMA, "waiting for the first task to write the spec of " + keyspace);
              }
              // What is read back counts: another writer may have been faster.
              return write(rows).thenCompose(v -> read());
            })
        .thenApply(SpecTable::parse);
  }

  /** Whether no row is missing; fails as {@link #layout} does. Writes nothing. */
  CompletionStage<Boolean> isComplete() {
    return read()
        .thenApply(
            rows -> {
              boolean complete = complete(rows);
              if (complete) {
                RowLayout unused = parse(rows);
              }
              return complete;
            });
  }

  private CompletionStage<Map<String, String>> read() {
    return query(
            SimpleStatement.newInstance(
                "SELECT name, value FROM %s.%s WHERE spec_type = ?"
                    .formatted(keyspace, KairosNames.SPEC),
                KairosNames.SPEC_TYPE))
        .thenApply(
            result -> {
              Map<String, String> rows = new HashMap<>();
              result
                  .currentPage()
                  .forEach(
                      row ->
                          rows.put(row.getString("name"), String.valueOf(row.getString("value"))));
              return rows;
            });
  }

  private static boolean complete(Map<String, String> rows) {
    return rows.containsKey(KairosNames.SPEC_UNIT) && rows.containsKey(KairosNames.SPEC_WIDTH);
  }

  private CompletionStage<Void> write(Map<String, String> found) {
    if (found.containsKey(KairosNames.SPEC_UNIT)) {
      return insertMissing(found, unit(found));
    }
    return hasMetricNames()
        .thenCompose(
            used ->
                // Read again: a writer that made a metric name visible had written its spec before.
                read().thenCompose(again -> insertMissing(again, unitOf(again, used))));
  }

  private static ColumnUnit unitOf(Map<String, String> rows, boolean used) {
    if (rows.containsKey(KairosNames.SPEC_UNIT)) {
      return unit(rows);
    }
    return used ? ColumnUnit.LEGACY : ColumnUnit.MILLISECONDS;
  }

  private CompletionStage<Boolean> hasMetricNames() {
    return query(
            SimpleStatement.newInstance(
                "SELECT column1 FROM %s.%s WHERE key = ? LIMIT 1"
                    .formatted(keyspace, KairosNames.STRING_INDEX),
                ByteBuffer.wrap(KairosNames.METRIC_NAMES.getBytes(StandardCharsets.UTF_8))))
        .thenApply(result -> result.one() != null);
  }

  private CompletionStage<Void> insertMissing(Map<String, String> found, ColumnUnit unit) {
    Map<String, String> missing = new HashMap<>();
    missing.put(KairosNames.SPEC_UNIT, unit.name());
    missing.put(KairosNames.SPEC_WIDTH, Long.toString(RowLayout.of(unit).width()));
    missing.keySet().removeAll(found.keySet());
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    long timestamp = clock.millis();
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    missing.forEach(
        (name, value) ->
            batch.addStatement(
                SimpleStatement.newInstance(
                    "INSERT INTO %s.%s (spec_type, name, value) VALUES (?, ?, ?) USING TIMESTAMP ?"
                        .formatted(keyspace, KairosNames.SPEC),
                    KairosNames.SPEC_TYPE,
                    name,
                    value,
                    timestamp)));
    return session
        .executeAsync(batch.setConsistencyLevel(consistency).build())
        .thenApply(result -> null);
  }

  private CompletionStage<AsyncResultSet> query(SimpleStatement statement) {
    return session.executeAsync(statement.setConsistencyLevel(consistency));
  }

  private static RowLayout parse(Map<String, String> rows) {
    String width = String.valueOf(rows.get(KairosNames.SPEC_WIDTH));
    try {
      return new RowLayout(unit(rows), Long.parseLong(width));
    } catch (IllegalArgumentException e) {
      throw StoreException.misconfigured(
          CassandraConfig.KEYSPACE, "the spec table has a row_width that cannot be used: " + width);
    }
  }

  private static ColumnUnit unit(Map<String, String> rows) {
    String name = String.valueOf(rows.get(KairosNames.SPEC_UNIT));
    return ColumnUnit.named(name)
        .orElseThrow(
            () ->
                StoreException.misconfigured(
                    CassandraConfig.KEYSPACE,
                    "the spec table has an unknown row_time_unit: " + name));
  }
}
