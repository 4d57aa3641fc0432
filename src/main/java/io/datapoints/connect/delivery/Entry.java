package io.datapoints.connect.delivery;

import io.datapoints.connect.store.Row;
import java.util.Objects;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A row in a buffer with the record it came from, and the row of the same primary key that it
 * replaced, as a rule an older one. That one's record is done when this row is; and should the
 * store refuse this row, that one is written.
 */
final class Entry {

  /** The entry, and its place in the list that it waits in. */
  private static final int HEAP_BYTES = 24 + 6;

  final Row row;
  final Receipt receipt;
  @Nullable Entry replaced;

  Entry(Row row, Receipt receipt) {
    this.row = row;
    this.receipt = receipt;
  }

  /** Whether this row, which came later, is kept of two rows of one primary key. */
  boolean replaces(Entry earlier) {
    SinkRecord record = receipt.record();
    SinkRecord other = earlier.receipt.record();
    boolean samePartition =
        Objects.equals(record.originalKafkaPartition(), other.originalKafkaPartition())
            && record.originalTopic().equals(other.originalTopic());
    return samePartition
        ? record.originalKafkaOffset() >= other.originalKafkaOffset()
        : row.replaces(earlier.row);
  }

  /** What the row takes of the heap, with this. */
  int heapBytes() {
    return HEAP_BYTES + row.heapBytes();
  }

  /** Puts another row of the same key behind this one and those it already replaced. */
  void replace(Entry other) {
    Entry last = this;
    while (last.replaced != null) {
      last = last.replaced;
    }
    last.replaced = other;
  }
}
