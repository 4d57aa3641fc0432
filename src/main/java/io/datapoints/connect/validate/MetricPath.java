package io.datapoints.connect.validate;

import io.datapoints.connect.kairosdb.RawColumn.Kind;
import io.datapoints.connect.kairosdb.RawMetric;

/**
 * Where in a record a reason belongs, as KairosDB writes it: {@code metric[0](name=m)}, the name
 * only once it is known to be one.
 */
final class MetricPath {

  /** Longer names are cut: a reason travels in headers and logs. */
  private static final int MAX_NAME_CHARS = 256;

  private MetricPath() {}

  /** The metric, by its position alone. */
  static String unnamed(RawMetric metric) {
    return "metric[" + metric.index() + "]";
  }

  /** The metric, with its name when it has one. */
  static String of(RawMetric metric) {
    String name = metric.fields().text(RawMetric.NAME);
    boolean named = metric.fields().kind(RawMetric.NAME) == Kind.TEXT && !name.isEmpty();
    return named ? unnamed(metric) + "(name=" + cut(name) + ")" : unnamed(metric);
  }

  /** The datapoint at this position, or what the top level gives when it is negative. */
  static String of(RawMetric metric, int point) {
    return point < 0 ? of(metric) : of(metric) + ".datapoints[" + point + "]";
  }

  /** The tag by its name, or by its position where it has none. */
  static String tag(RawMetric metric, int row) {
    String name = metric.tagName(row);
    return of(metric) + ".tag[" + (name.isEmpty() ? String.valueOf(row) : cut(name)) + "]";
  }

  static String cut(String name) {
    return name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS) + "...";
  }
}
