package io.datapoints.connect.http;

import io.datapoints.connect.http.listener.Listeners;
import io.datapoints.connect.http.listener.TlsFiles;
import io.datapoints.connect.http.metrics.DoorMetric;
import io.datapoints.connect.http.metrics.Reading;
import io.datapoints.connect.intake.AnswerTimes;
import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.IntakeCounters;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.model.Rule;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the door's metrics together from those who count. Each number is counted once. */
final class DoorReadings {

  private final List<Reading> readings = new ArrayList<>();

  private DoorReadings() {}

  /**
   * All metrics, those of one name beside each other.
   *
   * @param tls null without https listeners
   * @param startedAt in milliseconds since the epoch
   */
  static List<Reading> of(
      Intake intake,
      RequestRecord requests,
      Ingestion ingestion,
      Entrance entrance,
      Health health,
      Listeners listeners,
      @Nullable TlsFiles tls,
      long startedAt) {
    DoorReadings all = new DoorReadings();
    all.addRequests(requests);
    all.addContent(intake.counters(), ingestion);
    all.addInFlight(intake);
    all.addAnswers(intake.counters());
    all.addConnections(listeners, ingestion, entrance);
    if (tls != null) {
      all.addTls(tls, listeners.addresses());
    }
    all.add(DoorMetric.READY, () -> health.ready() ? 1 : 0);
    all.add(DoorMetric.START_TIME_SECONDS, () -> seconds(startedAt));
    all.addForeign(intake, requests);
    return List.copyOf(all.readings);
  }

  private void add(DoorMetric metric, Supplier<Number> source) {
    readings.add(Reading.of(metric, source));
  }

  private void addRequests(RequestRecord requests) {
    for (Endpoint endpoint : Endpoint.values()) {
      for (int statusClass : RequestRecord.CLASSES) {
        readings.add(
            new Reading(
                DoorMetric.REQUESTS_TOTAL,
                "",
                Map.of("path", endpoint.path(), "status", statusClass + "xx"),
                () -> requests.answered(endpoint, statusClass)));
      }
    }
  }

  private void addContent(IntakeCounters counters, Ingestion ingestion) {
    add(DoorMetric.BYTES_RECEIVED_TOTAL, ingestion::receivedBytes);
    add(DoorMetric.BYTES_INFLATED_TOTAL, counters::inflatedBytes);
    add(DoorMetric.METRICS_ACCEPTED_TOTAL, counters::metrics);
    add(DoorMetric.POINTS_ACCEPTED_TOTAL, counters::points);
    for (Rule rule : Rule.values()) {
      readings.add(
          Reading.of(
              DoorMetric.REJECTIONS_TOTAL, "rule", rule.id(), () -> counters.rejected(rule)));
    }
    add(DoorMetric.PARTS_SKIPPED_TOTAL, counters::skipped);
    add(DoorMetric.RECORDS_SENT_TOTAL, counters::records);
    add(DoorMetric.RECORDS_FAILED_TOTAL, counters::failedRecords);
    for (Outcome.Cause cause : Outcome.Cause.values()) {
      readings.add(
          Reading.of(
              DoorMetric.UNAVAILABLE_TOTAL,
              "cause",
              cause.name().toLowerCase(Locale.ROOT),
              () -> counters.unavailable(cause)));
    }
  }

  private void addInFlight(Intake intake) {
    add(DoorMetric.REQUESTS_IN_FLIGHT, intake::requestsInFlight);
    add(DoorMetric.REQUESTS_IN_FLIGHT_LIMIT, intake::maxRequestsInFlight);
    add(DoorMetric.BYTES_IN_FLIGHT, intake::bytesInFlight);
    add(DoorMetric.BYTES_IN_FLIGHT_LIMIT, intake::maxBytesInFlight);
  }

  private void addAnswers(IntakeCounters counters) {
    addHistogram(DoorMetric.ANSWER_SECONDS, counters.times());
    add(DoorMetric.LAST_STORED_TIME_SECONDS, () -> seconds(counters.lastStored()));
  }

  private void addHistogram(DoorMetric metric, AnswerTimes times) {
    for (int i = 0; i <= times.bounds().size(); i++) {
      int bucket = i;
      String bound =
          i < times.bounds().size() ? Double.toString(times.bounds().get(i) / 1_000.0) : "+Inf";
      readings.add(
          new Reading(metric, "-bucket", Map.of("le", bound), () -> times.cumulated().get(bucket)));
    }
    readings.add(new Reading(metric, "-sum", Map.of(), times::seconds));
    readings.add(
        new Reading(
            metric, "-count", Map.of(), () -> times.cumulated().get(times.bounds().size())));
  }

  private void addConnections(Listeners listeners, Ingestion ingestion, Entrance entrance) {
    add(DoorMetric.CONNECTIONS, listeners::connections);
    add(DoorMetric.CONNECTIONS_LIMIT, listeners::maxConnections);
    add(DoorMetric.CONNECTIONS_REFUSED_TOTAL, listeners::refusedConnections);
    add(DoorMetric.SLOW_SENDERS_TOTAL, () -> listeners.slowConnections() + ingestion.slowBodies());
    add(DoorMetric.AUTHENTICATION_FAILURES_TOTAL, entrance::refusedCredentials);
  }

  private void addTls(TlsFiles tls, List<URI> addresses) {
    add(DoorMetric.TLS_HANDSHAKE_FAILURES_TOTAL, tls::failedHandshakes);
    addresses.stream()
        .filter(address -> "https".equals(address.getScheme()))
        .forEach(
            address ->
                readings.add(
                    Reading.of(
                        DoorMetric.CERTIFICATE_DAYS_LEFT,
                        "listener",
                        address.getAuthority(),
                        tls::daysLeft)));
  }

  /** By the names of another server's dashboards. */
  private void addForeign(Intake intake, RequestRecord requests) {
    IntakeCounters counters = intake.counters();
    List<Endpoint> bodies = Arrays.stream(Endpoint.values()).filter(Endpoint::takesPoints).toList();
    add(DoorMetric.KAIROSDB_DATAPOINTS_INGESTED_TOTAL, counters::points);
    add(
        DoorMetric.KAIROSDB_BATCHES_PROCESSED_TOTAL,
        () -> answered(requests, bodies, RequestRecord.CLASSES));
    add(
        DoorMetric.KAIROSDB_INGESTION_ERRORS_TOTAL,
        () -> answered(requests, bodies, List.of(4, 5)));
    add(DoorMetric.KAIROSDB_QUEUE_SIZE, intake::requestsInFlight);
    add(DoorMetric.KAIROSDB_MEMORY_USAGE_BYTES, intake::bytesInFlight);
    addHistogram(DoorMetric.KAIROSDB_BATCH_DURATION_SECONDS, counters.times());
  }

  private static long answered(
      RequestRecord requests, List<Endpoint> endpoints, List<Integer> classes) {
    return endpoints.stream()
        .flatMapToLong(
            endpoint -> classes.stream().mapToLong(each -> requests.answered(endpoint, each)))
        .sum();
  }

  private static double seconds(long millis) {
    return millis / (double) TimeUnit.SECONDS.toMillis(1);
  }
}
