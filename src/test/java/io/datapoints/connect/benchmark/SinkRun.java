package io.datapoints.connect.benchmark;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Runs a connector over a full topic until everything is committed, and watches it. */
final class SinkRun {

  private static final Duration BOUND = Duration.ofMinutes(5);

  private final ConnectWorker worker;
  private final Kafka kafka;
  private final CassandraNode cassandra;
  private final BenchmarkSettings settings;
  private final String keyspace;

  SinkRun(
      ConnectWorker worker,
      Kafka kafka,
      CassandraNode cassandra,
      BenchmarkSettings settings,
      String keyspace) {
    this.worker = worker;
    this.kafka = kafka;
    this.cassandra = cassandra;
    this.settings = settings;
    this.keyspace = keyspace;
  }

  /**
   * What a run shows.
   *
   * @param samples in the order of time, until everything was committed
   * @param rowsPerBatch on average, as the tasks count them
   */
  record Outcome(List<Sample> samples, double rowsPerBatch) {}

  /**
   * One run.
   *
   * @param name of the connector; a new one reads the topic from the start
   * @param ends each partition's offset after its last record
   */
  Outcome over(String name, String topic, Map<TopicPartition, Long> ends) throws IOException {
    List<Sample> samples = new ArrayList<>();
    worker.rest().putConnector(name, config(topic));
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
    double rowsPerBatch = figure(name, "RowsWritten") / figure(name, "BatchesWritten");
    worker.rest().deleteConnector(name);
    return new Outcome(samples, rowsPerBatch);
  }

  private Sample sample(String group) {
    Map<TopicPartition, Long> committed = kafka.committedOffsets(group);
    return new Sample(
        System.nanoTime(), committed, worker.process().cpuTime(), cassandra.process().cpuTime());
  }

  /** One figure of all tasks together. */
  private double figure(String name, String attribute) throws IOException {
    double sum = 0;
    for (String bean :
        worker.beans("io.datapoints.connect:type=sink-task-metrics,connector=" + name + ",*")) {
      sum += ((Number) worker.attribute(bean, attribute)).doubleValue();
    }
    return sum;
  }

  /** A failed task commits no more; asked now and then only, since the worker has to answer. */
  private void failIfFailed(String name, int samples) throws IOException {
    if (samples % 40 == 0 && worker.rest().states(name).contains("FAILED")) {
      throw new IllegalStateException(name + " failed: " + worker.rest().trace(name));
    }
  }

  private Map<String, String> config(String topic) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.datapoints.connect.CassandraDatapointSinkConnector");
    config.put("topics", topic);
    config.put("tasks.max", Integer.toString(settings.tasks()));
    config.put("cassandra.contact.points", cassandra.contactPoint());
    config.put("cassandra.local.datacenter", cassandra.localDatacenter());
    config.put("cassandra.keyspace", keyspace);
    config.put("cassandra.schema.create", "true");
    config.put("cassandra.replication", "{'class': 'SimpleStrategy', 'replication_factor': '1'}");
    config.putAll(settings.connector());
    return config;
  }
}
