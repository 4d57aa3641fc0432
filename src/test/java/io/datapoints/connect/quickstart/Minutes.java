package io.datapoints.connect.quickstart;

import java.time.Duration;

/** Numbers gathered by the minute of the hour that they fall into. For use by one thread. */
final class Minutes {

  private static final int MINUTES = 60;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final long start;
  private final double[] sums = new double[MINUTES];
  private final int[] counts = new int[MINUTES];

  /**
   * @param end of the hour, in milliseconds since the epoch
   */
  Minutes(long end) {
    this.start = end - MINUTES * MINUTE;
  }

  /** Adds a value; one from outside the hour is left out. */
  void add(long timestamp, double value) {
    long minute = Math.floorDiv(timestamp - start, MINUTE);
    if (minute >= 0 && minute < MINUTES) {
      sums[(int) minute] += value;
      counts[(int) minute]++;
    }
  }

  /** The sum of each minute. */
  double[] sums() {
    return sums.clone();
  }

  /** The average of each minute, 0 for one without values. */
  double[] averages() {
    double[] averages = new double[MINUTES];
    for (int minute = 0; minute < MINUTES; minute++) {
      averages[minute] = counts[minute] == 0 ? 0 : sums[minute] / counts[minute];
    }
    return averages;
  }

  /** How many values there are. */
  int count() {
    int count = 0;
    for (int each : counts) {
      count += each;
    }
    return count;
  }
}
