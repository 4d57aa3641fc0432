package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Outcome.Durable;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.request.RowBatch;
import io.datapoints.connect.store.cassandra.request.RowOutcomes;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt to write rows to one version of a table. */
final class TableWrite {

  private final CqlSession session;
  private final RowPlanner version;
  private final @Nullable DefaultConsistencyLevel level;
  private final SharedBatchLimits sharedLimits;
  private final Supplier<CompletionStage<Optional<String>>> schemaProblem;

  /**
   * @param schemaProblem checks the schema for the current problem
   */
  TableWrite(
      CqlSession session,
      MappedTarget target,
      RowPlanner version,
      SharedBatchLimits sharedLimits,
      Supplier<CompletionStage<Optional<String>>> schemaProblem) {
    this.session = session;
    this.version = version;
    String name = target.options().cassandra().consistencyLevel();
    this.level = name == null ? null : DefaultConsistencyLevel.valueOf(name);
    this.sharedLimits = sharedLimits;
    this.schemaProblem = schemaProblem;
  }

  /** Writes rows; some of them may have been planned for an earlier version. */
  CompletionStage<Outcome> of(List<TableRow> rows) {
    List<TableRow> good = new ArrayList<>(rows.size());
    List<@Nullable Outcome> settled = new ArrayList<>(rows.size());
    for (TableRow row : rows) {
      Plan plan = row.isOf(version) ? row : version.again(row);
      if (plan instanceof TableRow planned) {
        good.add(planned);
        settled.add(null);
      } else {
        settled.add(
            plan instanceof Plan.Rejected rejected
                ? new Outcome.Refused(rejected.reason())
                : Durable.DURABLE);
      }
    }
    if (good.isEmpty()) {
      return CompletableFuture.completedFuture(RowOutcomes.together(settled));
    }
    CompletionStage<Outcome> written =
        version.form().kind() == TableForm.Kind.ONE_BY_ONE ? inTurn(good) : attempt(good);
    return good.size() == rows.size()
        ? written
        : written.thenApply(outcome -> RowOutcomes.merged(settled, outcome));
  }

  private CompletionStage<Outcome> attempt(List<TableRow> rows) {
    return Failures.attempt(
        () -> sharedLimits.learnFrom(rows, session.executeAsync(request(rows))), schemaProblem);
  }

  private Statement<?> request(List<TableRow> rows) {
    TableForm form = version.form();
    Statement<?> request = RowBatch.of(form.kind().batch, rows, TableRow::bound);
    if (!form.isIdempotent()) {
      request = request.setIdempotent(false);
    }
    return level == null ? request : request.setConsistencyLevel(level);
  }

  /** Sends one statement after the other; stops at an outcome that needs a retry or is fatal. */
  private CompletionStage<Outcome> inTurn(List<TableRow> rows) {
    CompletionStage<List<Outcome>> outcomes =
        CompletableFuture.completedFuture(new ArrayList<>(rows.size()));
    for (TableRow row : rows) {
      outcomes =
          outcomes.thenCompose(
              before -> {
                Outcome last = before.isEmpty() ? Durable.DURABLE : before.get(before.size() - 1);
                CompletionStage<Outcome> next =
                    last == Durable.DURABLE
                            || last instanceof Outcome.Refused
                            || last instanceof Outcome.Declined
                        ? attempt(List.of(row))
                        : CompletableFuture.completedFuture(last);
                return next.thenApply(
                    outcome -> {
                      before.add(outcome);
                      return before;
                    });
              });
    }
    return outcomes.thenApply(RowOutcomes::together);
  }
}
