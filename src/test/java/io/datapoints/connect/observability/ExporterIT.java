package io.datapoints.connect.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.observability.Exposition.Sample;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker with the exporter shows Prometheus, against what is asked of it. */
@ExtendWith(ServersExtension.class)
class ExporterIT {

  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final int GOOD = 50;

  /** Without tags, against KairosDB's rule. */
  private static final String BAD =
      "{\"name\": \"observed\", \"timestamp\": 1700000000000, \"value\": 1, \"tags\": {}}";

  /** Connect's own, under the names that Strimzi's examples give them. */
  private static final Set<String> STRIMZI =
      Set.of(
          "kafka_connect_connector_status",
          "kafka_connect_connector_task_status",
          "kafka_connect_connector_task_offset_commit_max_time_ms",
          "kafka_connect_coordinator_assigned_connectors",
          "kafka_connect_coordinator_assigned_tasks",
          "kafka_connect_sink_task_offset_commit_completion_rate",
          "kafka_connect_sink_task_partition_count",
          "kafka_connect_sink_task_put_batch_avg_time_ms",
          "kafka_connect_sink_task_sink_record_active_count",
          "kafka_connect_sink_task_sink_record_read_total",
          "kafka_connect_sink_task_sink_record_send_rate",
          "kafka_connect_start_time_seconds",
          "kafka_connect_task_error_deadletterqueue_produce_failures",
          "kafka_connect_task_error_deadletterqueue_produce_requests",
          "kafka_connect_task_error_total_errors_logged",
          "kafka_connect_worker_connector_count",
          "kafka_connect_worker_connector_failed_task_count",
          "kafka_connect_worker_connector_running_task_count",
          "kafka_connect_worker_rebalance_completed_rebalances_total",
          "kafka_connect_worker_task_startup_failure_total",
          "kafka_consumer_fetch_manager_records_lag");

  /** Whatever else a label held might grow without a bound. */
  private static final Set<String> LABELS =
      Set.of(
          "connector",
          "task",
          "rule",
          "cause",
          "clientid",
          "topic",
          "partition",
          "status",
          "connector_class",
          "connector_type",
          "connector_version");

  private final Servers servers;
  private final HttpClient client = HttpClient.newHttpClient();

  ExporterIT(Servers servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.3.1", "3.9.1"})
  void aWorkerShowsWhatTheCatalogueTheDashboardAndTheAlertsName(String version) throws IOException {
    int port = servers.ports().next();
    String name = "observed-" + version.replace('.', '-');
    try (ConnectWorker worker = servers.worker(observed(version, name, port));
        Pipeline pipeline = new Pipeline(servers, worker, name)) {
      pipeline.withDeadLetters().deploy();
      pipeline.deliver(Stream.concat(good(), Stream.of(BAD)).toArray(String[]::new));
      Exposition shown =
          Await.value(
              "the lag",
              BOUND,
              () ->
                  Optional.of(Exposition.read(client, port))
                      .filter(each -> each.names().containsAll(STRIMZI)));

      holdsTheCatalogue(shown, name);
      assertThat(shown.sum("kafka_connect_datapoints_records_received_total")).isEqualTo(GOOD + 1);
      assertThat(shown.sum("kafka_connect_datapoints_rows_written_total")).isEqualTo(GOOD);
      assertThat(shown.sum("kafka_connect_datapoints_rejections_total")).isEqualTo(1);
      assertThat(shown.sum("kafka_connect_task_error_deadletterqueue_produce_requests"))
          .isEqualTo(1);
      assertThat(shown.of("kafka_connect_connector_task_status"))
          .singleElement()
          .extracting(Sample::labels)
          .isEqualTo(Map.of("connector", name, "task", "0", "status", "running"));
      assertThat(shown.of("kafka_consumer_fetch_manager_records_lag"))
          .singleElement()
          .extracting(Sample::labels)
          .isEqualTo(
              Map.of(
                  "clientid",
                  "connector-consumer-" + name + "-0",
                  "connector",
                  name,
                  "task",
                  "0",
                  "topic",
                  name,
                  "partition",
                  "0"));
      assertThat(asked()).isSubsetOf(shown.names());
      isBounded(shown);
    }
  }

  private static WorkerSettings observed(String version, String group, int port) {
    String agent = System.getProperty("datapoints.exporter");
    Path rules = ExporterRules.FILE.toAbsolutePath();
    return WorkerSettings.defaults()
        .version(version)
        .archive(Servers.archive().orElseThrow())
        .group(group)
        .flag("-javaagent:%s=127.0.0.1:%d:%s".formatted(agent, port, rules));
  }

  private static Stream<String> good() {
    return IntStream.range(0, GOOD)
        .mapToObj(
            number ->
                "{\"name\": \"observed\", \"timestamp\": %d, \"value\": 1, \"tags\": {\"n\": \"%d\"}}"
                    .formatted(1_700_000_000_000L + number, number % 5));
  }

  private static void holdsTheCatalogue(Exposition shown, String connector) {
    for (Metric metric : Metric.values()) {
      String series = ExporterRules.series(metric);
      List<Sample> samples = shown.of(series);
      assertThat(samples)
          .as(series)
          .isNotEmpty()
          .allSatisfy(
              sample -> {
                assertThat(sample.labels())
                    .containsOnlyKeys(ExporterRules.labels(metric))
                    .containsEntry("connector", connector)
                    .containsEntry("task", "0");
              });
      assertThat(shown.types())
          .containsEntry(series, metric.kind().name().toLowerCase(Locale.ROOT));
      assertThat(shown.helps()).containsEntry(series, metric.description());
      metric
          .tag()
          .ifPresentOrElse(
              tag ->
                  assertThat(samples)
                      .extracting(sample -> sample.labels().get(tag.key()))
                      .containsExactlyInAnyOrderElementsOf(tag.ids()),
              () -> assertThat(samples).as(series).hasSize(1));
    }
  }

  /** Every series that the dashboard or an alert asks for; up comes from Prometheus itself. */
  private static Set<String> asked() throws IOException {
    Set<String> asked = new TreeSet<>();
    Stream.concat(
            Dashboard.connector().expressions().stream(),
            Alert.all().stream().map(Alert::expression))
        .forEach(expression -> asked.addAll(PromQl.series(expression)));
    assertThat(asked.remove("up")).isTrue();
    // The door shows its own; DoorSeriesTest has them.
    asked.removeIf(name -> name.startsWith(DoorSeriesTest.PREFIX));
    assertThat(asked).hasSizeGreaterThan(Metric.values().length);
    return asked;
  }

  private static void isBounded(Exposition shown) {
    assertThat(shown.samples())
        .filteredOn(sample -> sample.name().startsWith("kafka_"))
        .allSatisfy(sample -> assertThat(LABELS).containsAll(sample.labels().keySet()));
    assertThat(shown.names())
        .allSatisfy(
            name -> assertThat(name).matches("(kafka_connect|kafka_consumer|jvm|jmx|process)_.*"));
  }
}
