package io.datapoints.connect.store.cassandra.request;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rows as one request: a single statement for one row, an unlogged batch for several. Those of one
 * partition are one mutation for the server. The driver takes the replicas from the first row:
 * partitions that share a batch have the same, as {@link Replicas} finds them.
 */
public final class RowBatch {

  private RowBatch() {}

  /**
   * The request that writes these rows.
   *
   * @param binding binds one row; called in the order of the rows
   */
  public static <R> Statement<?> of(List<R> rows, Function<R, BoundStatement> binding) {
    return of(DefaultBatchType.UNLOGGED, rows, binding);
  }

  /** The same with a batch of this type. */
  public static <R> Statement<?> of(
      DefaultBatchType type, List<R> rows, Function<R, BoundStatement> binding) {
    if (rows.size() == 1) {
      return binding.apply(rows.get(0));
    }
    List<BatchableStatement<?>> bound = new ArrayList<>(rows.size());
    for (R row : rows) {
      bound.add(binding.apply(row));
    }
    return BatchStatement.newInstance(type, bound);
  }
}
