package io.datapoints.connect.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The part of a connector's run in which its tasks wrote certain rows, by their own counts. */
final class Stretch {

  private Stretch() {}

  /**
   * Measures from the first look at which the first rows were written to the last one at which no
   * more than the last ones were. The tasks need not share the rows evenly: the first one to start
   * may have every partition for a while.
   *
   * @param samples in the order of time
   * @param ends each partition's offset after its last record; it ends before one is committed
   * @param from rows of all tasks; at least one is written before it begins
   * @param to rows of all tasks
   * @return empty when there are no two such looks, since it went by too quickly
   */
  static Optional<Measurement> between(
      String label, List<Sample> samples, Map<TopicPartition, Long> ends, double from, double to) {
    @Nullable Sample start = null;
    @Nullable Sample end = null;
    for (Sample sample : samples) {
      double rows = sample.counts().rows();
      if (start == null && rows > 0 && rows >= from) {
        start = sample;
      }
      if (rows <= to
          && ends.entrySet().stream().noneMatch(sample.committed().entrySet()::contains)) {
        end = sample;
      }
    }
    if (start == null || end == null || start.nanos() >= end.nanos()) {
      return Optional.empty();
    }
    Counts counts = end.counts().minus(start.counts());
    return Optional.of(
        new Measurement(
            label,
            counts.rows(),
            Duration.ofNanos(end.nanos() - start.nanos()),
            end.workerCpu().minus(start.workerCpu()),
            end.storeCpu().minus(start.storeCpu()),
            counts));
  }

  /**
   * How many rows were written by the first look at which so many records of each partition were
   * committed; of a topic in which every key comes in turn, each key has been written by then. More
   * than can be written where there is none.
   */
  static double rowsOnceCommitted(
      List<Sample> samples, Map<TopicPartition, Long> ends, double records) {
    return samples.stream()
        .filter(
            sample ->
                ends.keySet().stream()
                    .allMatch(each -> sample.committed().getOrDefault(each, 0L) >= records))
        .mapToDouble(sample -> sample.counts().rows())
        .findFirst()
        .orElse(Double.MAX_VALUE);
  }
}
