package io.datapoints.connect.store.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Row;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * Writes one batch as an unordered bulk and finds out what became of each row. Blocks; any thread
 * may use it.
 */
final class BulkWriter {

  /** The first attempt, and two for operations that may well succeed when tried again at once. */
  private static final int ATTEMPTS = 3;

  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final MongoCollection<RawBsonDocument> collection;
  private final Layout layout;

  BulkWriter(MongoCollection<RawBsonDocument> collection, Layout layout) {
    this.collection = collection;
    this.layout = layout;
  }

  Outcome write(List<Row> rows) {
    RowOutcomes outcomes = new RowOutcomes(rows.size());
    List<Operation> pending = layout.operations(rows, 0, rows.size());
    for (int attempt = 1; !pending.isEmpty(); attempt++) {
      try {
        collection.bulkWrite(models(pending), UNORDERED);
        pending = List.of();
      } catch (MongoBulkWriteException e) {
        pending = judge(e, pending, rows, outcomes, attempt < ATTEMPTS);
      } catch (RuntimeException e) {
        Outcome failed = Failures.of(e);
        if (attempt == 1 || failed instanceof Outcome.Fatal) {
          return failed;
        }
        // Whether the content of what was left is at fault shows in a batch of its own.
        outcomes.set(pending, Failures.unavailable(e));
        pending = List.of();
      }
    }
    return outcomes.summary();
  }

  private static List<WriteModel<RawBsonDocument>> models(List<Operation> operations) {
    return operations.stream().map(Operation::model).toList();
  }

  /**
   * Notes what became of the operations that failed, by their indexes: the counts of a result do
   * not tell which.
   *
   * @return what is tried again at once
   */
  private List<Operation> judge(
      MongoBulkWriteException e,
      List<Operation> attempted,
      List<Row> rows,
      RowOutcomes outcomes,
      boolean mayTryAgain) {
    WriteConcernError unsafe = e.getWriteConcernError();
    if (unsafe != null) {
      // Written, but not safe, and nothing says which: all of it is written again.
      String reason = "write concern: " + ErrorCode.describe(unsafe.getCode());
      outcomes.set(attempted, new Outcome.Unavailable(reason, new MongoFailure(reason)));
      return List.of();
    }
    List<Operation> again = new ArrayList<>();
    for (BulkWriteError error : e.getWriteErrors()) {
      Operation operation = attempted.get(error.getIndex());
      Verdict verdict = ErrorCode.ofOperation(error.getCode());
      if (verdict == Verdict.RACE && mayTryAgain) {
        again.add(operation);
      } else if (verdict == Verdict.REFUSED && operation.rows() > 1 && mayTryAgain) {
        again.addAll(rowByRow(operation, rows));
      } else {
        outcomes.set(operation, OperationError.outcome(error, operation.rows()));
      }
    }
    return again;
  }

  /** The culprit among rows that share an operation has to stand alone. */
  private List<Operation> rowByRow(Operation operation, List<Row> rows) {
    List<Operation> single = new ArrayList<>(operation.rows());
    int first = operation.firstRow();
    for (int row = first; row < first + operation.rows(); row++) {
      single.addAll(layout.operations(rows, row, row + 1));
    }
    return single;
  }
}
