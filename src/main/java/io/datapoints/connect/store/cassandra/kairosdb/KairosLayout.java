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
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import io.datapoints.connect.store.cassandra.request.Replicas;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import java.util.List;
import java.util.Optional;
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
    return planner.plan(sample);
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
    return Failures.attempt(
        () ->
            index.before(
                rows.get(0).partition(),
                planner.demand(rows),
                () -> session.executeAsync(PointRow.insert(point, rows))),
        schemaProblem);
  }

  @Override
  public StoreMetrics metrics() {
    return planner.metrics(index.written());
  }
}
