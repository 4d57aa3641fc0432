package io.datapoints.connect.store.mongodb.bulk;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.failure.ErrorCode;
import io.datapoints.connect.store.mongodb.failure.Failures;
import io.datapoints.connect.store.mongodb.failure.OperationError;
import io.datapoints.connect.store.mongodb.failure.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch and finds out what became of each row. The first operation of each document goes
 * in an unordered bulk, as a rule that is all of them; what has to take effect after it goes in
 * ordered ones. Blocks; any thread may use it.
 */
public final class BulkWriter {

  /** The first attempt, and two for operations that may well succeed when tried again at once. */
  private static final int ATTEMPTS = 3;

  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final BulkWriteOptions ORDERED = new BulkWriteOptions().ordered(true);

  /** An update that changes nothing; servers refuse one that says nothing. */
  private static final Bson NOTHING = Updates.unset("_nothing");

  private final MongoCollection<RawBsonDocument> collection;
  private final Layout layout;

  public BulkWriter(MongoCollection<RawBsonDocument> collection, Layout layout) {
    this.collection = collection;
    this.layout = layout;
  }

  public Outcome write(List<Row> rows) {
    RowOutcomes outcomes = new RowOutcomes(rows.size());
    List<Operation> later = new ArrayList<>();
    List<Operation> first = firstOfEach(layout.operations(rows, 0, rows.size()), later);
    Outcome failed = writeUnordered(first, later, rows, outcomes);
    if (failed != null) {
      return failed;
    }
    // What was put off goes before what comes after it.
    later.sort(Comparator.comparingInt(Operation::firstRow));
    failed = writeOrdered(later, rows, outcomes);
    return failed != null ? failed : outcomes.summary();
  }

  /**
   * The first operation of each document.
   *
   * @param later takes the others
   */
  private static List<Operation> firstOfEach(List<Operation> operations, List<Operation> later) {
    List<Operation> first = new ArrayList<>(operations.size());
    int document = -1;
    for (Operation operation : operations) {
      (operation.document() == document ? later : first).add(operation);
      document = operation.document();
    }
    return first;
  }

  /**
   * Writes operations of which no two have to keep an order.
   *
   * @param later takes what came of operations that had to be parted and does have an order
   * @return the outcome of the whole batch, if it is clear from the first attempt or fatal
   */
  private @Nullable Outcome writeUnordered(
      List<Operation> operations, List<Operation> later, List<Row> rows, RowOutcomes outcomes) {
    List<Operation> pending = operations;
    for (int attempt = 1; !pending.isEmpty(); attempt++) {
      try {
        collection.bulkWrite(models(pending), UNORDERED);
        return null;
      } catch (MongoBulkWriteException e) {
        pending = firstOfEach(judge(e, pending, rows, outcomes, attempt < ATTEMPTS), later);
      } catch (RuntimeException e) {
        Outcome failed = Failures.of(e);
        if (attempt == 1 || failed instanceof Outcome.Fatal) {
          return failed;
        }
        // Whether the content of what was left is at fault shows in a batch of its own.
        outcomes.set(pending, Failures.unavailable(e));
        return null;
      }
    }
    return null;
  }

  private static List<WriteModel<RawBsonDocument>> models(List<Operation> operations) {
    return operations.stream().map(Operation::model).toList();
  }

  /**
   * Notes what became of the operations that failed, by their indexes: the counts of a result do
   * not tell which.
   *
   * @return what is tried again at once, in its order
   */
  private List<Operation> judge(
      MongoBulkWriteException e,
      List<Operation> attempted,
      List<Row> rows,
      RowOutcomes outcomes,
      boolean mayTryAgain) {
    if (e.getWriteConcernError() != null) {
      outcomes.set(attempted, unsafe(e.getWriteConcernError()));
      return List.of();
    }
    List<Operation> again = new ArrayList<>();
    for (BulkWriteError error : e.getWriteErrors()) {
      again.addAll(judge(error, attempted.get(error.getIndex()), rows, outcomes, mayTryAgain));
    }
    return again;
  }

  /** Written, but not safe, and nothing says which: all of it is written again. */
  private static Outcome unsafe(WriteConcernError error) {
    String reason = "write concern: " + ErrorCode.describe(error.getCode());
    return StoreException.retry(Cause.WRITE_CONCERN, reason).outcome();
  }

  private List<Operation> judge(
      BulkWriteError error,
      Operation operation,
      List<Row> rows,
      RowOutcomes outcomes,
      boolean mayTryAgain) {
    Verdict verdict = ErrorCode.ofOperation(error.getCode());
    boolean blamed = verdict.mayBlameOne();
    if (blamed && operation.rows() > 1 && mayTryAgain) {
      return rowByRow(operation, rows);
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
   * tries to insert another one, and the key is there already. Such a change is as good as written.
   * An update asks for it, and not a query: it is answered by the primary, and it takes no right
   * that writing does not take.
   */
  private Outcome unlessSuperseded(Row row, Outcome outcome) {
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

  /** The culprit among rows that share an operation has to stand alone. */
  private List<Operation> rowByRow(Operation operation, List<Row> rows) {
    List<Operation> single = new ArrayList<>(operation.rows());
    int first = operation.firstRow();
    for (int row = first; row < first + operation.rows(); row++) {
      single.addAll(layout.operations(rows, row, row + 1));
    }
    return single;
  }

  /**
   * Writes operations in their order. A refused one is passed over; any other failure ends it, and
   * what was not written is to be written again. Every round takes an operation away for good,
   * parts one that has several rows, or is one of a few repetitions.
   *
   * @return the outcome of the whole batch, if it is fatal
   */
  private @Nullable Outcome writeOrdered(
      List<Operation> operations, List<Row> rows, RowOutcomes outcomes) {
    List<Operation> pending = notHeldUp(operations, outcomes);
    for (int attempt = 1; !pending.isEmpty(); ) {
      try {
        collection.bulkWrite(models(pending), ORDERED);
        return null;
      } catch (MongoBulkWriteException e) {
        attempt += raced(e) ? 1 : 0;
        pending = afterError(e, pending, rows, outcomes, attempt <= ATTEMPTS);
      } catch (RuntimeException e) {
        outcomes.set(pending, Failures.unavailable(e));
        return Failures.of(e) instanceof Outcome.Fatal fatal ? fatal : null;
      }
    }
    return null;
  }

  /** Without those that follow one of the same document which is to be written again. */
  private static List<Operation> notHeldUp(List<Operation> operations, RowOutcomes outcomes) {
    return operations.stream().filter(each -> !outcomes.holdUp(each)).toList();
  }

  private static boolean raced(MongoBulkWriteException e) {
    return e.getWriteErrors().stream()
        .anyMatch(error -> ErrorCode.ofOperation(error.getCode()) == Verdict.RACE);
  }

  /** What goes on after the operation that ended an ordered bulk. */
  private List<Operation> afterError(
      MongoBulkWriteException e,
      List<Operation> attempted,
      List<Row> rows,
      RowOutcomes outcomes,
      boolean mayTryAgain) {
    List<Operation> pending = new ArrayList<>(judge(e, attempted, rows, outcomes, mayTryAgain));
    if (e.getWriteErrors().isEmpty()) {
      return pending;
    }
    int failed = e.getWriteErrors().get(0).getIndex();
    List<Operation> rest = attempted.subList(failed + 1, attempted.size());
    Outcome outcome = outcomes.of(attempted.get(failed));
    if (outcome instanceof Outcome.Unavailable) {
      outcomes.set(rest, outcome);
    } else {
      pending.addAll(notHeldUp(rest, outcomes));
    }
    return pending;
  }
}
