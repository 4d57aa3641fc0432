package io.datapoints.connect.store.cassandra.kairosdb;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.StoreMetrics;
import io.datapoints.connect.store.cassandra.request.Layout;
import io.datapoints.connect.store.cassandra.request.WriteAttempt;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * KairosDB's tables: the index rows first, and once they are acknowledged the points, so that there
 * never is a point that no query finds.
 */
final class KairosLayout implements Layout {

  private final CqlSession session;
  private final KairosStatements statements;
  private final KairosPlanner planner;
  private final IndexWriter index;
  private final TtlPolicy ttlPolicy;
  private final Supplier<CompletionStage<Optional<String>>> schemaProblem;
  private final Clock clock;

  /**
   * @param schemaProblem looks up what is wrong with the schema by now
   */
  KairosLayout(
      CqlSession session,
      KairosStatements statements,
      KairosPlanner planner,
      IndexWriter index,
      TtlPolicy ttlPolicy,
      Supplier<CompletionStage<Optional<String>>> schemaProblem,
      Clock clock) {
    this.session = session;
    this.statements = statements;
    this.planner = planner;
    this.index = index;
    this.ttlPolicy = ttlPolicy;
    this.schemaProblem = schemaProblem;
    this.clock = clock;
  }

  @Override
  public Plan plan(Sample sample) {
    return planner.plan((DataPoint) sample);
  }

  @Override
  public CompletionStage<Outcome> write(PartitionKey partition, List<Row> rows) {
    return WriteAttempt.outcome(() -> attempt((RowKey) partition, points(rows)), schemaProblem);
  }

  private CompletionStage<?> attempt(RowKey key, List<PointRow> rows) {
    IndexDemand demand = IndexDemand.of(rows, ttlPolicy, clock.millis());
    return index.before(
        key, demand, () -> session.executeAsync(PointBatch.of(statements.point(), key, rows)));
  }

  @Override
  public StoreMetrics metrics() {
    return planner.metrics(index.written());
  }

  /** Every row comes from {@link #plan}. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static List<PointRow> points(List<Row> rows) {
    return (List) rows;
  }
}
