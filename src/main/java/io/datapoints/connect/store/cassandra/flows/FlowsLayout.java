package io.datapoints.connect.store.cassandra.flows;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.datapoints.connect.model.Flow;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One table of flows: a batch of rows is all there is to a write. */
final class FlowsLayout implements CassandraLayout<Flow, FlowRow> {

  private final CqlSession session;
  private final PreparedStatement insert;
  private final FlowPlanner planner;
  private final Supplier<CompletionStage<Optional<String>>> schemaProblem;

  /**
   * @param insert {@link io.datapoints.connect.store.cassandra.schema.TableDefinition#insert} of
   *     {@link FlowsTable}
   * @param schemaProblem looks up what is wrong with the schema by now
   */
  FlowsLayout(
      CqlSession session,
      PreparedStatement insert,
      FlowPlanner planner,
      Supplier<CompletionStage<Optional<String>>> schemaProblem) {
    this.session = session;
    this.insert = insert;
    this.planner = planner;
    this.schemaProblem = schemaProblem;
  }

  @Override
  public Plan plan(Flow flow) {
    return planner.plan(flow);
  }

  @Override
  public CompletionStage<Outcome> write(List<FlowRow> rows) {
    return Failures.attempt(
        () -> session.executeAsync(FlowBatch.of(insert, rows.get(0).partition(), rows)),
        schemaProblem);
  }
}
