package io.datapoints.connect.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
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

  /** Objects of a tree that are looked at; the others count as much as these do on average. */
  private static final int MAX_NODES = 200;

  private final Queue<Object> open = new ArrayDeque<>();
  private int opened;
  private long skipped;
  private long bytes;

  private RecordSize() {}

  static int of(SinkRecord record) {
    long size = OVERHEAD + sizeOf(record.key()) + sizeOf(record.value());
    for (Header header : record.headers()) {
      size += NODE + header.key().length() + sizeOf(header.value());
    }
    return (int) Math.min(Integer.MAX_VALUE, size);
  }

  private static long sizeOf(@Nullable Object part) {
    return part == null || isLeaf(part) ? lengthOf(part) : new RecordSize().tree(part);
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

  /** No recursion, so that no depth is too much. */
  private long tree(Object root) {
    open.add(root);
    long nodes = 0;
    for (Object node = open.poll(); node != null; node = open.poll()) {
      nodes++;
      bytes += NODE + lengthOf(node);
      if (node instanceof Map<?, ?> map) {
        map.keySet().forEach(this::open);
        map.values().forEach(this::open);
      } else if (node instanceof Collection<?> elements) {
        elements.forEach(this::open);
      } else if (node instanceof Struct struct) {
        for (Field field : struct.schema().fields()) {
          open(struct.getWithoutDefault(field.name()));
        }
      }
    }
    return bytes + skipped * (bytes / nodes);
  }

  private void open(@Nullable Object node) {
    if (node == null) {
      return;
    }
    if (opened < MAX_NODES) {
      opened++;
      open.add(node);
    } else {
      skipped++;
    }
  }
}
