package io.datapoints.connect.store.cassandra.kairosdb;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.SharedLimits;
import io.datapoints.connect.store.StoreMetrics;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexNeed;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexWriter;
import io.datapoints.connect.store.cassandra.kairosdb.index.RowKey;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import io.datapoints.connect.store.cassandra.request.Replicas;
import io.datapoints.connect.store.cassandra.request.RowOutcomes;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * KairosDB's tables: the index rows first, and once they are acknowledged the points, so that there
 * never is a point that no query finds.
 */
final class KairosLayout implements CassandraLayout<DataPoint, PointRow> {

  private final CqlSession session;
  private final PreparedStatement point;
  private final KairosPlanner planner;
  private final IndexWriter index;
  private final Replicas replicas;
  private final SharedBatchLimits sharedLimits;
  private final Supplier<CompletionStage<Optional<String>>> schemaProblem;

  /**
   * @param point writes a point
   * @param schemaProblem looks up what is wrong with the schema by now
   */
  KairosLayout(
      CqlSession session,
      PreparedStatement point,
      KairosPlanner planner,
      IndexWriter index,
      Replicas replicas,
      SharedBatchLimits sharedLimits,
      Supplier<CompletionStage<Optional<String>>> schemaProblem) {
    this.session = session;
    this.point = point;
    this.planner = planner;
    this.index = index;
    this.replicas = replicas;
    this.sharedLimits = sharedLimits;
    this.schemaProblem = schemaProblem;
  }

  @Override
  public Plan plan(DataPoint sample) {
    Plan plan = planner.plan(sample);
    if (plan instanceof PointRow row && row.ownsPartition()) {
      index.expect(row.partition(), row.ttl());
    }
    return plan;
  }

  @Override
  public @Nullable Object group(PartitionKey partition) {
    return replicas.group(((RowKey) partition).buffer());
  }

  @Override
  public SharedLimits sharedLimits() {
    return sharedLimits.current();
  }

  @Override
  public CompletionStage<Outcome> write(List<PointRow> rows) {
    IndexNeed need = index.need(rows);
    return need.isMet()
        ? points(rows, need)
        : need.settled(rows.size())
            .thenCompose(
                failures ->
                    failures.isEmpty() ? points(rows, need) : indexed(rows, failures, need));
  }

  private CompletionStage<Outcome> points(List<PointRow> rows, IndexNeed need) {
    return Failures.attempt(
        () -> {
          CompletionStage<?> answer =
              sharedLimits.learnFrom(rows, session.executeAsync(PointRow.insert(point, rows)));
          return need.relies() ? answer.thenRun(() -> index.relyOn(need)) : answer;
        },
        schemaProblem);
  }

  /**
   * Writes those rows whose index entries are in force.
   *
   * @param failures why the index of a row could not be written, or null
   */
  private CompletionStage<Outcome> indexed(
      List<PointRow> rows, List<@Nullable Throwable> failures, IndexNeed need) {
    List<PointRow> good = new ArrayList<>(rows.size());
    List<CompletableFuture<Outcome>> others = new ArrayList<>();
    Throwable last = null;
    for (int row = 0; row < rows.size(); row++) {
      Throwable failure = failures.get(row);
      if (failure == null) {
        good.add(rows.get(row));
      } else if (failure == last) {
        others.add(others.get(others.size() - 1));
      } else {
        others.add(Failures.ofWrite(failure, schemaProblem).toCompletableFuture());
        last = failure;
      }
    }
    return CompletableFuture.allOf(others.toArray(CompletableFuture[]::new))
        .thenCompose(
            known -> {
              Iterator<CompletableFuture<Outcome>> next = others.iterator();
              List<@Nullable Outcome> settled = new ArrayList<>(rows.size());
              for (Throwable failure : failures) {
                settled.add(failure == null ? null : next.next().join());
              }
              boolean fatal = settled.stream().anyMatch(Outcome.Fatal.class::isInstance);
              return fatal || good.isEmpty()
                  ? CompletableFuture.completedFuture(RowOutcomes.together(settled))
                  : points(good, need).thenApply(written -> RowOutcomes.merged(settled, written));
            });
  }

  @Override
  public StoreMetrics metrics() {
    return planner.metrics(index.written());
  }
}
