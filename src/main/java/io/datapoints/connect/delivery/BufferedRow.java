package io.datapoints.connect.delivery;

import io.datapoints.connect.delivery.offsets.PendingRecord;
import io.datapoints.connect.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A row in a buffer with the record it came from, and the row of the same primary key that it
 * replaced, as a rule an older one. The record of the replaced row is done when this row is; if the
 * store refuses this row, the replaced one is written.
 */
final class BufferedRow {

  /** The entry, and its place in the list that it waits in. */
  private static final int HEAP_BYTES = 32 + 6;

  final Row row;
  final PendingRecord pending;
  @Nullable BufferedRow replaced;

  /** Null as long as the store has not failed to take it. */
  @Nullable RowFailures failures;

  BufferedRow(Row row, PendingRecord pending) {
    this.row = row;
    this.pending = pending;
  }

  /** Whether this row, which came later, is kept of two rows of one primary key. */
  boolean replaces(BufferedRow earlier) {
    SinkRecord record = pending.record();
    SinkRecord other = earlier.pending.record();
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
  void replace(BufferedRow other) {
    BufferedRow last = this;
    while (last.replaced != null) {
      last = last.replaced;
    }
    last.replaced = other;
    if (failures == null) {
      failures = other.failures;
    }
  }

  /**
   * The store did not take it, for the first time or again.
   *
   * @param first what is noted for the first time
   */
  RowFailures notTaken(RowFailures first) {
    RowFailures noted = failures == null ? first : failures;
    failures = noted;
    return noted;
  }

  /** Whether this row or one that it replaced matches. */
  boolean hasAny(Predicate<BufferedRow> predicate) {
    for (BufferedRow next = this; next != null; next = next.replaced) {
      if (predicate.test(next)) {
        return true;
      }
    }
    return false;
  }

  /** The sum of what the rows bring to a batch. */
  static long bytes(List<BufferedRow> rows) {
    long sum = 0;
    for (BufferedRow entry : rows) {
      sum += entry.row.bytes();
    }
    return sum;
  }

  /**
   * Sorts rows by their clustering key; of equal keys, the one that replaces the others is left,
   * with them behind it.
   */
  static List<BufferedRow> inOrder(List<BufferedRow> rows) {
    rows.sort((left, right) -> left.row.compareClusteringKey(right.row));
    List<BufferedRow> distinct = new ArrayList<>(rows.size());
    for (BufferedRow entry : rows) {
      int last = distinct.size() - 1;
      if (last < 0 || distinct.get(last).row.compareClusteringKey(entry.row) != 0) {
        distinct.add(entry);
      } else if (entry.replaces(distinct.get(last))) {
        entry.replace(distinct.set(last, entry));
      } else {
        distinct.get(last).replace(entry);
      }
    }
    return distinct;
  }

  /**
   * Removes rows that are gone. An older row that such a row had replaced, and that still is, takes
   * its place.
   *
   * @param removed takes those that are gone, none of them with an older one behind it
   */
  static List<BufferedRow> withoutThose(
      Predicate<BufferedRow> gone, List<BufferedRow> entries, List<BufferedRow> removed) {
    List<BufferedRow> kept = new ArrayList<>(entries.size());
    for (BufferedRow entry : entries) {
      BufferedRow survivor = null;
      for (BufferedRow next = entry; next != null; ) {
        BufferedRow older = next.replaced;
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
