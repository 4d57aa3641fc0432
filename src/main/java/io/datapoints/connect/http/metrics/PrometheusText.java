package io.datapoints.connect.http.metrics;

import java.util.List;
import java.util.Map;

/** Readings in Prometheus' text format, 0.0.4. */
public final class PrometheusText {

  /** The content type of it. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private PrometheusText() {}

  /**
   * Writes the readings as they are now.
   *
   * @param readings those of one metric beside each other
   */
  public static String of(List<Reading> readings) {
    StringBuilder text = new StringBuilder();
    DoorMetric last = null;
    for (Reading reading : readings) {
      DoorMetric metric = reading.metric();
      String name = metric.prometheusName();
      if (metric != last) {
        last = metric;
        text.append("# HELP ").append(name).append(' ').append(metric.description()).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(metric.prometheusType());
        text.append('\n');
      }
      text.append(name).append(reading.suffix().replace('-', '_'));
      labels(text, reading.tags());
      text.append(' ').append(number(reading.now())).append('\n');
    }
    return text.toString();
  }

  private static void labels(StringBuilder text, Map<String, String> tags) {
    if (tags.isEmpty()) {
      return;
    }
    char before = '{';
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      text.append(before).append(tag.getKey()).append("=\"");
      text.append(tag.getValue().replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
      before = ',';
    }
    text.append('}');
  }

  /** Whole numbers without a fraction, which Java gives to all of type double. */
  private static String number(Number value) {
    double number = value.doubleValue();
    return number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE
        ? Long.toString(value.longValue())
        : Double.toString(number);
  }
}
