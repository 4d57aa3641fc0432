package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.model.Rule;
import java.io.IOException;
import java.util.Arrays;

/**
 * The attributes of a data point, a resource or a scope as the wire has them: nothing is decoded.
 * Reused for one after another; the arrays of keys and texts are those of the reader.
 */
final class Attributes {

  /** More tags do not fit into a key of KairosDB, however short they are. */
  static final int MAX = 8_191;

  private static final int INITIAL = 32;

  private final KeyValue next = new KeyValue();
  private long[] keys = new long[INITIAL];
  private long[] values = new long[INITIAL];
  private AnyKind[] kinds = new AnyKind[INITIAL];
  private int size;

  void clear() {
    size = 0;
  }

  /** Adds the one that follows. */
  void add(MessageReader in) throws IOException, PartFault {
    if (size == MAX) {
      throw new PartFault(Rule.SIZE, " has more than " + MAX + " attributes.");
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      kinds = Arrays.copyOf(kinds, 2 * size);
    }
    next.readPair(in);
    keys[size] = next.key();
    kinds[size] = next.kind();
    values[size] = next.value();
    size++;
  }

  int size() {
    return size;
  }

  /** The span of the key. */
  long key(int position) {
    return keys[position];
  }

  AnyKind kind(int position) {
    return kinds[position];
  }

  /** The value, in the form of its kind. */
  long value(int position) {
    return values[position];
  }
}
