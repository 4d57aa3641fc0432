package io.datapoints.connect;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the consumer back while the engine is full. Used on the task thread. */
final class PartitionPauser {

  private static final Logger log = LoggerFactory.getLogger(PartitionPauser.class);

  private final SinkTaskContext context;
  private boolean paused;

  PartitionPauser(SinkTaskContext context) {
    this.context = context;
  }

  /** Pauses or resumes every assigned partition, when that is a change. */
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
   * Partitions that arrive are put into the state of the others. That goes for resuming too:
   * Connect remembers through a rebalance what was paused before it and pauses that again, although
   * the engine may have had room, and nothing assigned, in between.
   */
  void opened(Collection<TopicPartition> partitions) {
    TopicPartition[] arrived = partitions.toArray(TopicPartition[]::new);
    if (paused) {
      context.pause(arrived);
    } else {
      context.resume(arrived);
    }
  }
}
