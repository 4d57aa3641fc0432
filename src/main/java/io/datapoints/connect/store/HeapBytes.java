package io.datapoints.connect.store;

import io.datapoints.connect.model.BsonValue;
import io.datapoints.connect.model.WrittenValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What objects take of the heap, for rows to say what they hold: in a virtual machine with
 * compressed references, which all with less than 32 GB have. Near enough for a bound.
 */
public final class HeapBytes {

  private static final int ALIGNMENT = 8;

  private static final int ARRAY = 16;
  private static final int REFERENCE = 4;
  private static final int STRING = 24;
  private static final int BUFFER = 56;
  private static final int LIST = 40;
  private static final int MAP = 64;

  /** In a map, with its share of the table. */
  private static final int MAP_ENTRY = 48;

  private static final int BOXED = 24;
  private static final int DECIMAL = 104;
  private static final int WRITTEN = 96;

  private HeapBytes() {}

  /** An array of bytes. */
  public static int ofBytes(int length) {
    return (ARRAY + length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** An array of references, without what they refer to. */
  public static int ofReferences(int length) {
    return ofBytes(REFERENCE * length);
  }

  /** A buffer, with all that is behind it. */
  public static int of(ByteBuffer buffer) {
    return BUFFER + ofBytes(buffer.capacity());
  }

  /** A text, of one byte a character as most are. */
  public static int of(String text) {
    return STRING + ofBytes(text.length());
  }

  /** Values as a mapping takes them out of a record, with all that is in them. */
  public static long ofValues(List<@Nullable Object> values) {
    long bytes = LIST + (long) REFERENCE * values.size();
    // By position: as a rule all of them are leaves, and this runs once a row.
    for (int i = 0; i < values.size(); i++) {
      bytes += ofValue(values.get(i));
    }
    return bytes;
  }

  /** One value, with all that is in it. */
  public static long ofValue(@Nullable Object value) {
    // What is there most is asked for first: an interface costs more to ask for than a class.
    if (value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof Double
        || value instanceof Integer
        || value instanceof Boolean) {
      return leaf(value);
    }
    return value instanceof List || value instanceof Map
        ? BoundedWalk.of(value, HeapBytes::size)
        : leaf(value);
  }

  private static int leaf(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return 0;
    }
    if (value instanceof String text) {
      return of(text);
    }
    if (value instanceof ByteBuffer buffer) {
      return of(buffer);
    }
    if (value instanceof BsonValue ready) {
      return BOXED + ofBytes(ready.content().length) + of(ready.toString());
    }
    if (value instanceof BigDecimal || value instanceof BigInteger) {
      return DECIMAL;
    }
    return value instanceof WrittenValue ? WRITTEN : BOXED;
  }

  private static long size(Object node, Consumer<@Nullable Object> children) {
    if (node instanceof List<?> list) {
      list.forEach(children);
      return LIST + (long) REFERENCE * list.size();
    }
    if (node instanceof Map<?, ?> map) {
      // As a rule the names are those of other records too, and one text for all.
      map.values().forEach(children);
      return MAP + (long) MAP_ENTRY * map.size();
    }
    return leaf(node);
  }
}
