package io.datapoints.connect.delivery;

import io.datapoints.connect.store.Row;
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
