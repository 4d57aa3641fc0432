package io.datapoints.connect.kairosdb;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Series;
import org.jspecify.annotations.Nullable;

/**
 * Applies KairosDB's rules to metrics and creates data points from them. The good points of a
 * metric are accepted even if others are bad; a bad name, tag or other field of the metric rejects
 * all its points.
 *
 * <p>The messages are KairosDB's where it has one. Unlike in KairosDB, the n of {@code
 * datapoints[n]} is the position in the array (KairosDB's falls behind after each bad point), and a
 * value that cannot be converted rejects its point, not the rest of the request. Points that
 * KairosDB would accept and then lose, or could not return, are rejected; numbers that it would
 * truncate or wrap are stored as doubles, or rejected where the metric says that they are longs.
 *
 * <p>One instance a task, used on the task's thread.
 */
final class DatapointValidator implements RawMetric.Handler {

  /** What a null in the place of a value means. */
  enum Nulls {
    /** There is no point, and nothing is wrong. */
    NO_POINTS,
    /** The point is bad, as it is to KairosDB. */
    REJECTED
  }

  private final SeriesInterner known = new SeriesInterner();
  private final SeriesRules seriesRules;
  private final FieldRules fieldRules;
  private final PointRules pointRules;

  DatapointValidator(KairosConfig settings, Nulls nulls) {
    this.seriesRules = new SeriesRules(settings.strict());
    PointTimes times = new PointTimes(settings.times());
    this.fieldRules = new FieldRules(times, settings.extendedTypes(), nulls);
    this.pointRules = new PointRules(times, settings.extendedTypes(), settings.strict(), nulls);
  }

  /** Gives the sink the metric's good points, and a reason for each bad one. */
  @Override
  public void handle(RawMetric metric, RecordOrigin origin, SampleSink sink) {
    Series series = series(metric, sink);
    if (series != null) {
      points(metric, series, origin, sink);
    }
  }

  /** The same of a metric whose series is known to be good, and that has no other fields. */
  void points(RawMetric metric, Series series, RecordOrigin origin, SampleSink sink) {
    pointRules.apply(metric, series, origin, sink);
  }

  /** The series of a metric whose fields are good, or null after the reasons. */
  @Nullable Series series(RawMetric metric, SampleSink sink) {
    RejectReasons reasons = new RejectReasons(metric, sink);
    String fault = metric.fault();
    if (fault != null) {
      reasons.give(Rule.SHAPE, fault);
      return null;
    }
    boolean recognisable = metric.namesSeries();
    long hash = recognisable ? metric.seriesHash() : 0;
    Series series = recognisable ? known.find(hash, metric) : null;
    if (series == null) {
      return newSeries(metric, hash, reasons);
    }
    fieldRules.check(metric, reasons);
    return reasons.any() ? null : series;
  }

  /**
   * Checks everything in KairosDB's order, and remembers the series unless the metric skips
   * validation.
   */
  private @Nullable Series newSeries(RawMetric metric, long hash, RejectReasons reasons) {
    boolean skips = FieldRules.skipsValidation(metric);
    seriesRules.checkName(metric, reasons);
    fieldRules.check(metric, reasons);
    seriesRules.checkTags(metric, skips, reasons);
    if (reasons.any()) {
      return null;
    }
    Series series = seriesRules.series(metric, reasons);
    if (series != null && !skips) {
      known.keep(hash, metric, series);
    }
    return series;
  }
}
