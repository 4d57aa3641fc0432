package io.datapoints.connect.format.otlp;

import static io.datapoints.connect.format.protobuf.MessageReader.FIXED64;
import static io.datapoints.connect.format.protobuf.MessageReader.LENGTH;
import static io.datapoints.connect.format.protobuf.MessageReader.VARINT;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.model.Rule;
import java.io.IOException;

/** A point of a histogram with bounds of its own. */
final class HistogramPoint extends DataPoint {

  private static final int TIME = 3 << 3 | FIXED64;
  private static final int COUNT = 4 << 3 | FIXED64;
  private static final int SUM = 5 << 3 | FIXED64;
  private static final int BUCKET_COUNT = 6 << 3 | FIXED64;
  private static final int BUCKET_COUNTS = 6 << 3 | LENGTH;
  private static final int BOUND = 7 << 3 | FIXED64;
  private static final int BOUNDS = 7 << 3 | LENGTH;
  private static final int ATTRIBUTES = 9 << 3 | LENGTH;
  private static final int FLAGS = 10 << 3 | VARINT;
  private static final int MIN = 11 << 3 | FIXED64;
  private static final int MAX = 12 << 3 | FIXED64;

  private final boolean withBuckets;
  private final NumberTexts texts;
  private final Summary summary = new Summary();
  private final Numbers counts = new Numbers(Numbers.Wire.FIXED64);
  private final Numbers bounds = new Numbers(Numbers.Wire.FIXED64);

  HistogramPoint(boolean withBuckets, NumberTexts texts) {
    this.withBuckets = withBuckets;
    this.texts = texts;
  }

  @Override
  void clear() {
    summary.clear();
    counts.clear();
    bounds.clear();
  }

  @Override
  boolean take(int tag, MessageReader in) throws IOException, PartFault {
    switch (tag) {
      case TIME -> nanos = in.fixed64();
      case COUNT -> summary.count = in.fixed64();
      case SUM -> summary.sum(in.float64());
      case BUCKET_COUNT -> counts.add(in);
      case BUCKET_COUNTS -> counts.addPacked(in);
      case BOUND -> bounds.add(in);
      case BOUNDS -> bounds.addPacked(in);
      case ATTRIBUTES -> attributes.add(in);
      case FLAGS -> flags = in.varint();
      case MIN -> summary.min(in.float64());
      case MAX -> summary.max(in.float64());
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  void write(PointWriter out) throws PartFault {
    check();
    summary.write(out);
    if (withBuckets && counts.size() > 0) {
      long sum = 0;
      for (int i = 0; i < bounds.size(); i++) {
        sum += counts.get(i);
        if (bounds.decimal(i) < Double.POSITIVE_INFINITY) {
          out.bucket(texts.of(bounds.decimal(i)), sum);
        }
      }
      out.bucket(Buckets.ALL, sum + counts.get(bounds.size()));
    }
  }

  private void check() throws PartFault {
    boolean fits = counts.size() == bounds.size() + 1;
    if (!fits && counts.size() + bounds.size() > 0) {
      throw new PartFault(Rule.VALUE, " has not one bucket more than bounds.");
    }
    for (int i = 0; i < bounds.size(); i++) {
      double before = i == 0 ? Double.NEGATIVE_INFINITY : bounds.decimal(i - 1);
      if (!(bounds.decimal(i) > before)) {
        throw new PartFault(Rule.VALUE, " has bounds that do not rise.");
      }
    }
    long sum = 0;
    for (int i = 0; i < counts.size(); i++) {
      sum = Numbers.sum(sum, counts.get(i));
    }
  }
}
