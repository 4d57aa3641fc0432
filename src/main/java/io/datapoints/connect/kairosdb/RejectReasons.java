package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.util.Locale;

/**
 * Passes the reasons of one metric to the record's sink and counts them. Each begins with its place
 * in the record, as KairosDB writes it: {@code metric[0](name=m)}, the name only once it is known
 * to be one.
 */
final class RejectReasons {

  /** Longer names are cut: a reason travels in headers and logs. */
  private static final int MAX_NAME_CHARS = 256;

  private final RawMetric metric;
  private final SampleSink sink;
  private int given;

  RejectReasons(RawMetric metric, SampleSink sink) {
    this.metric = metric;
    this.sink = sink;
  }

  /** Gives a reason about the metric. */
  void give(Rule rule, String what) {
    sink.reject(rule, () -> place(metric) + what);
    given++;
  }

  /** Gives a reason about the tag in this row, by its name or by its position where it has none. */
  void giveTag(int row, String what) {
    sink.reject(
        Rule.TAGS,
        () -> {
          String name = metric.tagName(row);
          String tag = name.isEmpty() ? String.valueOf(row) : cut(name);
          return place(metric) + ".tag[" + tag + "]" + what;
        });
    given++;
  }

  boolean any() {
    return given > 0;
  }

  /** The metric, with its name when it has one. */
  static String place(RawMetric metric) {
    RawColumn fields = metric.fields();
    boolean named = fields.kind(RawMetric.NAME) == Kind.TEXT && fields.length(RawMetric.NAME) > 0;
    String place = "metric[" + metric.index() + "]";
    return named
        ? place + "(name=" + printable(fields.abbreviated(RawMetric.NAME, MAX_NAME_CHARS)) + ")"
        : place;
  }

  /** The datapoint at this position, or the metric when the position is negative. */
  static String place(RawMetric metric, int point) {
    return point < 0 ? place(metric) : place(metric) + ".datapoints[" + point + "]";
  }

  /** A name of the payload, short enough for a reason. */
  static String cut(String name) {
    return printable(
        name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS) + "...");
  }

  /**
   * The text with {@code \\u} escapes for control and format characters, separators of lines, and
   * halves of surrogate pairs, so that it stays on its line of a log and hides nothing.
   */
  static String printable(String text) {
    return text.codePoints().allMatch(RejectReasons::isPrintable) ? text : escaped(text);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(2 * text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isPrintable(c)) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return escaped.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
