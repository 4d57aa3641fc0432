package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.format.protobuf.Span;
import java.io.IOException;

/** An attribute, or a value without a key, as the wire has it. Reused for one after another. */
final class KeyValue {

  private static final int KEY = 1 << 3 | MessageReader.LENGTH;
  private static final int VALUE = 2 << 3 | MessageReader.LENGTH;

  private long key;
  private AnyKind kind = AnyKind.NONE;
  private long value;

  /** Reads the attribute that follows. */
  void readPair(MessageReader in) throws IOException {
    clear();
    long entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case KEY -> key = in.span();
        case VALUE -> content(in);
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
  }

  /** Reads the value that follows, which has no key. */
  void readValue(MessageReader in) throws IOException {
    clear();
    content(in);
  }

  private void clear() {
    key = Span.EMPTY;
    kind = AnyKind.NONE;
    value = 0;
  }

  private void content(MessageReader in) throws IOException {
    long entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      AnyKind found = AnyKind.of(tag);
      if (found == AnyKind.NONE) {
        in.skip(tag);
      } else {
        value = found.read(in);
        kind = found;
      }
    }
    in.leave(entered);
  }

  /** The span of the key. */
  long key() {
    return key;
  }

  AnyKind kind() {
    return kind;
  }

  /** The value, in the form of its kind. */
  long value() {
    return value;
  }
}
