package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.model.Rule;
import java.io.IOException;
import java.util.Arrays;

/** A repeated number of a data point, packed or not. Reused for one after another. */
final class Numbers {

  /** Far more than any sender has; one packed into a byte here takes eight. */
  static final int MAX = 16_384;

  private static final int INITIAL = 16;

  /** How one number is written. */
  enum Wire {
    FIXED64 {
      @Override
      long read(MessageReader in) throws IOException {
        return in.fixed64();
      }
    },
    VARINT {
      @Override
      long read(MessageReader in) throws IOException {
        return in.varint();
      }
    };

    abstract long read(MessageReader in) throws IOException;
  }

  private final Wire wire;
  private long[] bits = new long[INITIAL];
  private int size;

  Numbers(Wire wire) {
    this.wire = wire;
  }

  void clear() {
    size = 0;
  }

  /** Adds the packed numbers that follow. */
  void addPacked(MessageReader in) throws IOException, PartFault {
    long entered = in.enter();
    while (in.hasMore()) {
      add(in);
    }
    in.leave(entered);
  }

  /** Adds the number that follows. */
  void add(MessageReader in) throws IOException, PartFault {
    if (size == MAX) {
      throw new PartFault(Rule.SIZE, " has more than " + MAX + " buckets.");
    }
    if (size == bits.length) {
      bits = Arrays.copyOf(bits, 2 * size);
    }
    bits[size++] = wire.read(in);
  }

  int size() {
    return size;
  }

  long get(int position) {
    return bits[position];
  }

  double decimal(int position) {
    return Double.longBitsToDouble(bits[position]);
  }

  /**
   * The sum of counts.
   *
   * @throws PartFault beyond the range of a long
   */
  static long sum(long sum, long count) throws PartFault {
    long total = sum + count;
    if (count < 0 || total < 0) {
      throw new PartFault(Rule.VALUE, " has counts beyond the range of a long.");
    }
    return total;
  }
}
