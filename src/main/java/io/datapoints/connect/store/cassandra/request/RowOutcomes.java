package io.datapoints.connect.store.cassandra.request;

import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Outcome.Durable;
import io.datapoints.connect.store.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one outcome of those of the rows of a batch. */
public final class RowOutcomes {

  private RowOutcomes() {}

  /** One outcome for the rows of a batch: a common one, or one per row. */
  public static Outcome together(List<? extends @Nullable Outcome> rows) {
    List<Outcome> all = new ArrayList<>();
    for (Outcome row : rows) {
      if (row instanceof Outcome.Fatal) {
        return row;
      }
      if (row != null) {
        all.add(row);
      }
    }
    boolean same = Collections.frequency(all, all.get(0)) == all.size();
    boolean plain = all.get(0) == Durable.DURABLE || all.get(0) instanceof Outcome.Unavailable;
    return all.size() == 1 || (same && plain) ? all.get(0) : new Outcome.Mixed(all);
  }

  /**
   * Merges the outcome of the written rows with the outcomes of rows that were left out.
   *
   * @param settled null for each row that was written
   */
  public static Outcome merged(List<? extends @Nullable Outcome> settled, Outcome written) {
    if (written instanceof Outcome.Fatal) {
      return written;
    }
    List<Outcome> all = new ArrayList<>(settled.size());
    int next = 0;
    for (Outcome outcome : settled) {
      all.add(outcome != null ? outcome : part(written, next++));
    }
    return together(all);
  }

  /** A batch that was rejected as a whole is retried without the other rows, and then split. */
  private static Outcome part(Outcome written, int row) {
    if (written instanceof Outcome.Mixed mixed) {
      return mixed.rows().get(row);
    }
    if (written instanceof Outcome.Refused refused) {
      return waiting(Cause.SCHEMA, refused.reason());
    }
    return written instanceof Outcome.Declined declined
        ? waiting(declined.cause(), declined.reason())
        : written;
  }

  private static Outcome waiting(Cause cause, String reason) {
    return StoreException.retry(cause, reason).outcome();
  }
}
