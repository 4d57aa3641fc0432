package io.datapoints.connect.benchmark;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a look at a running connector shows.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param committed committed offsets; a partition without a commit is missing
 * @param workerCpu processor time of the worker so far
 * @param storeCpu processor time of the store so far
 */
record Sample(
    long nanos, Map<TopicPartition, Long> committed, Duration workerCpu, Duration storeCpu) {}
