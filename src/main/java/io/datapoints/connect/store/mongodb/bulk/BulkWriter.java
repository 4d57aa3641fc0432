package io.datapoints.connect.store.mongodb.bulk;

import com.mongodb.client.MongoCollection;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * Writes one batch and finds out what became of each row. The first operation of each document goes
 * in an unordered bulk, as a rule that is all of them; what has to take effect after it goes in
 * ordered ones. Blocks; any thread may use it.
 *
 * @param <R> the rows of the layout
 */
public final class BulkWriter<R extends Row> {

  private final MongoCollection<RawBsonDocument> collection;
  private final MongoLayout<?, R> layout;

  public BulkWriter(MongoCollection<RawBsonDocument> collection, MongoLayout<?, R> layout) {
    this.collection = collection;
    this.layout = layout;
  }

  public Outcome write(List<R> rows) {
    RowOutcomes outcomes = new RowOutcomes(rows.size());
    OperationErrors<R> errors = new OperationErrors<>(collection, layout, rows, outcomes);
    List<Operation> later = new ArrayList<>();
    List<Operation> first =
        UnorderedBulk.firstOfEach(layout.operations(rows, 0, rows.size()), later);
    Outcome failed = new UnorderedBulk(collection, errors, outcomes).write(first, later);
    if (failed != null) {
      return failed;
    }
    // What was put off goes before what comes after it.
    later.sort(Comparator.comparingInt(Operation::firstRow));
    failed = new OrderedBulk(collection, errors, outcomes).write(later);
    return failed != null ? failed : outcomes.summary();
  }
}
