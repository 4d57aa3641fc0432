package io.datapoints.connect.intake;

import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.BinaryValue;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.model.Value.StringValue;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Writes the points of a metric anew, each with its type, as many to a record as fit. What is
 * rejected is left out: it was rejected before. One instance serves one thread.
 */
final class PointWriter implements SampleSink {

  /** Takes the value of one record. */
  @FunctionalInterface
  interface Target {

    void accept(byte[] value);
  }

  /** Points of a record, far below what a task of the sink takes of one. */
  static final int MAX_POINTS = 10_000;

  private static final String END = "]}";

  /** {@link #begin} releases a text of more bytes, which a huge point needed. */
  private static final int RETAINED_BYTES = 4 * 1_048_576;

  private JsonText text = new JsonText();
  private int room;
  private Target target = value -> {};
  private int points;
  private int unfit;

  /**
   * Starts a metric.
   *
   * @param bytes that a value may have
   */
  void begin(int bytes, Target values) {
    if (text.capacity() > RETAINED_BYTES) {
      text = new JsonText();
    }
    text.clear();
    room = bytes - END.length();
    target = values;
    points = 0;
    unfit = 0;
  }

  /** Ends the metric, and returns how many of its points fit no record. */
  int end() {
    pass();
    return unfit;
  }

  @Override
  public void accept(Sample sample) {
    DataPoint point = (DataPoint) sample;
    if (points == MAX_POINTS || !fits(point)) {
      pass();
      if (!fits(point)) {
        unfit++;
        return;
      }
    }
    points++;
  }

  /** Adds the point to the record, unless it does not fit. */
  private boolean fits(DataPoint point) {
    if (points == 0) {
      text.clear();
      writeHeader(point.series(), point.ttl());
    }
    int before = text.size();
    writePoint(point);
    if (text.size() > room) {
      text.cut(before);
      return false;
    }
    return true;
  }

  private void pass() {
    if (points > 0) {
      points = 0;
      target.accept(text.raw(END).copy());
    }
  }

  private void writeHeader(Series series, int ttl) {
    text.raw("{");
    RecordKey.writeSeries(text, series);
    if (ttl > 0) {
      text.raw(",\"ttl\":").number(ttl);
    }
    if (needsLeniency(series.tags())) {
      text.raw(",\"skip_validate\":true");
    }
    text.raw(",\"datapoints\":[");
  }

  /** Whether the metric was accepted only because it asked not to be validated. */
  private static boolean needsLeniency(Tags tags) {
    boolean lenient = tags.size() == 0;
    for (int i = 0; i < tags.size(); i++) {
      lenient |= tags.name(i).isEmpty() || tags.value(i).isEmpty();
    }
    return lenient;
  }

  private void writePoint(DataPoint point) {
    text.raw(points == 0 ? "[" : ",[").number(point.timestamp()).raw(",");
    writeValue(point.value());
    text.raw("]");
  }

  private void writeValue(Value value) {
    if (value instanceof LongValue number) {
      text.number(number.value()).raw(",\"long\"");
    } else if (value instanceof DoubleValue number) {
      text.raw(Double.toString(number.value())).raw(",\"double\"");
    } else if (value instanceof StringValue string) {
      text.quoted(string.value()).raw(",\"string\"");
    } else if (value instanceof ComplexValue complex) {
      text.raw("{\"real\":").raw(Double.toString(complex.real()));
      text.raw(",\"imaginary\":").raw(Double.toString(complex.imaginary()));
      text.raw("},\"complex\"");
    } else {
      byte[] bytes = ((BinaryValue) value).value();
      text.quoted(Base64.getEncoder().encodeToString(bytes)).raw(",\"binary\"");
    }
  }

  @Override
  public void reject(Rule rule, String reason) {}

  @Override
  public void reject(Rule rule, Supplier<String> reason) {}
}
