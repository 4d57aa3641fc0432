package io.datapoints.connect.fault;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What people do to a connector while it runs. Each returns once it is done.
 *
 * @param worker where they do it
 * @param connector its name
 */
record Operator(ConnectWorker worker, String connector) {

  private static final Duration BOUND = Duration.ofMinutes(2);

  /** Restarts the connector with all of its tasks, which are so many. */
  void restart(int tasks) throws IOException {
    Collection<Long> before = starts();
    worker.rest().restart(connector);
    Await.until(
        "new tasks of " + connector,
        BOUND,
        () -> {
          Collection<Long> now = starts();
          return now.size() == tasks && now.stream().noneMatch(before::contains);
        });
    worker.rest().awaitRunning(connector);
  }

  /** When each task started, in milliseconds since the epoch. */
  private Collection<Long> starts() throws IOException {
    return worker
        .attributes(Watch.beans(connector), Metric.START_TIME_MS.metricName())
        .values()
        .stream()
        .flatMap(task -> task.values().stream())
        .map(Long.class::cast)
        .toList();
  }

  /** Has another number of tasks, each of them with its figures. */
  void setTasks(Map<String, String> config, int count) throws IOException {
    config.put("tasks.max", Integer.toString(count));
    worker.rest().putConnector(connector, config);
    Await.until(
        count + " tasks of " + connector,
        BOUND,
        () -> worker.beans(Watch.beans(connector)).size() == count);
  }

  void pauseAndResume() throws IOException {
    worker.rest().pause(connector);
    Await.until(
        "the pause of " + connector,
        BOUND,
        () -> worker.rest().states(connector).stream().allMatch("PAUSED"::equals));
    worker.rest().resume(connector);
    worker.rest().awaitRunning(connector);
  }

  /** Takes the tasks down, sets what they have committed, and starts them again. */
  void move(Map<TopicPartition, Long> offsets) throws IOException {
    worker.rest().stop(connector);
    Await.until(
        "the stop of " + connector,
        BOUND,
        () -> worker.rest().states(connector).equals(List.of("STOPPED")));
    // The last task may still be leaving its consumer group.
    Await.until(
        "the offsets of " + connector + " to be altered",
        BOUND,
        () -> {
          worker.rest().alterOffsets(connector, offsets);
          return true;
        });
    worker.rest().resume(connector);
    worker.rest().awaitRunning(connector);
  }
}
