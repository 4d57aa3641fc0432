package io.datapoints.connect.kairosdb;

import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;

/** Gives the reasons of one metric to the record's sink and counts them; nothing is kept. */
final class Reasons {

  private final RawMetric metric;
  private final SampleSink sink;
  private int given;

  Reasons(RawMetric metric, SampleSink sink) {
    this.metric = metric;
    this.sink = sink;
  }

  /** Gives a reason about the metric, whose place in the record it starts with. */
  void give(Rule rule, String what) {
    sink.reject(rule, () -> MetricPath.of(metric) + what);
    given++;
  }

  /** Gives a reason about the tag in this row. */
  void giveTag(int row, String what) {
    sink.reject(Rule.TAGS, () -> MetricPath.tag(metric, row) + what);
    given++;
  }

  boolean any() {
    return given > 0;
  }
}
