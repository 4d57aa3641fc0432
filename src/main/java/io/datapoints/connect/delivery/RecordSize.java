package io.datapoints.connect.delivery;

import java.nio.ByteBuffer;
import org.apache.kafka.connect.sink.SinkRecord;

/** What a record holds in memory, roughly: enough to keep a buffer from growing without bound. */
final class RecordSize {

  /** The record object, its headers and what the engine keeps beside it. */
  private static final int OVERHEAD = 250;

  /** A value that is not text or bytes is a tree of objects, whose size is not worth measuring. */
  private static final int TREE = 1_000;

  private RecordSize() {}

  static int of(SinkRecord record) {
    return OVERHEAD + sizeOf(record.key()) + sizeOf(record.value());
  }

  private static int sizeOf(Object part) {
    if (part == null) {
      return 0;
    }
    if (part instanceof byte[] bytes) {
      return bytes.length;
    }
    if (part instanceof ByteBuffer buffer) {
      return buffer.remaining();
    }
    if (part instanceof String text) {
      return text.length();
    }
    return TREE;
  }
}
