package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import java.io.IOException;

/**
 * Buckets of an exponential histogram on one side of zero. Bucket i is for sizes above base^i, up
 * to base^(i+1).
 */
final class Buckets {

  /** The bound of all measurements. */
  static final String ALL = "+Inf";

  private static final int OFFSET = 1 << 3 | MessageReader.VARINT;
  private static final int COUNT = 2 << 3 | MessageReader.VARINT;
  private static final int COUNTS = 2 << 3 | MessageReader.LENGTH;

  private final Numbers counts = new Numbers(Numbers.Wire.VARINT);
  private int offset;

  /** The positions of the first and the last count that is not 0. */
  private int first;

  private int last;

  void clear() {
    counts.clear();
    offset = 0;
    trim();
  }

  /** Reads the message that follows. */
  void read(MessageReader in) throws IOException, PartFault {
    long entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case OFFSET -> offset = in.zigZag32();
        case COUNT -> counts.add(in);
        case COUNTS -> counts.addPacked(in);
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
    trim();
  }

  private void trim() {
    first = 0;
    last = counts.size() - 1;
    while (first <= last && counts.get(first) == 0) {
      first++;
    }
    while (first <= last && counts.get(last) == 0) {
      last--;
    }
  }

  /** Adds the counts to a sum. */
  long addTo(long sum) throws PartFault {
    long total = sum;
    for (int i = 0; i < counts.size(); i++) {
      total = Numbers.sum(total, counts.get(i));
    }
    return total;
  }

  /** How many buckets there are from the first to the last that is not empty, merged by a shift. */
  long width(int shift) {
    return first > last ? 0 : (index(last) >> shift) - (index(first) >> shift) + 1;
  }

  /** The index of the first bucket that is not empty, merged by a shift. */
  long lowest(int shift) {
    return index(first) >> shift;
  }

  private long index(int position) {
    return (long) offset + position;
  }

  /** The counts of the buckets of this index, merged by a shift. */
  long count(long merged, int shift) {
    long sum = 0;
    long from = Math.max(0, (merged << shift) - offset);
    long to = Math.min(counts.size(), ((merged + 1) << shift) - offset);
    for (long i = from; i < to; i++) {
      sum += counts.get((int) i);
    }
    return sum;
  }
}
