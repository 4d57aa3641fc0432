package io.datapoints.connect.benchmark;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Retained;
import io.datapoints.connect.kit.Server;
import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Runs a connector over a full topic until everything is committed, and watches it. */
final class SinkRun {

  private static final Duration BOUND = Duration.ofMinutes(20);

  /** In the order of {@link Counts}. */
  private static final List<Metric> COUNTED =
      List.of(
          Metric.ROWS_WRITTEN_TOTAL,
          Metric.PARTITIONS_WRITTEN_TOTAL,
          Metric.BATCHES_WRITTEN_TOTAL,
          Metric.INDEX_ROWS_WRITTEN_TOTAL);

  private final ConnectWorker worker;
  private final Kafka kafka;
  private final Server store;
  private final BenchmarkSettings settings;

  /**
   * @param store whose processor time is measured
   */
  SinkRun(ConnectWorker worker, Kafka kafka, Server store, BenchmarkSettings settings) {
    this.worker = worker;
    this.kafka = kafka;
    this.store = store;
    this.settings = settings;
  }

  /**
   * What a run shows.
   *
   * @param samples in the order of time, until everything was committed
   * @param heap bytes of the worker's heap after a collection, the tasks still there
   */
  record Outcome(List<Sample> samples, long heap) {

    /** What the tasks have sent. */
    Counts counts() {
      return samples.get(samples.size() - 1).counts();
    }
  }

  /**
   * One run.
   *
   * @param name of the connector; a new one reads the topic from the start
   * @param config what to run
   * @param ends each partition's offset after its last record
   */
  Outcome over(
      String name, Map<String, String> config, String topic, Map<TopicPartition, Long> ends)
      throws IOException {
    List<Sample> samples = new ArrayList<>();
    Map<String, String> complete = new HashMap<>(config);
    complete.put("topics", topic);
    complete.put("tasks.max", Integer.toString(settings.tasks()));
    worker.rest().putConnector(name, complete);
    worker.rest().awaitRunning(name);
    Await.until(
        name + " to commit all of " + topic,
        BOUND,
        () -> {
          Sample sample = sample(name);
          samples.add(sample);
          failIfFailed(name, samples.size());
          return sample.committed().equals(ends);
        });
    long heap = Retained.of(worker).heap();
    worker.rest().deleteConnector(name);
    return new Outcome(samples, heap);
  }

  private Sample sample(String name) throws IOException {
    Map<TopicPartition, Long> committed = kafka.committedOffsets("connect-" + name);
    Map<String, Counts> tasks = new HashMap<>();
    worker
        .attributes(
            "kafka.connect:type=plugins,connector=" + name + ",task=*",
            COUNTED.stream().map(Metric::metricName).toArray(String[]::new))
        .forEach((bean, figures) -> tasks.put(bean, counts(figures)));
    return new Sample(
        System.nanoTime(), committed, tasks, worker.process().cpuTime(), store.process().cpuTime());
  }

  private static Counts counts(Map<String, Object> figures) {
    double[] each =
        COUNTED.stream()
            .map(metric -> figures.getOrDefault(metric.metricName(), 0))
            .mapToDouble(figure -> ((Number) figure).doubleValue())
            .toArray();
    return new Counts(each[0], each[1], each[2], each[3]);
  }

  /** A failed task commits no more; asked now and then only, since the worker has to answer. */
  private void failIfFailed(String name, int samples) throws IOException {
    if (samples % 40 == 0 && worker.rest().states(name).contains("FAILED")) {
      throw new IllegalStateException(name + " failed: " + worker.rest().trace(name));
    }
  }
}
