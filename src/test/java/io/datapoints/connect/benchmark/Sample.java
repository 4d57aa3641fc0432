package io.datapoints.connect.benchmark;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a look at a running connector shows.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param committed committed offsets; a partition without a commit is missing
 * @param tasks what each task has written so far, by its MBean; empty for a connector that does not
 *     tell
 * @param workerCpu processor time of the worker so far
 * @param storeCpu processor time of the store so far
 */
record Sample(
    long nanos,
    Map<TopicPartition, Long> committed,
    Map<String, Counts> tasks,
    Duration workerCpu,
    Duration storeCpu) {

  /** Of all tasks. */
  Counts counts() {
    return tasks.values().stream().reduce(Counts.NONE, Counts::plus);
  }
}
