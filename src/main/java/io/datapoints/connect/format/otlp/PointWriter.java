package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes the points of one record: {@link #begin} a metric, {@link #point} for each data point, and
 * a number for each point that it becomes.
 */
final class PointWriter {

  /**
   * Characters of names and tags that the points of a record may have in all. Tags of a resource
   * are repeated for each of its points, and those of a histogram for each bucket, so that a small
   * record could keep a task busy for hours.
   */
  static final long MAX_CHARS = 1L << 28;

  private static final long NANOS_A_MILLI = 1_000_000;

  private final PointFeed feed;
  private final RecordOrigin origin;
  private final SampleSink sink;
  private final Map<Suffix, String> names = new EnumMap<>(Suffix.class);
  private TagList tags = new TagList();
  private String metric = "";
  private int position;
  private int index;
  private long millis;
  private long chars;

  PointWriter(PointFeed feed, RecordOrigin origin, SampleSink sink) {
    this.feed = feed;
    this.origin = origin;
    this.sink = sink;
  }

  /**
   * Begins a metric.
   *
   * @param position of the metric in the record, for reasons
   */
  void begin(int position, String name) {
    this.position = position;
    metric = name;
    names.clear();
  }

  /**
   * Begins a data point.
   *
   * @param index of the data point in its metric, for reasons
   * @param nanos since the epoch, without a sign
   */
  void point(int index, long nanos, TagList tags) {
    this.index = index;
    this.tags = tags;
    millis = nanos > 0 ? nanos / NANOS_A_MILLI : Long.divideUnsigned(nanos, NANOS_A_MILLI);
  }

  /** Writes a whole number without a sign, as a double where a long does not hold it. */
  void count(Suffix suffix, long number) throws PartFault {
    begin(name(suffix));
    feed.acceptUnsigned(millis, number, origin, sink);
  }

  /** Writes a number. */
  void number(Suffix suffix, double number) throws PartFault {
    begin(name(suffix));
    feed.accept(millis, number, origin, sink);
  }

  /** Writes a number under the metric's own name. */
  void number(double number) throws PartFault {
    begin(metric);
    feed.accept(millis, number, origin, sink);
  }

  /** Writes a whole number under the metric's own name. */
  void number(long number) throws PartFault {
    begin(metric);
    feed.accept(millis, number, origin, sink);
  }

  /** Writes how many measurements there are up to a bound, as a point with one tag more. */
  void bucket(String bound, long number) throws PartFault {
    begin(name(Suffix.BUCKET));
    feed.tag("le", bound);
    feed.acceptUnsigned(millis, number, origin, sink);
  }

  /** Writes a quantile under the metric's own name, as a point with one tag more. */
  void quantile(String quantile, double number) throws PartFault {
    begin(metric);
    feed.tag("quantile", quantile);
    feed.accept(millis, number, origin, sink);
  }

  private String name(Suffix suffix) {
    return names.computeIfAbsent(suffix, missing -> missing.of(metric));
  }

  private void begin(String name) throws PartFault {
    chars += name.length() + tags.chars();
    if (chars > MAX_CHARS) {
      throw new PartFault(
          Rule.SIZE, " and its tags are too long to be repeated for so many points.");
    }
    feed.begin(position, index, name);
    tags.giveTo(feed);
  }

  /** Counts a data point that says nothing. */
  void skip() {
    sink.skip();
  }

  /** Gives a reason against a data point of the metric. */
  void reject(int point, Rule rule, String problem) {
    String name = metric;
    int metricPosition = position;
    sink.reject(rule, () -> place(metricPosition, name) + ".datapoints[" + point + "]" + problem);
  }

  /** Gives a reason against the metric. */
  void reject(Rule rule, String problem) {
    String name = metric;
    int metricPosition = position;
    sink.reject(rule, () -> place(metricPosition, name) + problem);
  }

  private static String place(int position, String name) {
    return "metric["
        + position
        + "]"
        + (name.isEmpty() ? "" : "(name=" + NameInReason.of(name) + ")");
  }
}
