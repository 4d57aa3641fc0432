package io.datapoints.connect.learning;

import org.jspecify.annotations.Nullable;

/** An average in the making. */
final class Score {

  private int count;
  private double sum;

  void add(double value) {
    count++;
    sum += value;
  }

  int count() {
    return count;
  }

  /** Null before the first. */
  @Nullable Double average() {
    return count == 0 ? null : rounded(sum / count);
  }

  /** To three digits. */
  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
