package io.datapoints.connect.delivery;

import io.datapoints.connect.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Rows of one partition under way to the store, in the order of their clustering key, no key twice.
 *
 * @param bytes the sum of its rows'
 * @param suspects whether all of its rows were declined before
 * @param sentAtMicros the engine's clock when it was sent
 */
record Batch(
    PartitionBuffer buffer, List<Entry> entries, long bytes, boolean suspects, long sentAtMicros) {

  /** When it was sent, in the engine's milliseconds. */
  long sentAt() {
    return TimeUnit.MICROSECONDS.toMillis(sentAtMicros);
  }

  /** Whether the last attempt of its partition failed, or of its rows. */
  boolean repetition() {
    return suspects || buffer.failures > 0;
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      rows.add(entry.row);
    }
    return rows;
  }
}
