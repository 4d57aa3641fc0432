package io.datapoints.connect.store.mongodb.bulk;

import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each row of a batch: durable, as long as nothing else is said. */
final class RowOutcomes {

  private final Outcome[] outcomes;

  RowOutcomes(int rows) {
    outcomes = new Outcome[rows];
    Arrays.fill(outcomes, Outcome.Durable.DURABLE);
  }

  void set(Operation operation, Outcome outcome) {
    int first = operation.firstRow();
    Arrays.fill(outcomes, first, first + operation.rows(), outcome);
  }

  void set(List<Operation> operations, Outcome outcome) {
    operations.forEach(operation -> set(operation, outcome));
  }

  /** What became of all rows of this operation. */
  Outcome of(Operation operation) {
    return outcomes[operation.firstRow()];
  }

  /**
   * Whether an earlier change of the same document is to be written again, or was declined; this
   * one then is to be written again, too, since it has to take effect after that one.
   */
  boolean holdUp(Operation operation) {
    for (int row = operation.document(); row < operation.firstRow(); row++) {
      if (outcomes[row] instanceof Outcome.Unavailable earlier) {
        set(operation, earlier);
        return true;
      }
      if (outcomes[row] instanceof Outcome.Declined earlier) {
        String reason = "an earlier change of the document was declined: " + earlier.reason();
        set(operation, StoreException.retry(earlier.cause(), reason).outcome());
        return true;
      }
    }
    return false;
  }

  /** The outcome of the whole batch. */
  Outcome summary() {
    @Nullable Outcome unavailable = null;
    int answered = 0;
    int durable = 0;
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Fatal) {
        return outcome;
      }
      if (outcome instanceof Outcome.Unavailable) {
        unavailable = outcome;
      } else {
        answered++;
        durable += outcome == Outcome.Durable.DURABLE ? 1 : 0;
      }
    }
    if (durable == outcomes.length) {
      return Outcome.Durable.DURABLE;
    }
    return answered == 0 && unavailable != null
        ? unavailable
        : new Outcome.Mixed(List.of(outcomes));
  }
}
