package io.datapoints.connect.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.KafkaBroker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The metrics of a task as JMX shows them, on a worker that knows plugin metrics and on an older.
 */
@ExtendWith(ServersExtension.class)
class MetricsIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String OLDER = "3.9.1";

  private final Servers servers;

  MetricsIT(Servers servers) {
    this.servers = servers;
  }

  private ConnectWorker worker(String version, String group) {
    return servers.worker(
        WorkerSettings.defaults()
            .version(version)
            .archive(Servers.archive().orElseThrow())
            .group(group));
  }

  @ParameterizedTest
  @ValueSource(strings = {KafkaBroker.VERSION, OLDER})
  void everyMetricCountsWhatHappenedAndOutlivesPauseAndRestart(String version) throws IOException {
    String name = "metrics-" + version.replace('.', '-');
    long before = System.currentTimeMillis();
    try (ConnectWorker worker = worker(version, name)) {
      try (Pipeline pipeline = new Pipeline(servers, worker, name)) {
        pipeline.withDeadLetters().with("kairosdb.ttl.align", "true").deploy();
        // Alone, so that the index rows which all series share are written once.
        pipeline.deliver(Records.good(0));
        pipeline.send(Records.good(1, 100));
        pipeline.send(Records.BAD, "{", Records.BAD, Records.EXPIRED, Records.EXPIRED);
        pipeline.deliver(Records.EXPIRED);
        Map<Metric, Number> figures = awaitLatencies(worker, name);
        assertCounts(figures);
        assertStates(figures, before);
        assertTagged(worker, name);

        pauseAndResume(worker, name);
        assertThat(read(worker, name).keySet()).isEqualTo(figures.keySet());
        assertThat(read(worker, name)).containsEntry(Metric.ROWS_WRITTEN_TOTAL, 100L);

        restart(worker, name, of(figures, Metric.START_TIME_MS));
        pipeline.deliver(Records.good(100));
        assertThat(read(worker, name).keySet()).isEqualTo(figures.keySet());
        assertThat(read(worker, name))
            .containsEntry(Metric.RECORDS_RECEIVED_TOTAL, 1L)
            .containsEntry(Metric.ROWS_WRITTEN_TOTAL, 1L);
        assertThat(worker.rest().states(name)).containsOnly("RUNNING");
      }
      Await.until("the end of " + name, BOUND, () -> beans(worker, name).isEmpty());
    }
  }

  private static void assertCounts(Map<Metric, Number> figures) {
    assertThat(figures)
        .containsEntry(Metric.RECORDS_RECEIVED_TOTAL, 106L)
        .containsEntry(Metric.RECORDS_REJECTED_TOTAL, 3L)
        .containsEntry(Metric.RECORDS_REPORTED_TOTAL, 3L)
        .containsEntry(Metric.ROWS_WRITTEN_TOTAL, 100L)
        .containsEntry(Metric.ROWS_EXPIRED_TOTAL, 3L)
        .containsEntry(Metric.BATCHES_REFUSED_TOTAL, 0L)
        // Each host's key is made once, and no record has the host of the one before it.
        .containsEntry(Metric.ROW_KEY_CACHE_MISSES_TOTAL, 5L)
        .containsEntry(Metric.ROW_KEY_CACHE_HITS_TOTAL, 95L)
        // One metric name, one row time, five row keys.
        .containsEntry(Metric.INDEX_ROWS_WRITTEN_TOTAL, 7L);
    long batches = of(figures, Metric.BATCHES_WRITTEN_TOTAL).longValue();
    // Five series with few points each, some of which share a batch.
    assertThat(batches).isBetween(1L, 100L);
    assertThat(of(figures, Metric.PARTITIONS_WRITTEN_TOTAL).longValue())
        .isBetween(Math.max(5L, batches), 100L);
    assertThat(of(figures, Metric.BATCH_ROWS_AVG).doubleValue()).isEqualTo(100.0 / batches);
    assertThat(of(figures, Metric.BYTES_WRITTEN_TOTAL).longValue()).isBetween(5_000L, 20_000L);
  }

  private static void assertStates(Map<Metric, Number> figures, long before) {
    long now = System.currentTimeMillis();
    assertThat(figures)
        .containsEntry(Metric.ROWS_BUFFERED, 0L)
        .containsEntry(Metric.BYTES_BUFFERED, 0L)
        .containsEntry(Metric.BATCHES_IN_FLIGHT, 0L)
        .containsEntry(Metric.OLDEST_UNWRITTEN_AGE_MS, 0L)
        .containsEntry(Metric.STORE_REACHABLE, 1L)
        .containsEntry(Metric.STORE_UNAVAILABLE_MS, 0L)
        .containsEntry(Metric.PARTITIONS_PAUSED, 0L);
    long started = of(figures, Metric.START_TIME_MS).longValue();
    assertThat(started).isBetween(before, now);
    assertThat(of(figures, Metric.LAST_DURABLE_WRITE_TIME_MS).longValue()).isBetween(started, now);
    double half = of(figures, Metric.WRITE_LATENCY_MS_P50).doubleValue();
    double most = of(figures, Metric.WRITE_LATENCY_MS_P95).doubleValue();
    double nearlyAll = of(figures, Metric.WRITE_LATENCY_MS_P99).doubleValue();
    assertThat(half).isPositive().isLessThanOrEqualTo(most);
    assertThat(nearlyAll).isBetween(most, (double) now - before);
  }

  /** The sum of what there is by tags is that of the whole, and each id is there from the start. */
  private static void assertTagged(ConnectWorker worker, String name) throws IOException {
    Map<String, Long> broken = Map.of("tags", 2L, "json", 1L);
    long retries = 0;
    for (String rule : Metric.Tag.RULE.ids()) {
      assertThat(worker.attribute(Records.bean(name) + ",rule=" + rule, "rejections-total"))
          .as(rule)
          .isEqualTo(broken.getOrDefault(rule, 0L));
    }
    for (String cause : Metric.Tag.CAUSE.ids()) {
      retries += (Long) worker.attribute(Records.bean(name) + ",cause=" + cause, "retries-total");
    }
    assertThat(read(worker, name)).containsEntry(Metric.ATTEMPTS_FAILED_TOTAL, retries);
  }

  /** What the task's own MBean says, which has every metric without a tag. */
  private static Map<Metric, Number> read(ConnectWorker worker, String name) throws IOException {
    String[] attributes =
        Arrays.stream(Metric.values()).map(Metric::metricName).toArray(String[]::new);
    Map<Metric, Number> figures = new EnumMap<>(Metric.class);
    for (Map<String, Object> values : worker.attributes(Records.bean(name), attributes).values()) {
      for (Metric metric : Metric.values()) {
        if (metric.tag().isEmpty()) {
          figures.put(
              metric,
              (Number) Objects.requireNonNull(values.get(metric.metricName()), metric::name));
        }
      }
    }
    return figures;
  }

  private static Number of(Map<Metric, Number> figures, Metric metric) {
    return Objects.requireNonNull(figures.get(metric), metric::name);
  }

  private static List<String> beans(ConnectWorker worker, String name) throws IOException {
    return worker.beans(Records.bean(name) + ",*");
  }

  /** They are summed up with each flush; the last one may have been before the last answer. */
  private static Map<Metric, Number> awaitLatencies(ConnectWorker worker, String name)
      throws IOException {
    Await.until(
        "the latencies of all batches",
        BOUND,
        () -> {
          Map<Metric, Number> figures = read(worker, name);
          double batches = of(figures, Metric.BATCHES_WRITTEN_TOTAL).doubleValue();
          return of(figures, Metric.BATCH_ROWS_AVG).doubleValue() == 100 / batches;
        });
    return read(worker, name);
  }

  private static void pauseAndResume(ConnectWorker worker, String name) throws IOException {
    worker.rest().pause(name);
    Await.until(
        "the pause of " + name,
        BOUND,
        () -> worker.rest().states(name).stream().allMatch("PAUSED"::equals));
    worker.rest().resume(name);
    worker.rest().awaitRunning(name);
  }

  private static void restart(ConnectWorker worker, String name, Number started)
      throws IOException {
    worker.rest().restartTask(name, 0);
    String startTime = Metric.START_TIME_MS.metricName();
    Await.until(
        "another task of " + name,
        BOUND,
        () ->
            worker.attributes(Records.bean(name), startTime).values().stream()
                .map(task -> task.get(startTime))
                .anyMatch(start -> start != null && !start.equals(started)));
    worker.rest().awaitRunning(name);
  }

  /** As by a predecessor that never ends. A newer worker has a registry that lets nobody do so. */
  @Test
  void onAnOlderWorkerATaskTakesItsNamesFromWhoeverHasThem() throws IOException {
    String name = "metrics-taken";
    try (ConnectWorker worker = worker(OLDER, name);
        Pipeline pipeline = new Pipeline(servers, worker, name)) {
      String taken = Records.bean(name) + ",cause=other";
      worker.occupy(taken);
      pipeline.deploy().deliver(Records.good(0, 10));
      assertThat(worker.rest().states(name)).containsOnly("RUNNING");
      Await.until(
          "metrics of " + name,
          BOUND,
          () -> Objects.equals(read(worker, name).get(Metric.ROWS_WRITTEN_TOTAL), 10L));
      assertThat(worker.attribute(taken, "retries-total")).isInstanceOf(Long.class);
    }
  }
}
