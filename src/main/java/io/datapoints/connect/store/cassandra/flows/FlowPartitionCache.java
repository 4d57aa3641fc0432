package io.datapoints.connect.store.cassandra.flows;

import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.model.Conversation;
import io.datapoints.connect.store.BoundedCache;
import java.time.Duration;
import java.util.Map;

/**
 * The partition that each conversation used last, so that addresses are encoded once a conversation
 * and not once a flow. Used by the task thread only.
 */
public final class FlowPartitionCache {

  /** Longer keys are not kept: this bounds the memory, about 400 bytes for a usual one. */
  private static final int MAX_KEPT_BYTES = 512;

  private final Map<Conversation, FlowPartition> latest;
  private final long width;

  /**
   * @param size how many conversations are kept
   */
  public FlowPartitionCache(int size, Bucket bucket) {
    this.latest = new BoundedCache<>(size);
    this.width =
        switch (bucket) {
          case NONE -> 0;
          case HOUR -> Duration.ofHours(1).toMillis();
          case DAY -> Duration.ofDays(1).toMillis();
        };
  }

  /**
   * The partition of a flow.
   *
   * @param timestamp the flow's, in milliseconds since the epoch
   * @throws IllegalArgumentException for a flow that fits into no partition, naming the field
   */
  FlowPartition of(Conversation conversation, long timestamp) {
    FlowPartition known = latest.get(conversation);
    if (width == 0) {
      return known != null ? known : keep(conversation, FlowPartition.of(conversation));
    }
    long start = bucketStart(timestamp);
    if (known == null) {
      known = FlowPartition.of(conversation);
    }
    return known.isIn(start) ? known : keep(conversation, known.in(start));
  }

  private FlowPartition keep(Conversation conversation, FlowPartition partition) {
    if (partition.length() <= MAX_KEPT_BYTES) {
      latest.put(conversation, partition);
    }
    return partition;
  }

  /** Counted from the epoch, as UTC has no leap seconds in it; before the epoch it is earlier. */
  private long bucketStart(long timestamp) {
    long start = timestamp - Math.floorMod(timestamp, width);
    if (start > timestamp) {
      throw new IllegalArgumentException("timestamp lies before the first time_bucket");
    }
    return start;
  }
}
