package io.datapoints.connect.format.fields;

import io.datapoints.connect.config.format.InfluxConfig;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Scalar;
import io.datapoints.connect.format.TagBudget;
import io.datapoints.connect.format.TagList;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;

/**
 * Gives the fields of measurements to KairosDB's rules: each is a point, named by measurement and
 * field. Used by one thread.
 */
public final class MeasurementFeed {

  private static final String VALUE = "value";

  private final TagBudget budget = new TagBudget();
  private final InfluxConfig settings;
  private final PointFeed feed;

  public MeasurementFeed(InfluxConfig settings, PointFeed feed) {
    this.settings = settings;
    this.feed = feed;
  }

  /** Begins a record of so many bytes. */
  public void begin(int length) {
    budget.begin(length);
  }

  /**
   * Announces the fields of a measurement.
   *
   * @throws PartFault if they would take far more memory than the record
   */
  public void announce(String measurement, TagList tags, int fields) throws PartFault {
    budget.spend(measurement, tags, fields);
  }

  /** The name of the metric of a field. */
  public String name(String measurement, String field) {
    return settings.plainValue() && field.equals(VALUE)
        ? measurement
        : measurement + settings.separator() + field;
  }

  /**
   * Gives the sink the point of a field, or a reason.
   *
   * @param position of its measurement in the record, for reasons
   * @param name of its metric
   * @param value no {@link Scalar.Other}
   */
  public void accept(
      int position,
      String name,
      TagList tags,
      Scalar value,
      long millis,
      RecordOrigin origin,
      SampleSink sink) {
    feed.begin(position, name);
    tags.forEach(feed::tag);
    if (value instanceof Scalar.Decimal number) {
      feed.accept(millis, number.value(), origin, sink);
    } else if (value instanceof Scalar.Whole number) {
      feed.accept(millis, number.value(), origin, sink);
    } else if (value instanceof Scalar.Text text) {
      feed.accept(millis, text.value(), origin, sink);
    } else if (value instanceof Scalar.Logical logical) {
      accept(logical.value(), millis, origin, sink);
    } else {
      throw new IllegalArgumentException("no value");
    }
  }

  private void accept(boolean truth, long millis, RecordOrigin origin, SampleSink sink) {
    if (settings.numericBooleans()) {
      feed.accept(millis, truth ? 1L : 0L, origin, sink);
    } else {
      feed.accept(millis, Boolean.toString(truth), origin, sink);
    }
  }
}
