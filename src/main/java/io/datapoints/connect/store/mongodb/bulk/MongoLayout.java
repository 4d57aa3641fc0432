package io.datapoints.connect.store.mongodb.bulk;

import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import java.util.List;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How samples lie in collections.
 *
 * @param <S> the samples that it takes
 * @param <R> the rows that it makes of them
 */
public interface MongoLayout<S extends Sample, R extends Row> {

  /**
   * The largest document that is sent. MongoDB takes 16 MiB; the rest is room for the fields that
   * others may have added.
   */
  int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024 - 16 * 1024;

  /** What an upsert adds to the filter and the document: q, u and upsert in a document. */
  int UPSERT_BYTES = 20;

  /** As {@link io.datapoints.connect.store.Store#plan}; on the task thread. */
  Plan plan(S sample);

  /**
   * The operations that write these rows of a batch, in their order; on any thread.
   *
   * @param from the first row
   * @param to the row after the last
   */
  List<Operation> operations(List<R> rows, int from, int to);

  /**
   * Matches the document of a row where a later change of it was made already, in which case that
   * of the row is without effect; null where the layout does not tell. On any thread.
   */
  default @Nullable Bson superseding(R row) {
    return null;
  }
}
