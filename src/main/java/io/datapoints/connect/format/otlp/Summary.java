package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;

/** The numbers that histograms of both kinds have beside their buckets. */
final class Summary {

  /** Without a sign. */
  long count;

  private boolean hasSum;
  private boolean hasMin;
  private boolean hasMax;
  private double sum;
  private double min;
  private double max;

  void clear() {
    count = 0;
    hasSum = false;
    hasMin = false;
    hasMax = false;
  }

  void sum(double value) {
    sum = value;
    hasSum = true;
  }

  void min(double value) {
    min = value;
    hasMin = true;
  }

  void max(double value) {
    max = value;
    hasMax = true;
  }

  /** Writes the count, and of the others those that are there. */
  void write(PointWriter out) throws PartFault {
    out.count(Suffix.COUNT, count);
    if (hasSum) {
      out.number(Suffix.SUM, sum);
    }
    if (hasMin) {
      out.number(Suffix.MIN, min);
    }
    if (hasMax) {
      out.number(Suffix.MAX, max);
    }
  }
}
