package io.datapoints.connect.store.mongodb.bulk;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.failure.ErrorCode;
import io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict;
import io.datapoints.connect.store.mongodb.failure.Failures;
import io.datapoints.connect.store.mongodb.failure.OperationError;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Finds out what became of the operations of one batch that a server refused, ordered or not.
 *
 * @param <R> the rows of the layout
 */
final class OperationErrors<R extends Row> {

  /** The first attempt, and two for operations that may well succeed when tried again at once. */
  static final int ATTEMPTS = 3;

  /** An update that changes nothing; servers refuse one that says nothing. */
  private static final Bson NOTHING = Updates.unset("_nothing");

  private final MongoCollection<RawBsonDocument> collection;
  private final MongoLayout<?, R> layout;
  private final List<R> rows;
  private final RowOutcomes outcomes;

  OperationErrors(
      MongoCollection<RawBsonDocument> collection,
      MongoLayout<?, R> layout,
      List<R> rows,
      RowOutcomes outcomes) {
    this.collection = collection;
    this.layout = layout;
    this.rows = rows;
    this.outcomes = outcomes;
  }

  /**
   * Notes what became of the operations that failed, by their indexes: the counts of a result do
   * not tell which.
   *
   * @return what is tried again at once, in its order
   */
  List<Operation> judge(MongoBulkWriteException e, List<Operation> attempted, boolean mayTryAgain) {
    if (e.getWriteConcernError() != null) {
      outcomes.set(attempted, unsafe(e.getWriteConcernError()));
      return List.of();
    }
    List<Operation> again = new ArrayList<>();
    for (BulkWriteError error : e.getWriteErrors()) {
      again.addAll(judge(error, attempted.get(error.getIndex()), mayTryAgain));
    }
    return again;
  }

  /** Written, but not safe, and nothing says which: all of it is written again. */
  private static Outcome unsafe(WriteConcernError error) {
    String reason = "write concern: " + ErrorCode.describe(error.getCode());
    return StoreException.retry(Cause.WRITE_CONCERN, reason).outcome();
  }

  private List<Operation> judge(BulkWriteError error, Operation operation, boolean mayTryAgain) {
    Verdict verdict = ErrorCode.ofOperation(error.getCode());
    if (verdict.mayBlameOne() && operation.rows() > 1 && mayTryAgain) {
      return rowByRow(operation);
    }
    if (verdict == Verdict.RACE && mayTryAgain) {
      return List.of(operation);
    }
    Outcome outcome = OperationError.outcome(error, operation.rows());
    outcomes.set(
        operation,
        verdict == Verdict.RACE
            ? unlessSuperseded(rows.get(operation.lastRow()), outcome)
            : outcome);
    return List.of();
  }

  /**
   * The filter of an upsert does not match a document that has a later change, so that the server
   * tries to insert another one, and the key is there already. Its own change then has nothing left
   * to do. An update asks for it, and not a query: it is answered by the primary, and it takes no
   * right that writing does not take.
   */
  private Outcome unlessSuperseded(R row, Outcome outcome) {
    Bson superseding = layout.superseding(row);
    if (superseding == null) {
      return outcome;
    }
    try {
      boolean superseded = collection.updateOne(superseding, NOTHING).getMatchedCount() > 0;
      return superseded ? Outcome.Durable.DURABLE : outcome;
    } catch (RuntimeException e) {
      return Failures.unavailable(e);
    }
  }

  /** The row at fault among those that share an operation has to stand alone. */
  private List<Operation> rowByRow(Operation operation) {
    List<Operation> single = new ArrayList<>(operation.rows());
    int first = operation.firstRow();
    for (int row = first; row < first + operation.rows(); row++) {
      single.addAll(layout.operations(rows, row, row + 1));
    }
    return single;
  }
}
