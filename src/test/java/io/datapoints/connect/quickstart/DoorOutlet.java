package io.datapoints.connect.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.datapoints.connect.kit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.time.Duration;
import org.kairosdb.client.HttpClient;
import org.kairosdb.client.builder.Metric;
import org.kairosdb.client.builder.MetricBuilder;
import org.kairosdb.client.response.UnexpectedResponseException;

/**
 * Through the door, with KairosDB's own Java client, as if it were a KairosDB. What the client
 * returns from is in Kafka.
 */
final class DoorOutlet implements Outlet {

  private static final int METRICS_OF_A_REQUEST = 500;
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final int NO_CONTENT = 204;

  private final HttpClient client;
  private MetricBuilder metrics = MetricBuilder.getInstance();
  private boolean open;

  /**
   * @param door {@code http://host:port}
   */
  DoorOutlet(String door) {
    try {
      this.client = new HttpClient(door);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void send(Message message) {
    if (!(message instanceof Point point)) {
      throw new IllegalArgumentException("the door takes points");
    }
    add(point);
    if (metrics.getMetrics().size() == METRICS_OF_A_REQUEST) {
      flush();
    }
  }

  private void add(Point point) {
    JsonNode value = point.value();
    Metric metric =
        value.isTextual()
            ? metrics.addMetric(point.name(), "string")
            : metrics.addMetric(point.name());
    metric.addTags(point.tags());
    if (point.ttl() != 0) {
      metric.addTtl(point.ttl());
    }
    if (value.isTextual()) {
      metric.addDataPoint(point.timestamp(), value.textValue());
    } else if (value.isIntegralNumber()) {
      metric.addDataPoint(point.timestamp(), value.longValue());
    } else {
      metric.addDataPoint(point.timestamp(), value.doubleValue());
    }
  }

  @Override
  public void flush() {
    if (metrics.getMetrics().isEmpty()) {
      return;
    }
    if (!open) {
      // It looks for its topic every few seconds, and that has only just been made.
      Await.until("the door to open", BOUND, this::isOpen);
      open = true;
    }
    MetricBuilder request = metrics;
    metrics = MetricBuilder.getInstance();
    try {
      client.pushMetrics(request);
    } catch (UnexpectedResponseException e) {
      throw new IllegalStateException("the door did not take a request", e);
    }
  }

  private boolean isOpen() throws IOException {
    try {
      return client.getStatusCheck() == NO_CONTENT;
    } catch (UnexpectedResponseException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
