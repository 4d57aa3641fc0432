package io.datapoints.connect.benchmark;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Points of the series of a workload, not in turn: the second series has half as many points as the
 * first, the third one a third, and so on. Of a hundred thousand series, a hundred have over two
 * fifths of the points, and every fifth has none in a million points. The same at every call.
 */
final class SkewedPoints implements TopicContent {

  private final Workload workload;

  /** For each series, the sum of what it and those before it have of the points. */
  private final double[] upTo;

  /** As many points as those of the workload. */
  SkewedPoints(Workload workload) {
    this.workload = workload;
    this.upTo = new double[workload.series()];
    double sum = 0;
    for (int series = 0; series < upTo.length; series++) {
      sum += 1.0 / (series + 1);
      upTo[series] = sum;
    }
  }

  Workload workload() {
    return workload;
  }

  @Override
  public String name() {
    return workload.name();
  }

  @Override
  public int keys() {
    return workload.keys();
  }

  @Override
  public int recordsPerKey() {
    return workload.recordsPerKey();
  }

  @Override
  public int rowsPerRecord() {
    return 1;
  }

  @Override
  public int key(long position) {
    double drawn = new SplittableRandom(position).nextDouble() * upTo[upTo.length - 1];
    int found = Arrays.binarySearch(upTo, drawn);
    return Math.min(found < 0 ? -found - 1 : found, upTo.length - 1);
  }

  /** No two points of a series share a time. */
  @Override
  public int number(long position) {
    return (int) position;
  }

  @Override
  public byte[] recordKey(int key) {
    return workload.recordKey(key);
  }

  @Override
  public byte[] recordValue(int key, int number) {
    return workload.record(key, number);
  }

  /** How many series have a point. */
  long seriesWithPoints() {
    return LongStream.range(0, records()).mapToInt(this::key).distinct().count();
  }
}
