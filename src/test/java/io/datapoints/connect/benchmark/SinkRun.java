package io.datapoints.connect.benchmark;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
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

  private static final Duration BOUND = Duration.ofMinutes(10);

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
   * @param rowsPerBatch on average, as the tasks count them; NaN for a connector that does not
   */
  record Outcome(List<Sample> samples, double rowsPerBatch) {}

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
          Sample sample = sample("connect-" + name);
          samples.add(sample);
          failIfFailed(name, samples.size());
          return sample.committed().equals(ends);
        });
    double rowsPerBatch =
        figure(name, Metric.ROWS_WRITTEN_TOTAL) / figure(name, Metric.BATCHES_WRITTEN_TOTAL);
    worker.rest().deleteConnector(name);
    return new Outcome(samples, rowsPerBatch);
  }

  private Sample sample(String group) {
    Map<TopicPartition, Long> committed = kafka.committedOffsets(group);
    return new Sample(
        System.nanoTime(), committed, worker.process().cpuTime(), store.process().cpuTime());
  }

  /** One figure of all tasks together. */
  private double figure(String name, Metric metric) throws IOException {
    double sum = 0;
    for (String bean : worker.beans("kafka.connect:type=plugins,connector=" + name + ",task=*")) {
      sum += ((Number) worker.attribute(bean, metric.metricName())).doubleValue();
    }
    return sum;
  }

  /** A failed task commits no more; asked now and then only, since the worker has to answer. */
  private void failIfFailed(String name, int samples) throws IOException {
    if (samples % 40 == 0 && worker.rest().states(name).contains("FAILED")) {
      throw new IllegalStateException(name + " failed: " + worker.rest().trace(name));
    }
  }
}
