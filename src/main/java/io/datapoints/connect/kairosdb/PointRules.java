package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.DatapointValidator.Nulls;
import io.datapoints.connect.kairosdb.format.ModifiedUtf8;
import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.StringValue;
import org.jspecify.annotations.Nullable;

/** The rules for points, each of which is accepted or rejected alone. */
final class PointRules {

  /** The position of the point that is the metric's top-level timestamp and value. */
  private static final int TOP_LEVEL = -1;

  private static final int MAX_BYTES_PER_CHAR = 3;

  private final PointTimes times;
  private final boolean extendedTypes;
  private final boolean strict;
  private final Nulls nulls;

  PointRules(PointTimes times, boolean extendedTypes, boolean strict, Nulls nulls) {
    this.times = times;
    this.extendedTypes = extendedTypes;
    this.strict = strict;
    this.nulls = nulls;
  }

  /** Gives the sink the points of a metric whose fields and series are good. */
  void apply(RawMetric metric, Series series, RecordOrigin origin, SampleSink sink) {
    RawColumn fields = metric.fields();
    int ttl = FieldRules.ttl(fields);
    int timestamp = FieldRules.timestamp(fields);
    if (timestamp >= 0 && !fields.missing(RawMetric.VALUE)) {
      long time = times.ofField(fields, timestamp);
      Value value = value(metric, TOP_LEVEL, time, sink);
      if (value != null) {
        sink.accept(new DataPoint(series, time, value, ttl, origin));
      }
    }
    int points = strict ? StrictRules.permittedPoints(metric, sink) : metric.points();
    for (int point = 0; point < points; point++) {
      if (!isNoPoint(metric.values(), point) && isComplete(metric, point, sink)) {
        long time = times.ofElement(metric.timestamps(), point);
        Value value = value(metric, point, time, sink);
        if (value != null) {
          sink.accept(new DataPoint(series, time, value, ttl, origin));
        }
      }
    }
  }

  private boolean isNoPoint(RawColumn values, int row) {
    return nulls == Nulls.NO_POINTS && isNull(values, row);
  }

  /** Whether a null stands in the place of a value. */
  static boolean isNull(RawColumn values, int row) {
    return values.kind(row) == Kind.NULL && !values.enclosed(row);
  }

  /** Whether a value is an empty text. */
  static boolean isEmpty(RawColumn values, int row) {
    return values.kind(row) == Kind.TEXT && values.length(row) == 0 && !values.enclosed(row);
  }

  /** Whether a datapoint has a timestamp and a value; gives the reason if it does not. */
  private boolean isComplete(RawMetric metric, int point, SampleSink sink) {
    Lack lack = lack(metric, point);
    if (lack == null) {
      return true;
    }
    if (lack.unconverted()) {
      sink.rejectUnconverted(lack.rule(), () -> RejectReasons.place(metric, point) + lack.what());
    } else {
      sink.reject(lack.rule(), () -> RejectReasons.place(metric, point) + lack.what());
    }
    return false;
  }

  /** The rule that a bad point breaks, and the reason. */
  private record Lack(Rule rule, String what, boolean unconverted) {

    Lack(Rule rule, String what) {
      this(rule, what, false);
    }
  }

  private @Nullable Lack lack(RawMetric metric, int point) {
    RawColumn timestamps = metric.timestamps();
    RawColumn values = metric.values();
    if (metric.isNoPoint(point)) {
      return new Lack(Rule.SHAPE, " is not an array of timestamp and value.", true);
    }
    if (timestamps.kind(point) == Kind.ABSENT) {
      return new Lack(Rule.TIMESTAMP, ".timestamp cannot be null or empty.");
    }
    if (values.kind(point) == Kind.ABSENT) {
      return new Lack(Rule.VALUE, ".value cannot be null or empty.");
    }
    if (timestamps.kind(point) == Kind.NULL && !timestamps.enclosed(point)) {
      return new Lack(Rule.TIMESTAMP, ".timestamp may not be null.");
    }
    String fault = times.faultOfElement(timestamps, point);
    if (fault != null) {
      return new Lack(Rule.TIMESTAMP, ".timestamp" + fault, true);
    }
    if (isNull(values, point) || (isEmpty(values, point) && !namesString(metric, point))) {
      return new Lack(Rule.VALUE, ".value may not be empty.");
    }
    return values.kind(point) == Kind.EMPTY_ARRAY
        ? new Lack(Rule.VALUE, ".value may not be an empty array.")
        : null;
  }

