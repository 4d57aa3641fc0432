package io.datapoints.connect.delivery;

import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.SharedLimits;
import io.datapoints.connect.store.Store;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The buffers whose rows wait for others, by the groups of partitions that may share a batch. There
 * are as many groups as sets of replicas. Owned by the task thread.
 */
final class FillingBuffers {

  /**
   * The part of the batches under way that one group may have where there are others. When it turns
   * out to be away, as many may still be under way in all: it leaves others room from the first
   * moment on.
   */
  private static final double MOST_IN_FLIGHT = 0.5;

  /** With each change of the cluster there are others; more than these are hardly in use. */
  private static final int MOST_GROUPS = 10_000;

  private final Store store;
  private final int mostInFlight;
  private final PartitionGroup alone = new PartitionGroup(false);
  private final Map<Object, PartitionGroup> groups = new HashMap<>();

  /**
   * @param store says which partitions may share a batch
   * @param inFlight how many batches may be under way
   */
  FillingBuffers(Store store, int inFlight) {
    this.store = store;
    this.mostInFlight = Math.max(1, (int) (inFlight * MOST_IN_FLIGHT));
  }

  /** A buffer is filling since now. */
  void add(PartitionBuffer buffer, long now) {
    Object key = buffer.shareable() ? key(buffer.partition()) : null;
    (key == null ? alone : group(key)).add(buffer, now);
  }

  private @Nullable Object key(PartitionKey partition) {
    return limits().partitions() > 1 ? store.group(partition) : null;
  }

  private PartitionGroup group(Object key) {
    PartitionGroup group = groups.get(key);
    return group == null ? started(key) : group;
  }

  private PartitionGroup started(Object key) {
    if (groups.size() >= MOST_GROUPS) {
      groups.values().removeIf(PartitionGroup::idle);
    }
    PartitionGroup group = new PartitionGroup(true);
    groups.put(key, group);
    return group;
  }

  SharedLimits limits() {
    return store.sharedLimits();
  }

  /**
   * Since when the oldest buffer has been filling, of groups that did not fail and whether or not
   * one more batch of its group may be sent now; {@link PartitionGroup#NEVER} for none.
   */
  long oldestSince() {
    long oldest = alone.oldest();
    for (PartitionGroup group : groups.values()) {
      if (!group.failing()) {
        oldest = Math.min(oldest, group.oldest());
      }
    }
    return oldest;
  }

  /** The group that is to be served next, of those that did not fail; null for none. */
  @Nullable PartitionGroup oldest() {
    PartitionGroup oldest = alone;
    for (PartitionGroup group : groups.values()) {
      boolean room = groups.size() == 1 || group.inFlight() < mostInFlight;
      if (room && !group.failing() && group.oldest() < oldest.oldest()) {
        oldest = group;
      }
    }
    return oldest.oldest() == PartitionGroup.NEVER ? null : oldest;
  }

  /** A group that failed and may be tried again; null for none. */
  @Nullable PartitionGroup toRepeat(long now) {
    for (PartitionGroup group : groups.values()) {
      if (group.failing() && group.nextAttempt() <= now && group.oldest() <= now) {
        return group;
      }
    }
    return null;
  }

  /** When a group that failed may be tried again, {@link PartitionGroup#NEVER} for none. */
  long nextRepetition() {
    long next = PartitionGroup.NEVER;
    for (PartitionGroup group : groups.values()) {
      if (group.failing() && group.oldest() != PartitionGroup.NEVER) {
        next = Math.min(next, group.nextAttempt());
      }
    }
    return next;
  }

  /** Whether any buffer waits here, that of a group that failed included. */
  boolean any() {
    if (alone.oldest() != PartitionGroup.NEVER) {
      return true;
    }
    for (PartitionGroup group : groups.values()) {
      if (group.oldest() != PartitionGroup.NEVER) {
        return true;
      }
    }
    return false;
  }
}
