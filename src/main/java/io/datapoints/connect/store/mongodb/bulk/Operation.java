package io.datapoints.connect.store.mongodb.bulk;

import com.mongodb.client.model.WriteModel;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * One operation of a bulk.
 *
 * @param model what the driver is given
 * @param firstRow the first row of the batch that it writes
 * @param rows how many rows it writes
 * @param document the first row of the batch that is about the same document: operations in which
 *     it is the same take effect in their order, and one that is to be tried again holds up those
 *     after it
 */
public record Operation(WriteModel<RawBsonDocument> model, int firstRow, int rows, int document) {

  /** One that may take effect before or after any other. */
  public Operation(WriteModel<RawBsonDocument> model, int firstRow, int rows) {
    this(model, firstRow, rows, firstRow);
  }

  static List<WriteModel<RawBsonDocument>> models(List<Operation> operations) {
    return operations.stream().map(Operation::model).toList();
  }

  /** The row whose effect it has. */
  public int lastRow() {
    return firstRow + rows - 1;
  }
}
