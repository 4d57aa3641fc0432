package io.datapoints.connect.store.mongodb.bulk;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.failure.ErrorCode;
import io.datapoints.connect.store.mongodb.failure.Failures;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Writes operations of a batch in their order. A refused one is passed over; any other failure ends
 * it, and what was not written is to be written again.
 */
final class OrderedBulk {

  private static final BulkWriteOptions ORDERED = new BulkWriteOptions().ordered(true);

  private final MongoCollection<RawBsonDocument> collection;
  private final OperationErrors<?> errors;
  private final RowOutcomes outcomes;

  OrderedBulk(
      MongoCollection<RawBsonDocument> collection,
      OperationErrors<?> errors,
      RowOutcomes outcomes) {
    this.collection = collection;
    this.errors = errors;
    this.outcomes = outcomes;
  }

  /**
   * Every round removes an operation for good, splits one that has several rows, or is one of a few
   * repetitions.
   *
   * @return the outcome of the whole batch, if it is fatal
   */
  @Nullable Outcome write(List<Operation> operations) {
    List<Operation> pending = notHeldUp(operations);
    for (int attempt = 1; !pending.isEmpty(); ) {
      try {
        collection.bulkWrite(Operation.models(pending), ORDERED);
        return null;
      } catch (MongoBulkWriteException e) {
        attempt += raced(e) ? 1 : 0;
        pending = afterError(e, pending, attempt <= OperationErrors.ATTEMPTS);
      } catch (RuntimeException e) {
        outcomes.set(pending, Failures.unavailable(e));
        return Failures.of(e) instanceof Outcome.Fatal fatal ? fatal : null;
      }
    }
    return null;
  }

  /** Without those that follow one of the same document which is to be written again. */
  private List<Operation> notHeldUp(List<Operation> operations) {
    return operations.stream().filter(each -> !outcomes.holdUp(each)).toList();
  }

  private static boolean raced(MongoBulkWriteException e) {
    return e.getWriteErrors().stream()
        .anyMatch(error -> ErrorCode.ofOperation(error.getCode()) == ErrorCode.Verdict.RACE);
  }

  /** What goes on after the operation that ended the bulk. */
  private List<Operation> afterError(
      MongoBulkWriteException e, List<Operation> attempted, boolean mayTryAgain) {
    List<Operation> pending = new ArrayList<>(errors.judge(e, attempted, mayTryAgain));
    if (e.getWriteErrors().isEmpty()) {
      return pending;
    }
    int failed = e.getWriteErrors().get(0).getIndex();
    List<Operation> rest = attempted.subList(failed + 1, attempted.size());
    Outcome outcome = outcomes.of(attempted.get(failed));
    if (outcome instanceof Outcome.Unavailable) {
      outcomes.set(rest, outcome);
    } else {
      pending.addAll(notHeldUp(rest));
    }
    return pending;
  }
}
