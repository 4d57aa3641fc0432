package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;

/**
 * Gives the sink the reasons against one metric, and counts them. Each begins with its place in the
 * record as KairosDB writes it: {@code metric[0](name=m)}, with the name if it is a text.
 */
final class RejectReasons {

  private final RawMetric metric;
  private final SampleSink sink;
  private int given;

  RejectReasons(RawMetric metric, SampleSink sink) {
    this.metric = metric;
    this.sink = sink;
  }

  /** Gives a reason against the metric. */
  void give(Rule rule, String what) {
    sink.reject(rule, () -> place(metric) + what);
    given++;
  }

  /**
   * Gives a reason against the tag in this row, with its name or, if that is empty, its position.
   */
  void giveTag(int row, String what) {
    sink.reject(
        Rule.TAGS,
        () -> {
          String name = metric.tagName(row);
          String tag = name.isEmpty() ? String.valueOf(row) : NameInReason.of(name);
          return place(metric) + ".tag[" + tag + "]" + what;
        });
    given++;
  }

  boolean any() {
    return given > 0;
  }

  /** The place of the metric, with its name if it has one. */
  static String place(RawMetric metric) {
    RawColumn fields = metric.fields();
    boolean named = fields.kind(RawMetric.NAME) == Kind.TEXT && fields.length(RawMetric.NAME) > 0;
    String place = "metric[" + metric.index() + "]";
    return named
        ? place
            + "(name="
            + NameInReason.printable(fields.abbreviated(RawMetric.NAME, NameInReason.MAX_CHARS))
            + ")"
        : place;
  }

  /** The place of the datapoint at this position, or of the metric if the position is negative. */
  static String place(RawMetric metric, int point) {
    return point < 0
        ? place(metric)
        : place(metric) + ".datapoints[" + (metric.firstPoint() + point) + "]";
  }
}
