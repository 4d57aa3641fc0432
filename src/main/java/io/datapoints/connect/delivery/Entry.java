package io.datapoints.connect.delivery;

import io.datapoints.connect.store.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row in a buffer with the record it came from, and the older row of the same primary key that it
 * replaced. The older one's record is done when this row is; and should the store refuse this row,
 * the older one is written.
 */
final class Entry {

  final Row row;
  final Receipt receipt;
  @Nullable Entry replaced;

  Entry(Row row, Receipt receipt) {
    this.row = row;
    this.receipt = receipt;
  }

  /** Puts an older row of the same key behind this one and those it already replaced. */
  void replace(Entry older) {
    Entry last = this;
    while (last.replaced != null) {
      last = last.replaced;
    }
    last.replaced = older;
  }
}
