package io.datapoints.connect.delivery;

import io.datapoints.connect.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is under way to the store in one request: the rows of one partition, or those of several
 * with few rows.
 *
 * @param parts at least one, no partition twice
 * @param group what they were taken from; null for a partition that was full or failed before
 * @param repetition whether the last attempt failed, that of the partition or of the group
 * @param sentAtMicros the engine's clock when it was sent
 */
record Batch(
    List<PartitionRows> parts,
    @Nullable PartitionGroup group,
    boolean repetition,
    long sentAtMicros) {

  /** Whether it is of several partitions. */
  boolean shared() {
    return parts.size() > 1;
  }

  /**
   * Whether another batch of its group failed since it was sent: that it fails too then tells
   * nothing new of other groups.
   */
  boolean overtaken() {
    return group != null && group.failing() && !repetition;
  }

  /** When it was sent, in the engine's milliseconds. */
  long sentAt() {
    return TimeUnit.MICROSECONDS.toMillis(sentAtMicros);
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>(size());
    for (PartitionRows part : parts) {
      for (BufferedRow entry : part.entries()) {
        rows.add(entry.row);
      }
    }
    return rows;
  }

  int size() {
    int rows = 0;
    for (PartitionRows part : parts) {
      rows += part.entries().size();
    }
    return rows;
  }
}