  /** Whether the point's own type, or else the metric's, is that of texts. */
  private boolean namesString(RawMetric metric, int point) {
    boolean own = metric.types().kind(point) != Kind.ABSENT;
    RawColumn types = own ? metric.types() : metric.fields();
    return ApiType.named(types, own ? point : RawMetric.TYPE, extendedTypes) == ApiType.STRING;
  }

  private @Nullable Value value(RawMetric metric, int point, long time, SampleSink sink) {
    RawColumn values = point < 0 ? metric.fields() : metric.values();
    int row = point < 0 ? RawMetric.VALUE : point;
    if (!permits(time)) {
      sink.reject(
          Rule.TIMESTAMP, () -> RejectReasons.place(metric, point) + ".timestamp is out of range.");
      return null;
    }
    ApiType type = type(metric, point, sink);
    if (type == null) {
      return null;
    }
    Value value = ElementConversion.value(type, values, row);
    if (value == null) {
      sink.rejectUnconverted(
          Rule.VALUE,
          () -> RejectReasons.place(metric, point) + ".value is not a " + type.apiName() + ".");
      return null;
    }
    String problem = problem(value);
    if (problem != null) {
      sink.reject(Rule.VALUE, () -> RejectReasons.place(metric, point) + ".value" + problem);
      return null;
    }
    return value;
  }

  /** Why KairosDB would lose this value, or fail each query that reads it; null if it would not. */
  private static @Nullable String problem(Value value) {
    if (value instanceof DoubleValue number) {
      return Double.isFinite(number.value()) ? null : " is not a finite number.";
    }
    if (value instanceof StringValue text) {
      return tooLong(text.value())
          ? " needs more than " + ModifiedUtf8.MAX_LENGTH + " bytes."
          : null;
    }
    if (value instanceof ComplexValue complex) {
      boolean finite = Double.isFinite(complex.real()) && Double.isFinite(complex.imaginary());
      return finite ? null : " is not a finite number.";
    }
    return null;
  }

  private static boolean tooLong(String text) {
    return text.length() > ModifiedUtf8.MAX_LENGTH / MAX_BYTES_PER_CHAR
        && ModifiedUtf8.encodedLength(text) > ModifiedUtf8.MAX_LENGTH;
  }

  /**
   * KairosDB stores the smallest long under a row time above it and cannot read it back, because
   * that number has no absolute value.
   */
  private boolean permits(long time) {
    return strict ? StrictRules.permitsTimestamp(time) : time != Long.MIN_VALUE;
  }

  /** The point's own type, else the metric's, else the inferred one; null after a reason. */
  private @Nullable ApiType type(RawMetric metric, int point, SampleSink sink) {
    boolean own = point >= 0 && metric.types().kind(point) != Kind.ABSENT;
    RawColumn types = own ? metric.types() : metric.fields();
    int row = own ? point : RawMetric.TYPE;
    if (own && types.kind(row) != Kind.TEXT) {
      sink.rejectUnconverted(
          Rule.TYPE, () -> RejectReasons.place(metric, point) + ".type is not a text.");
      return null;
    }
    if (types.missing(row)) {
      return inferred(metric, point, sink);
    }
    ApiType type = ApiType.named(types, row, extendedTypes);
    if (type == null) {
      int holder = own ? point : TOP_LEVEL;
      sink.reject(
          Rule.TYPE,
          () -> RejectReasons.place(metric, holder) + ".type is not a registered data point type.");
    }
    return type;
  }

  private static @Nullable ApiType inferred(RawMetric metric, int point, SampleSink sink) {
    ApiType type =
        point < 0
            ? ApiType.inferred(metric.fields(), RawMetric.VALUE)
            : ApiType.inferred(metric.values(), point);
    if (type == null) {
      sink.reject(Rule.TYPE, () -> RejectReasons.place(metric) + " value is an invalid type");
    }
    return type;
  }
}
