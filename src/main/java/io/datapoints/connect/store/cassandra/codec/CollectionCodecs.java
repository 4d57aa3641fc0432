package io.datapoints.connect.store.cassandra.codec;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codecs of types that contain other types. */
final class CollectionCodecs {

  private static final int NULL_LENGTH = -1;
  private static final String NO_NULL = "must not be null";

  private CollectionCodecs() {}

  /** Whether a value is null for this type: a blank text is, unless the type takes it. */
  private static boolean isNull(CellCodec codec, @Nullable Object value) {
    return value == null
        || value == MappedRecord.NULL
        || (CellCodec.isBlank(value) && !codec.takesBlank());
  }

  /** The elements of a value, which must be a list. */
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

  /** Writes the length of a part, then the part. */
  private static void part(
      CellCodec codec, @Nullable Object value, ValueBytes into, UnknownFields unknown) {
    if (value == null || value == MappedRecord.NULL) {
      throw new InvalidValue(NO_NULL);
    }
    int start = into.openPart();
    codec.encode(value, into, unknown);
    into.closePart(start);
  }

  /** Writes the length of the part at this step, then the part. */
  private static void present(
      CellCodec codec,
      @Nullable Object value,
      String step,
      ValueBytes into,
      UnknownFields unknown) {
    try {
      part(codec, value, into, unknown);
    } catch (InvalidValue e) {
      throw e.within(step);
    }
  }

  /** Writes the length of a part, then the part; or the length that means null. */
  private static void orNull(
      CellCodec codec,
      @Nullable Object value,
      String step,
      ValueBytes into,
      UnknownFields unknown) {
    if (isNull(codec, value)) {
      into.putInt(NULL_LENGTH);
    } else {
      present(codec, value, step, into, unknown);
    }
  }

  /** CQL's list and set. */
  record Elements(CellCodec element) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      List<?> list = list(value);
      into.putInt(list.size());
      int index = 0;
      for (Object each : list) {
        try {
          part(element, each, into, unknown);
        } catch (InvalidValue e) {
          throw e.within("[" + index + "]");
        }
        index++;
      }
    }
  }

  /** CQL's map. The names of its keys are payload, so no reason contains them. */
  record Entries(CellCodec key, CellCodec element) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      Map<?, ?> map = map(value);
      into.putInt(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        present(key, entry.getKey(), "[key]", into, unknown);
        present(element, entry.getValue(), "[value]", into, unknown);
      }
    }
  }

  /** CQL's tuple, from a list of the same length. */
  record Tuple(List<CellCodec> parts) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      List<?> list = list(value);
      if (list.size() != parts.size()) {
        throw new InvalidValue("must be a list of " + parts.size());
      }
      for (int i = 0; i < list.size(); i++) {
        orNull(parts.get(i), list.get(i), "[" + i + "]", into, unknown);
      }
    }
  }

  /**
   * A user defined type, from an object with fields of the same names, where absent ones are null;
   * or from a list with a value for each field.
   */
  record UserType(List<String> names, List<CellCodec> parts) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      if (value instanceof List<?>) {
        new Tuple(parts).encode(value, into, unknown);
        return;
      }
      Map<?, ?> map = map(value);
      int known = 0;
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        known += map.containsKey(name) ? 1 : 0;
        orNull(parts.get(i), map.get(name), "." + name, into, unknown);
      }
      if (known < map.size()) {
        map.keySet().stream()
            .map(String::valueOf)
            .filter(name -> !names.contains(name))
            .forEach(unknown::lacks);
      }
    }
  }

  /**
   * CQL's vector: elements of a fixed length follow each other; each other element follows its
   * length, a variable length integer (Cassandra's VIntCoding).
   */
  record Vector(CellCodec element, int dimensions) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      List<?> list = list(value);
      if (list.size() != dimensions) {
        throw new InvalidValue("must be a list of " + dimensions);
      }
      for (int i = 0; i < dimensions; i++) {
        try {
          element(list.get(i), into, unknown);
        } catch (InvalidValue e) {
          throw e.within("[" + i + "]");
        }
      }
    }

    private void element(@Nullable Object value, ValueBytes into, UnknownFields unknown) {
      if (value == null || value == MappedRecord.NULL) {
        throw new InvalidValue(NO_NULL);
      }
      int start = into.size();
      element.encode(value, into, unknown);
      if (element.width() == VARIABLE) {
        int length = into.size() - start;
        into.shift(start, vintBytes(length));
        setVint(into, start, length);
      }
    }

    @Override
    public int width() {
      return element.width() == VARIABLE ? VARIABLE : dimensions * element.width();
    }

    private static int vintBytes(int value) {
      int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(value));
      return (bits + 6) / 7;
    }

    /** Writes the number of further bytes as leading ones of the first byte, then the value. */
    private static void setVint(ValueBytes target, int position, int value) {
      int further = vintBytes(value) - 1;
      int ones = 0xFF & ~(0xFF >> further);
      target.set(position, ones | (int) ((long) value >>> (8 * further)));
      for (int i = 1; i <= further; i++) {
        target.set(position + i, value >>> (8 * (further - i)));
      }
    }
  }
}
