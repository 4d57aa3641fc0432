package io.datapoints.connect.store.cassandra.codec;

import io.datapoints.connect.model.Cells;
import io.datapoints.connect.model.InvalidValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codecs of types that are made of other types. */
final class CollectionCodecs {

  private static final int NULL_LENGTH = -1;
  private static final String NO_NULL = "must not be null";

  private CollectionCodecs() {}

  private static boolean isNull(@Nullable Object value) {
    return value == null || value == Cells.NULL;
  }

  /** The elements of a value that has to be a list. */
  private static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new InvalidValue("must be a list");
  }

  private static Map<?, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new InvalidValue("must be an object");
  }

  private static ByteBuffer present(
      CellCodec codec, @Nullable Object value, String step, UnknownFields unknown) {
    if (value == null || value == Cells.NULL) {
      throw new InvalidValue(NO_NULL).within(step);
    }
    try {
      return codec.encode(value, unknown);
    } catch (InvalidValue e) {
      throw e.within(step);
    }
  }

  private static @Nullable ByteBuffer orNull(
      CellCodec codec, @Nullable Object value, String step, UnknownFields unknown) {
    return isNull(value) ? null : present(codec, value, step, unknown);
  }

  private static List<ByteBuffer> elements(CellCodec element, List<?> list, UnknownFields unknown) {
    List<ByteBuffer> parts = new ArrayList<>(list.size());
    for (Object each : list) {
      try {
        if (each == null || each == Cells.NULL) {
          throw new InvalidValue(NO_NULL);
        }
        parts.add(element.encode(each, unknown));
      } catch (InvalidValue e) {
        throw e.within("[" + parts.size() + "]");
      }
    }
    return parts;
  }

  /** Each part behind its length, as in the values of all types but vectors. */
  private static ByteBuffer joined(int head, List<? extends @Nullable ByteBuffer> parts) {
    int length = head;
    for (ByteBuffer part : parts) {
      length += Integer.BYTES + (part == null ? 0 : part.remaining());
    }
    ByteBuffer joined = ByteBuffer.allocate(length).position(head);
    for (ByteBuffer part : parts) {
      if (part == null) {
        joined.putInt(NULL_LENGTH);
      } else {
        joined.putInt(part.remaining()).put(part.duplicate());
      }
    }
    return joined.flip();
  }

  /** CQL's list and set. */
  record Elements(CellCodec element) implements CellCodec {

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      List<ByteBuffer> parts = elements(element, list(value), unknown);
      return joined(Integer.BYTES, parts).putInt(0, parts.size());
    }
  }

  /** CQL's map. The names of its keys are payload, and so in no reason. */
  record Entries(CellCodec key, CellCodec element) implements CellCodec {

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      Map<?, ?> map = map(value);
      List<ByteBuffer> parts = new ArrayList<>(2 * map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        parts.add(present(key, entry.getKey(), "[key]", unknown));
        parts.add(present(element, entry.getValue(), "[value]", unknown));
      }
      return joined(Integer.BYTES, parts).putInt(0, map.size());
    }
  }

  /** CQL's tuple, from a list of the same length. */
  record Tuple(List<CellCodec> parts) implements CellCodec {

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      List<?> list = list(value);
      if (list.size() != parts.size()) {
        throw new InvalidValue("must be a list of " + parts.size());
      }
      List<@Nullable ByteBuffer> encoded = new ArrayList<>(list.size());
      for (int i = 0; i < list.size(); i++) {
        encoded.add(orNull(parts.get(i), list.get(i), "[" + i + "]", unknown));
      }
      return joined(0, encoded);
    }
  }

  /** A user defined type, from an object with fields of the same names; absent ones are null. */
  record UserType(List<String> names, List<CellCodec> parts) implements CellCodec {

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      Map<?, ?> map = map(value);
      List<@Nullable ByteBuffer> encoded = new ArrayList<>(names.size());
      int known = 0;
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        known += map.containsKey(name) ? 1 : 0;
        encoded.add(orNull(parts.get(i), map.get(name), "." + name, unknown));
      }
      if (known < map.size()) {
        map.keySet().stream()
            .map(String::valueOf)
            .filter(name -> !names.contains(name))
            .forEach(unknown::met);
      }
      return joined(0, encoded);
    }
  }

  /**
   * CQL's vector: elements of a fixed length one after the other, others behind their lengths as
   * variable length integers (Cassandra's VIntCoding).
   */
  record Vector(CellCodec element, int dimensions) implements CellCodec {

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      List<?> list = list(value);
      if (list.size() != dimensions) {
        throw new InvalidValue("must be a list of " + dimensions);
      }
      List<ByteBuffer> parts = elements(element, list, unknown);
      boolean fixed = element.width() != VARIABLE;
      int length = 0;
      for (ByteBuffer part : parts) {
        length += part.remaining() + (fixed ? 0 : vintBytes(part.remaining()));
      }
      ByteBuffer joined = ByteBuffer.allocate(length);
      for (ByteBuffer part : parts) {
        if (!fixed) {
          putVint(joined, part.remaining());
        }
        joined.put(part.duplicate());
      }
      return joined.flip();
    }

    @Override
    public int width() {
      return element.width() == VARIABLE ? VARIABLE : dimensions * element.width();
    }

    private static int vintBytes(int value) {
      int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(value));
      return (bits + 6) / 7;
    }

    /** The number of further bytes as leading ones of the first, then the value. */
    private static void putVint(ByteBuffer target, int value) {
      int further = vintBytes(value) - 1;
      int ones = 0xFF & ~(0xFF >> further);
      target.put((byte) (ones | (int) ((long) value >>> (8 * further))));
      for (int i = further - 1; i >= 0; i--) {
        target.put((byte) (value >>> (8 * i)));
      }
    }
  }
}
