package io.datapoints.connect.quickstart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A column chart of a row of numbers, drawn with block characters. */
final class Chart {

  private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";
  private static final int LABEL_WIDTH = 10;

  private static final int HEIGHT = 7;

  private Chart() {}

  /** {@link #draw(double[], int)} in the height of a report. */
  static List<String> draw(double[] values) {
    return draw(values, HEIGHT);
  }

  /**
   * The lines of the chart, top first: a column each value, the lowest value one eighth of a
   * character high and the highest the full height, with both in figures on the left.
   *
   * @param height in lines
   */
  static List<String> draw(double[] values, int height) {
    if (values.length == 0) {
      return List.of("(no values)");
    }
    double lowest = Arrays.stream(values).min().orElseThrow();
    double highest = Arrays.stream(values).max().orElseThrow();
    int[] columns =
        Arrays.stream(values).mapToInt(v -> eighths(v, lowest, highest, height)).toArray();
    List<String> lines = new ArrayList<>();
    for (int row = height - 1; row >= 0; row--) {
      StringBuilder line = new StringBuilder(label(row, height, lowest, highest)).append(" ┤");
      for (int column : columns) {
        line.append(EIGHTHS.charAt(Math.max(0, Math.min(8, column - 8 * row))));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static int eighths(double value, double lowest, double highest, int height) {
    int full = 8 * height;
    if (highest == lowest) {
      return full / 2;
    }
    return 1 + (int) Math.round((value - lowest) / (highest - lowest) * (full - 1));
  }

  private static String label(int row, int height, double lowest, double highest) {
    if (row == height - 1) {
      return number(highest);
    }
    return row == 0 ? number(lowest) : " ".repeat(LABEL_WIDTH);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%" + LABEL_WIDTH + ".1f", value);
  }
}
