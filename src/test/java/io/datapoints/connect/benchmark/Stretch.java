package io.datapoints.connect.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of a connector's run in which its tasks wrote certain rows, by their own counts. */
final class Stretch {

  private Stretch() {}

  /**
   * Measures from the first look at which each task had written its share of the first rows to the
   * last one at which none had written more than its share of the last ones.
   *
   * @param samples in the order of time
   * @param tasks which share the rows evenly
   * @param from rows of all tasks; at least one row of each is written before it begins
   * @param to rows of all tasks
   * @return empty when there are no two such looks, since it went by too quickly
   */
  static Optional<Measurement> between(
      String label, List<Sample> samples, int tasks, double from, double to) {
    @Nullable Sample start = null;
    @Nullable Sample end = null;
    for (Sample sample : samples) {
      List<Double> rows = sample.tasks().values().stream().map(Counts::rows).toList();
      if (rows.size() < tasks) {
        continue;
      }
      if (start == null && rows.stream().allMatch(each -> each > 0 && each >= from / tasks)) {
        start = sample;
      }
      if (rows.stream().allMatch(each -> each <= to / tasks)) {
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
}
