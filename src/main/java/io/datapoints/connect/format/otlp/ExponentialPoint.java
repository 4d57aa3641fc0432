package io.datapoints.connect.format.otlp;

import static io.datapoints.connect.format.protobuf.MessageReader.FIXED64;
import static io.datapoints.connect.format.protobuf.MessageReader.LENGTH;
import static io.datapoints.connect.format.protobuf.MessageReader.VARINT;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.model.Rule;
import java.io.IOException;

/**
 * A point of a histogram whose bounds are the powers of a base, 2^(2^-scale). Where it has more
 * buckets than it may become, neighbours are merged in pairs, which makes the scale one less, until
 * it has not: that is exact, and the bounds that remain are bounds of every finer scale.
 */
final class ExponentialPoint extends DataPoint {

  private static final int ATTRIBUTES = 1 << 3 | LENGTH;
  private static final int TIME = 3 << 3 | FIXED64;
  private static final int COUNT = 4 << 3 | FIXED64;
  private static final int SUM = 5 << 3 | FIXED64;
  private static final int SCALE = 6 << 3 | VARINT;
  private static final int ZERO_COUNT = 7 << 3 | FIXED64;
  private static final int POSITIVE = 8 << 3 | LENGTH;
  private static final int NEGATIVE = 9 << 3 | LENGTH;
  private static final int FLAGS = 10 << 3 | VARINT;
  private static final int MIN = 12 << 3 | FIXED64;
  private static final int MAX = 13 << 3 | FIXED64;
  private static final int ZERO_THRESHOLD = 14 << 3 | FIXED64;

  /** After so many merges a side has two buckets at most. */
  private static final int MAX_SHIFT = 32;

  /** Beyond the exponents of a double, so that what is cut off makes no difference. */
  private static final int MAX_POWER = 10_000;

  private final int maxBuckets;
  private final NumberTexts texts;
  private final Summary summary = new Summary();
  private final Buckets positive = new Buckets();
  private final Buckets negative = new Buckets();
  private int scale;
  private long zeroCount;
  private double zeroThreshold;

  ExponentialPoint(int maxBuckets, NumberTexts texts) {
    this.maxBuckets = maxBuckets;
    this.texts = texts;
  }

  @Override
  void clear() {
    summary.clear();
    positive.clear();
    negative.clear();
    scale = 0;
    zeroCount = 0;
    zeroThreshold = 0;
  }

  @Override
  boolean take(int tag, MessageReader in) throws IOException, PartFault {
    switch (tag) {
      case ATTRIBUTES -> attributes.add(in);
      case TIME -> nanos = in.fixed64();
      case COUNT -> summary.count = in.fixed64();
      case SUM -> summary.sum(in.float64());
      case SCALE -> scale = in.zigZag32();
      case ZERO_COUNT -> zeroCount = in.fixed64();
      case POSITIVE -> positive.read(in);
      case NEGATIVE -> negative.read(in);
      case FLAGS -> flags = in.varint();
      case MIN -> summary.min(in.float64());
      case MAX -> summary.max(in.float64());
      case ZERO_THRESHOLD -> zeroThreshold = in.float64();
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  void write(PointWriter out) throws PartFault {
    if (!(zeroThreshold >= 0)) {
      throw new PartFault(Rule.VALUE, " has a zero threshold that is no size.");
    }
    long all = positive.addTo(Numbers.sum(negative.addTo(0), zeroCount));
    summary.write(out);
    if (maxBuckets > 0) {
      buckets(all, out);
    }
  }

  private void buckets(long all, PointWriter out) throws PartFault {
    int zero = zeroCount == 0 ? 0 : 1;
    int shift = 0;
    while (shift < MAX_SHIFT && positive.width(shift) + zero + negative.width(shift) > maxBuckets) {
      shift++;
    }
    Cumulative cumulative = new Cumulative(out);
    long lowest = negative.lowest(shift);
    for (long i = lowest + negative.width(shift) - 1; i >= lowest; i--) {
      cumulative.add(-bound(i, shift), negative.count(i, shift));
    }
    if (zero > 0) {
      cumulative.add(zeroThreshold, zeroCount);
    }
    lowest = positive.lowest(shift);
    for (long i = lowest; i < lowest + positive.width(shift); i++) {
      cumulative.add(bound(i + 1, shift), positive.count(i, shift));
    }
    out.bucket(Buckets.ALL, all);
  }

  /**
   * The base to the power of this index. The fraction goes through {@link StrictMath}, so that the
   * bound, and with it the row, is the same on every machine.
   */
  private double bound(long index, int shift) {
    int coarseness = (int) Math.max(-MAX_POWER, Math.min(MAX_POWER, (long) shift - scale));
    double power = Math.scalb((double) index, coarseness);
    double whole = Math.floor(Math.max(-MAX_POWER, Math.min(MAX_POWER, power)));
    double fraction = Math.max(0, Math.min(1, power - whole));
    return Math.scalb(StrictMath.pow(2, fraction), (int) whole);
  }

  /** Writes what has been counted up to each bound, unless a bound cannot be told from others. */
  private final class Cumulative {

    private final PointWriter out;
    private double last = Double.NEGATIVE_INFINITY;
    private long sum;

    Cumulative(PointWriter out) {
      this.out = out;
    }

    void add(double bound, long count) throws PartFault {
      sum += count;
      if (bound > last && bound < Double.POSITIVE_INFINITY) {
        last = bound;
        out.bucket(texts.of(bound), sum);
      }
    }
  }
}
