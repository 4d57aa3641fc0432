package io.datapoints.connect.delivery;

import io.datapoints.connect.store.PartitionKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Of each table, when the last batch was sent of which the store took anything: what tells a row
 * that it declines from a table or a store that it declines. As many as there are tables. Owned by
 * the task thread.
 */
final class TakenRows {

  private final Map<Object, Long> lastSent = new HashMap<>();

  void taken(Batch batch) {
    lastSent.merge(batch.buffer().partition().table(), batch.sentAt(), Math::max);
  }

  /** Whether rows of the same table were taken that were sent after this moment. */
  boolean since(PartitionKey partition, long moment) {
    Long sent = lastSent.get(partition.table());
    return sent != null && sent > moment;
  }
}
