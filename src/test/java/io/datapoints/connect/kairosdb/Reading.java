package io.datapoints.connect.kairosdb;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.BinaryValue;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.model.Value.StringValue;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** A reader as a task makes it, with every point and every reason that it gives. */
public final class Reading implements SampleSink {

  static final RecordOrigin ORIGIN = new RecordOrigin("metrics", 3, 42, 7);

  final List<DataPoint> points = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();
  private final DatapointReader reader;

  private Reading(boolean extendedTypes, boolean strict, int maxInflatedBytes) {
    this(extendedTypes, strict, new Times(TimestampUnit.MS, null), maxInflatedBytes);
  }

  private Reading(boolean extendedTypes, boolean strict, Times times, int maxInflatedBytes) {
    KairosConfig settings =
        new KairosConfig(extendedTypes, strict, times, new KairosConfig.Ttl(0, false, false));
    reader = new DatapointReader(maxInflatedBytes, settings);
  }

  public static Reading plain() {
    return new Reading(false, false, 1 << 20);
  }

  public static Reading extended() {
    return new Reading(true, false, 1 << 20);
  }

  static Reading strict() {
    return new Reading(false, true, 1 << 20);
  }

  static Reading in(TimestampUnit unit) {
    return in(new Times(unit, null));
  }

  static Reading in(Times times) {
    return new Reading(false, false, times, 1 << 20);
  }

  static Reading inflatingAtMost(int bytes) {
    return new Reading(false, false, bytes);
  }

  /** Reads one more record and forgets what those before it gave. */
  public Reading of(Object value) {
    points.clear();
    reasons.clear();
    Schema none = null;
    Schema schema = value instanceof Struct struct ? struct.schema() : none;
    reader.read(new SinkRecord("metrics", 3, none, null, schema, value, 42), ORIGIN, this);
    return this;
  }

  /** Every reason that the last record gave. */
  public List<String> reasons() {
    return reasons;
  }

  @Override
  public void accept(Sample sample) {
    points.add((DataPoint) sample);
  }

  @Override
  public void reject(Rule rule, String reason) {
    reasons.add(reason);
  }

  /** The points as texts, so that a table can say what is expected. */
  public List<String> described() {
    return points.stream().map(Reading::describe).toList();
  }

  /** A point as a text. */
  public static String describe(DataPoint point) {
    StringBuilder tags = new StringBuilder();
    for (int tag = 0; tag < point.series().tags().size(); tag++) {
      tags.append(tag == 0 ? "" : ",");
      tags.append(point.series().tags().name(tag)).append('=');
      tags.append(point.series().tags().value(tag));
    }
    String ttl = point.ttl() == 0 ? "" : " ttl " + point.ttl();
    return point.series().name()
        + "{"
        + tags
        + "} "
        + point.timestamp()
        + " "
        + describe(point.value())
        + ttl;
  }

  static String describe(Value value) {
    if (value instanceof LongValue number) {
      return "long " + number.value();
    }
    if (value instanceof DoubleValue number) {
      return "double " + number.value();
    }
    if (value instanceof StringValue text) {
      return "string '" + text.value() + "'";
    }
    if (value instanceof ComplexValue complex) {
      return "complex " + complex.real() + " " + complex.imaginary();
    }
    return "binary " + HexFormat.of().formatHex(((BinaryValue) value).value());
  }
}
