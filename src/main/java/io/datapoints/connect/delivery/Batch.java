package io.datapoints.connect.delivery;

import io.datapoints.connect.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Rows of one partition under way to the store, in the order of their clustering key, no key twice.
 *
 * @param bytes the sum of its rows'
 * @param repetition whether the last attempt of its partition failed, or of all its rows
 * @param sentAtMicros the engine's clock when it was sent
 */
record Batch(
    PartitionBuffer buffer,
    List<BufferedRow> entries,
    long bytes,
    boolean repetition,
    long sentAtMicros) {

  /** When it was sent, in the engine's milliseconds. */
  long sentAt() {
    return TimeUnit.MICROSECONDS.toMillis(sentAtMicros);
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>(entries.size());
    for (BufferedRow entry : entries) {
      rows.add(entry.row);
    }
    return rows;
  }
}
