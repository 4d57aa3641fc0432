package io.datapoints.connect.kairosdb;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.kairosdb.DatapointValidator.Nulls;
import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Series;
import org.jspecify.annotations.Nullable;

/**
 * Gives the points of another format to KairosDB's rules, one at a time: {@link #begin}, the tags,
 * and one of the values. The types are those that the format says. One instance a task, used on the
 * task's thread.
 *
 * <p>Or several points of one name and the same tags: {@link #add} each of them, and {@link #end}.
 */
public final class PointFeed {

  private static final String TEXT = "string";

  private final RawMetric metric = new RawMetric();
  private final DatapointValidator validator;
  private final String defaultTagName;
  private final String defaultTagValue;

  /** That of the points that are added, null if it is not known or not good. */
  private @Nullable Series series;

  /** The tag is that of points that have none. */
  public PointFeed(KairosConfig settings, String defaultTagName, String defaultTagValue) {
    this.validator =
        new DatapointValidator(
            new KairosConfig(
                settings.extendedTypes(),
                settings.strict(),
                new Times(TimestampUnit.MS, null),
                settings.ttl()),
            Nulls.NO_POINTS);
    this.defaultTagName = defaultTagName;
    this.defaultTagValue = defaultTagValue;
  }

  /**
   * Begins a point.
   *
   * @param position of its metric in the record, for reasons
   */
  public void begin(int position, String name) {
    begin(position, 0, name);
  }

  /**
   * Begins a point of a metric that has several.
   *
   * @param position of the metric in the record, for reasons
   * @param point its position in the metric, for reasons
   */
  public void begin(int position, int point, String name) {
    series = null;
    metric.clear(position, 0);
    metric.numberPointsFrom(point);
    metric.fields().setText(RawMetric.NAME, name);
  }

  /**
   * Begins points of a series that {@link #series} gave for the same name and tags.
   *
   * @param position of the metric in the record, for reasons
   */
  public void begin(int position, Series known) {
    begin(position, known.name());
    series = known;
  }

  /** The series of the points that have been ended, null if it broke a rule. */
  public @Nullable Series series() {
    return series;
  }

  /** Adds a tag; one without a value says nothing, and is left out. */
  public void tag(String name, String value) {
    series = null;
    if (!value.isEmpty()) {
      metric.tagValues().setText(metric.addTag(name), value);
    }
  }

  /** Adds a tag, unless its value is empty. */
  public void tag(String name, char[] value, int offset, int length) {
    series = null;
    if (length > 0) {
      metric.tagValues().setText(metric.addTag(name), value, offset, length);
    }
  }

  /** Ends the point with a whole number. */
  public void accept(long millis, long value, RecordOrigin origin, SampleSink sink) {
    metric.values().setLong(point(millis), value);
    end(origin, sink);
  }

  /** Ends the point with a number. */
  public void accept(long millis, double value, RecordOrigin origin, SampleSink sink) {
    add(millis, value);
    end(origin, sink);
  }

  /** Ends the point with a text. */
  public void accept(long millis, String value, RecordOrigin origin, SampleSink sink) {
    int row = point(millis);
    metric.values().setText(row, value);
    metric.types().setText(row, TEXT);
    end(origin, sink);
  }

  /** Ends the point with a whole number without a sign: a double where a long does not hold it. */
  public void acceptUnsigned(long millis, long value, RecordOrigin origin, SampleSink sink) {
    addUnsigned(millis, value);
    end(origin, sink);
  }

  /** Adds a point; those that have been added have one name and the same tags. */
  public void add(long millis, double value) {
    metric.values().setDouble(point(millis), value);
  }

  /** Adds a point with a whole number without a sign: a double where a long does not hold it. */
  public void addUnsigned(long millis, long value) {
    if (value >= 0) {
      metric.values().setLong(point(millis), value);
    } else {
      // The lowest bit rounds as the one that is cut off would.
      add(millis, ((value >>> 1) | (value & 1)) * 2.0);
    }
  }

  /** Adds nothing in the place of a point, so that those behind it keep their positions. */
  public void addNothing() {
    metric.values().set(point(0), RawColumn.Kind.NULL);
  }

  private int point(long millis) {
    int row = metric.addPoint();
    metric.timestamps().setLong(row, millis);
    return row;
  }

  private @Nullable Series newSeries(SampleSink sink) {
    if (metric.tags() == 0) {
      tag(defaultTagName, defaultTagValue);
    }
    series = validator.series(metric, sink);
    return series;
  }

  /** Ends the points that have been added. Others may follow, of the same name and tags. */
  public void end(RecordOrigin origin, SampleSink sink) {
    Series known = series == null ? newSeries(sink) : series;
    if (known != null) {
      validator.points(metric, known, origin, sink);
    }
    metric.numberPointsFrom(metric.firstPoint() + metric.points());
    metric.clearPoints();
  }
}
