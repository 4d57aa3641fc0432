package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.util.Locale;

/**
 * Gives the sink the reasons against one metric, and counts them. Each begins with its place in the
 * record as KairosDB writes it: {@code metric[0](name=m)}, with the name if it is a text.
 */
final class RejectReasons {

  /** Longer names are cut, because reasons go into headers and logs. */
  private static final int MAX_NAME_CHARS = 256;

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
          String tag = name.isEmpty() ? String.valueOf(row) : cut(name);
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
        ? place + "(name=" + printable(fields.abbreviated(RawMetric.NAME, MAX_NAME_CHARS)) + ")"
        : place;
  }

  /** The place of the datapoint at this position, or of the metric if the position is negative. */
  static String place(RawMetric metric, int point) {
    return point < 0 ? place(metric) : place(metric) + ".datapoints[" + point + "]";
  }

  /** A name from the payload, cut for a reason. */
  static String cut(String name) {
    return printable(
        name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS) + "...");
  }

  /**
   * The text with {@code \\u} escapes for control and format characters, line separators and
   * unpaired surrogates, so that it stays on its line of a log and hides nothing.
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
