package io.datapoints.connect.store.mongodb.bulk;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.failure.Failures;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Writes operations of a batch of which no two have to keep an order. */
final class UnorderedBulk {

  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final MongoCollection<RawBsonDocument> collection;
  private final OperationErrors<?> errors;
  private final RowOutcomes outcomes;

  UnorderedBulk(
      MongoCollection<RawBsonDocument> collection,
      OperationErrors<?> errors,
      RowOutcomes outcomes) {
    this.collection = collection;
    this.errors = errors;
    this.outcomes = outcomes;
  }

  /**
   * The first operation of each document.
   *
   * @param later takes the others
   */
  static List<Operation> firstOfEach(List<Operation> operations, List<Operation> later) {
    List<Operation> first = new ArrayList<>(operations.size());
    int document = -1;
    for (Operation operation : operations) {
      (operation.document() == document ? later : first).add(operation);
      document = operation.document();
    }
    return first;
  }

  /**
   * Tries again at once what may succeed then.
   *
   * @param later takes the parts of a split operation that have to keep an order
   * @return the outcome of the whole batch, if it is clear from the first attempt or fatal
   */
  @Nullable Outcome write(List<Operation> operations, List<Operation> later) {
    List<Operation> pending = operations;
    for (int attempt = 1; !pending.isEmpty(); attempt++) {
      try {
        collection.bulkWrite(Operation.models(pending), UNORDERED);
        return null;
      } catch (MongoBulkWriteException e) {
        boolean mayTryAgain = attempt < OperationErrors.ATTEMPTS;
        pending = firstOfEach(errors.judge(e, pending, mayTryAgain), later);
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
}
