package io.datapoints.connect.http.metrics;

import java.util.Locale;

/**
 * The metrics of the door: the one catalogue from which they are shown and documented. Each is an
 * attribute of {@code datapoints.connect:type=http-door}, with more keys where a metric has tags,
 * and the same by {@link #prometheusName} in {@code /metrics}.
 */
public enum DoorMetric {
  REQUESTS_TOTAL("requests", "Requests answered, by path and class of status code."),
  BYTES_RECEIVED_TOTAL("bytes", "Bytes of bodies as they came, before inflation."),
  BYTES_INFLATED_TOTAL("bytes", "Bytes that compressed bodies inflated to."),
  METRICS_ACCEPTED_TOTAL("metrics", "Metrics with points that Kafka has acknowledged."),
  POINTS_ACCEPTED_TOTAL("points", "Points that Kafka has acknowledged."),
  REJECTIONS_TOTAL("parts", "Parts of requests that broke a rule."),
  PARTS_SKIPPED_TOTAL(
      "parts",
      "Parts of requests that say nothing to store, as their format has it: the mark at the end of a"
          + " series."),
  RECORDS_SENT_TOTAL("records", "Records handed to Kafka's producer."),
  RECORDS_FAILED_TOTAL("records", "Records of which it is not known that Kafka has them."),
  UNAVAILABLE_TOTAL(
      "requests", "Requests turned away, or not answered with certainty, by cause: status 503."),
  REQUESTS_IN_FLIGHT("requests", "Requests that wait for their answers."),
  REQUESTS_IN_FLIGHT_LIMIT("requests", "How many those may be."),
  BYTES_IN_FLIGHT("bytes", "Bytes of requests that Kafka has not done with."),
  BYTES_IN_FLIGHT_LIMIT("bytes", "How many those may be."),
  ANSWER_SECONDS(
      "seconds", "Time from a body's last byte to its answer, which waits for Kafka.", true),
  LAST_STORED_TIME_SECONDS(
      "epoch seconds", "When Kafka last had all of a request; 0 before the first."),
  CONNECTIONS("connections", "Connections that are open."),
  CONNECTIONS_LIMIT("connections", "How many those may be."),
  CONNECTIONS_REFUSED_TOTAL(
      "connections", "Connections closed at once since their address had too many."),
  SLOW_SENDERS_TOTAL(
      "connections", "Connections on which a handshake, headers or a body took too long."),
  AUTHENTICATION_FAILURES_TOTAL("requests", "Requests without valid credentials: status 401."),
  TLS_HANDSHAKE_FAILURES_TOTAL("handshakes", "TLS handshakes that failed."),
  CERTIFICATE_DAYS_LEFT(
      "days", "Days until the certificate of a listener, or of its chain, is no longer valid."),
  READY("0 or 1", "Whether the door says that it is ready."),
  START_TIME_SECONDS("epoch seconds", "When the door opened."),
  KAIROSDB_DATAPOINTS_INGESTED_TOTAL("points", "As points-accepted-total."),
  KAIROSDB_BATCHES_PROCESSED_TOTAL("requests", "Bodies of data points that were answered."),
  KAIROSDB_INGESTION_ERRORS_TOTAL(
      "requests", "Bodies of data points that were not answered with success."),
  KAIROSDB_QUEUE_SIZE("requests", "As requests-in-flight."),
  KAIROSDB_MEMORY_USAGE_BYTES("bytes", "As bytes-in-flight."),
  KAIROSDB_BATCH_DURATION_SECONDS("seconds", "As answer-seconds.", true);

  private static final String PREFIX = "datapoints_http_";
  private static final String FOREIGN_PREFIX = "kairosdb_";

  private final String metricName = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String unit;
  private final String description;
  private final boolean histogram;

  DoorMetric(String unit, String description) {
    this(unit, description, false);
  }

  DoorMetric(String unit, String description, boolean histogram) {
    this.unit = unit;
    this.description = description;
    this.histogram = histogram;
  }

  /** The name of the attribute: lower case, with hyphens. */
  public String metricName() {
    return metricName;
  }

  /** What is counted or measured, for people. */
  public String unit() {
    return unit;
  }

  /** What an operator has to know of it. */
  public String description() {
    return description;
  }

  /** The name in {@code /metrics}; that of dashboards for another server stays as it is. */
  public String prometheusName() {
    String name = name().toLowerCase(Locale.ROOT);
    return name.startsWith(FOREIGN_PREFIX) ? name : PREFIX + name;
  }

  /** Prometheus' word for its kind. */
  String prometheusType() {
    if (histogram) {
      return "histogram";
    }
    return metricName.endsWith("-total") ? "counter" : "gauge";
  }
}
