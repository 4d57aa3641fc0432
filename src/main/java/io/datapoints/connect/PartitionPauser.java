package io.datapoints.connect;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses the consumer while the engine is full. Used on the task thread. */
final class PartitionPauser {

  private static final Logger log = LoggerFactory.getLogger(PartitionPauser.class);

  private final SinkTaskContext context;
  private boolean paused;

  PartitionPauser(SinkTaskContext context) {
    this.context = context;
  }

  /** Pauses or resumes every assigned partition if their state changes. */
  void pauseIf(boolean full) {
    if (full != paused) {
      paused = full;
      TopicPartition[] assigned = context.assignment().toArray(TopicPartition[]::new);
      if (full) {
        context.pause(assigned);
      } else {
        context.resume(assigned);
      }
      log.debug("{} {} partitions", full ? "Paused" : "Resumed", assigned.length);
    }
  }

  /**
   * Gives newly assigned partitions the state of the others. They may have to be resumed: Connect
   * pauses those again that were paused before a rebalance, although the engine may have got room
   * while no partition was assigned.
   */
  void opened(Collection<TopicPartition> partitions) {
    TopicPartition[] assigned = partitions.toArray(TopicPartition[]::new);
    if (paused) {
      context.pause(assigned);
    } else {
      context.resume(assigned);
    }
  }
}
