package io.datapoints.connect.kairosdb;

import io.datapoints.connect.payload.RawColumn;
import io.datapoints.connect.payload.RawColumn.Kind;

/**
 * Where in a record a reason belongs, as KairosDB writes it: {@code metric[0](name=m)}, the name
 * only once it is known to be one.
 */
final class MetricPath {

  /** Longer names are cut: a reason travels in headers and logs. */
  private static final int MAX_NAME_CHARS = 256;

  private MetricPath() {}

  /** The metric, by its position alone. */
  private static String unnamed(RawMetric metric) {
    return "metric[" + metric.index() + "]";
  }

  /** The metric, with its name when it has one. */
  static String of(RawMetric metric) {
    RawColumn fields = metric.fields();
    boolean named = fields.kind(RawMetric.NAME) == Kind.TEXT && fields.length(RawMetric.NAME) > 0;
    return named
        ? unnamed(metric) + "(name=" + text(fields, RawMetric.NAME) + ")"
        : unnamed(metric);
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

  /** A text of the record that may be shown: a name, never a value. */
  static String text(RawColumn column, int row) {
    return Printable.of(column.abbreviated(row, MAX_NAME_CHARS));
  }

  static String cut(String name) {
    return Printable.of(
        name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS) + "...");
  }
}
