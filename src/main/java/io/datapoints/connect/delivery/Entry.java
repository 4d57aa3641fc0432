package io.datapoints.connect.delivery;

import io.datapoints.connect.delivery.offsets.Receipt;
import io.datapoints.connect.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A row in a buffer with the record it came from, and the row of the same primary key that it
 * replaced, as a rule an older one. That one's record is done when this row is; and should the
 * store refuse this row, that one is written.
 */
final class Entry {

  /** The entry, and its place in the list that it waits in. */
  private static final int HEAP_BYTES = 32 + 6;

  final Row row;
  final Receipt receipt;
  @Nullable Entry replaced;

  /** Null as long as the store has not failed to take it. */
  @Nullable Trial trial;

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
    if (trial == null) {
      trial = other.trial;
    }
  }

  /** The store did not take it, be it for the first time or again. */
  Trial notTaken(Trial now) {
    Trial begun = trial == null ? now : trial;
    trial = begun;
    return begun;
  }

  /** Whether this one or one that it replaced is such a one. */
  boolean hasAny(Predicate<Entry> such) {
    for (Entry next = this; next != null; next = next.replaced) {
      if (such.test(next)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Rows without those that are gone. An older row that such a row had replaced, and that still is,
   * takes its place.
   *
   * @param removed takes those that are gone, none of them with an older one behind it
   */
  static List<Entry> withoutThose(Predicate<Entry> gone, List<Entry> entries, List<Entry> removed) {
    List<Entry> kept = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      Entry survivor = null;
      for (Entry next = entry; next != null; ) {
        Entry older = next.replaced;
        next.replaced = null;
        if (gone.test(next)) {
          removed.add(next);
        } else if (survivor == null) {
          survivor = next;
        } else {
          survivor.replace(next);
        }
        next = older;
      }
      if (survivor != null) {
        kept.add(survivor);
      }
    }
    return kept;
  }
}
