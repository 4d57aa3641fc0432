package io.datapoints.connect.delivery;

import io.datapoints.connect.store.BoundedWalk;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** What a record holds in memory, roughly: enough to keep a buffer from growing without bound. */
final class RecordSize {

  /** The record object and what the engine keeps beside it. */
  private static final int OVERHEAD = 160;

  /** An array. */
  private static final long ARRAY = 16;

  /** A text, or a buffer, beside its array. */
  private static final long ENVELOPE = 24;

  /** An object of a tree, with its place in the one that holds it. */
  private static final int NODE = 50;

  private RecordSize() {}

  static int of(SinkRecord record) {
    long size = OVERHEAD + sizeOf(record.key()) + sizeOf(record.value());
    for (Header header : record.headers()) {
      size += NODE + header.key().length() + sizeOf(header.value());
    }
    return (int) Math.min(Integer.MAX_VALUE, size);
  }

  private static long sizeOf(@Nullable Object part) {
    return part == null || isLeaf(part)
        ? lengthOf(part)
        : BoundedWalk.of(part, RecordSize::sizeOfNode);
  }

  private static boolean isLeaf(Object part) {
    return !(part instanceof Map || part instanceof Collection || part instanceof Struct);
  }

  private static long lengthOf(@Nullable Object leaf) {
    if (leaf instanceof byte[] data) {
      return ARRAY + data.length;
    }
    if (leaf instanceof ByteBuffer buffer) {
      return ENVELOPE + ARRAY + buffer.remaining();
    }
    return leaf instanceof String text ? ENVELOPE + ARRAY + text.length() : 0;
  }

  private static long sizeOfNode(Object node, Consumer<@Nullable Object> children) {
    if (node instanceof Map<?, ?> map) {
      map.keySet().forEach(children);
      map.values().forEach(children);
    } else if (node instanceof Collection<?> elements) {
      elements.forEach(children);
    } else if (node instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        children.accept(struct.getWithoutDefault(field.name()));
      }
    }
    return NODE + lengthOf(node);
  }
}
