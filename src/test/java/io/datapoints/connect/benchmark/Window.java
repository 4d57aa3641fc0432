package io.datapoints.connect.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The steady part of a connector's run: it begins when every partition has been committed for the
 * first time, and ends with the last commit before the first partition runs out of records. Tasks
 * commit at different moments; a partition's progress between two of its commits is taken as even.
 */
final class Window {

  private final List<Sample> samples;
  private final int first;
  private final int last;

  private Window(List<Sample> samples, int first, int last) {
    this.samples = samples;
    this.first = first;
    this.last = last;
  }

  /**
   * Finds the window.
   *
   * @param samples in the order of time
   * @param ends each partition's offset after its last record
   * @throws IllegalStateException when there is none: the topic was too short
   */
  static Window in(List<Sample> samples, Map<TopicPartition, Long> ends) {
    int first = Integer.MIN_VALUE;
    int last = Integer.MAX_VALUE;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      List<Integer> commits = commits(samples, end.getKey());
      commits.removeIf(each -> offset(samples, each, end.getKey()) >= end.getValue());
      if (commits.size() < 2) {
        throw new IllegalStateException(
            end.getKey() + " ran out of records before its second commit: raise benchmark.rows");
      }
      first = Math.max(first, commits.get(0));
      last = Math.min(last, commits.get(commits.size() - 1));
    }
    if (first >= last) {
      throw new IllegalStateException("the partitions were not read together");
    }
    return new Window(samples, first, last);
  }

  /** What the window brought, in a run that sent so much. */
  Measurement measurement(String label, int rowsPerRecord, Counts counts) {
    Sample start = samples.get(first);
    Sample end = samples.get(last);
    double records = 0;
    for (TopicPartition partition : end.committed().keySet()) {
      records += progress(partition, last) - progress(partition, first);
    }
    return new Measurement(
        label,
        records * rowsPerRecord,
        Duration.ofNanos(end.nanos() - start.nanos()),
        end.workerCpu().minus(start.workerCpu()),
        end.storeCpu().minus(start.storeCpu()),
        counts);
  }

  /** The offset that a partition had reached, between its commits in proportion to time. */
  private double progress(TopicPartition partition, int at) {
    List<Integer> commits = commits(samples, partition);
    int before = commits.get(0);
    int after = before;
    for (int commit : commits) {
      after = commit;
      if (commit >= at) {
        break;
      }
      before = commit;
    }
    long from = offset(samples, before, partition);
    long to = offset(samples, after, partition);
    if (before == after || at <= before) {
      return from;
    }
    double share =
        (double) (samples.get(at).nanos() - samples.get(before).nanos())
            / (samples.get(after).nanos() - samples.get(before).nanos());
    return from + share * (to - from);
  }

  /** The positions of the samples that show a new commit of the partition. */
  private static List<Integer> commits(List<Sample> samples, TopicPartition partition) {
    List<Integer> commits = new ArrayList<>();
    long previous = 0;
    for (int i = 0; i < samples.size(); i++) {
      long offset = offset(samples, i, partition);
      if (offset > previous) {
        commits.add(i);
        previous = offset;
      }
    }
    return commits;
  }

  private static long offset(List<Sample> samples, int at, TopicPartition partition) {
    return samples.get(at).committed().getOrDefault(partition, 0L);
  }
}
