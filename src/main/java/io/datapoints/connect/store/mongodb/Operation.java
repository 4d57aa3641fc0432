package io.datapoints.connect.store.mongodb;

import com.mongodb.client.model.WriteModel;
import org.bson.RawBsonDocument;

/**
 * One operation of a bulk.
 *
 * @param model what the driver is given
 * @param firstRow the first row of the batch that it writes
 * @param rows how many rows it writes
 */
record Operation(WriteModel<RawBsonDocument> model, int firstRow, int rows) {}
