package io.datapoints.connect.table;

import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.payload.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.jspecify.annotations.Nullable;

/**
 * Converts values of Connect to the objects that a mapping works on: structs become maps, and
 * Connect's logical types become classes of java.time. One instance per value, since it counts the
 * objects that it creates.
 */
final class ConnectTree {

  /** The most levels of lists, maps and structs: a value that contains itself would never end. */
  private static final int MAX_DEPTH = 100;

  /**
   * The most values in one tree: lists that hold the same list twice grow exponentially by level.
   */
  private static final int MAX_VALUES = JsonLimits.MAX_VALUES;

  /** The limit of JSON. The time to print a number grows faster than its length. */
  private static final int MAX_NUMBER_BITS = (int) (JsonLimits.MAX_NUMBER_CHARS / 0.302);

  private static final long MILLIS_A_DAY = 86_400_000;
  private static final long NANOS_A_MILLI = 1_000_000;

  private int values;

  /**
   * Fills the slots of the paths that start at a place. Every field of a struct is present; a field
   * without a value is null, whatever default its schema has. A value that no mapping can take
   * becomes an {@link InvalidValue}.
   *
   * @param value the value at that place, from Connect or from {@link JsonTree}
   * @param schema null if there is none
   */
  static void fill(
      PathTree place, @Nullable Object value, @Nullable Schema schema, @Nullable Object[] slots) {
    if (place.slot() != PathTree.NO_SLOT) {
      slots[place.slot()] = read(value, schema);
    }
    if (place.leadsOn()) {
      fillBelow(place, value, schema, slots);
    }
  }

  private static @Nullable Object read(@Nullable Object value, @Nullable Schema schema) {
    try {
      return new ConnectTree().of(value, schema, 0);
    } catch (InvalidValue e) {
      return e;
    }
  }

  /**
   * Like {@link #fill}, for the paths that continue. Never goes deeper than the longest of them.
   */
  static void fillBelow(
      PathTree place, @Nullable Object value, @Nullable Schema schema, @Nullable Object[] slots) {
    if (value instanceof Struct struct) {
      for (Map.Entry<String, PathTree> step : place.fields().entrySet()) {
        Field field = struct.schema().field(step.getKey());
        if (field != null) {
          fill(step.getValue(), struct.getWithoutDefault(field.name()), field.schema(), slots);
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<String, PathTree> step : place.fields().entrySet()) {
        if (map.containsKey(step.getKey())) {
          fill(step.getValue(), map.get(step.getKey()), inner(schema, Schema.Type.MAP), slots);
        }
      }
    } else if (value instanceof List<?> list) {
      for (Map.Entry<Integer, PathTree> step : place.elements().entrySet()) {
        if (step.getKey() < list.size()) {
          Schema inner = inner(schema, Schema.Type.ARRAY);
          fill(step.getValue(), list.get(step.getKey()), inner, slots);
        }
      }
    }
  }

  /** The schema of the elements of a list; null if there is none. */
  static @Nullable Schema elementSchema(@Nullable Schema list) {
    return inner(list, Schema.Type.ARRAY);
  }

  private static @Nullable Schema inner(@Nullable Schema schema, Schema.Type type) {
    return schema != null && schema.type() == type ? schema.valueSchema() : null;
  }

  @SuppressWarnings("JavaUtilDate") // The class of Connect's own logical types.
  private @Nullable Object of(@Nullable Object value, @Nullable Schema schema, int depth) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Double) {
      return value;
    }
    if (value instanceof java.util.Date date) {
      return time(date.getTime(), schema);
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    return value instanceof Map || value instanceof List || value instanceof Struct
        ? compound(value, schema, depth)
        : other(value, schema);
  }

  private static Object other(Object value, @Nullable Schema schema) {
    if (value instanceof BigDecimal decimal
        && schema != null
        && Decimal.LOGICAL_NAME.equals(schema.name())) {
      bounded(decimal);
      return DecimalValue.of(decimal);
    }
    if (value instanceof BigInteger || value instanceof BigDecimal) {
      return bounded((Number) value);
    }
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    if (value instanceof Number
        || value instanceof ByteBuffer
        || value instanceof Instant
        || value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof UUID) {
      return value;
    }
    throw new InvalidValue("has a " + value.getClass().getName() + ", which has no counterpart");
  }

  private static Number bounded(Number number) {
    BigInteger digits =
        number instanceof BigDecimal decimal ? decimal.unscaledValue() : (BigInteger) number;
    int scale = number instanceof BigDecimal decimal ? decimal.scale() : 0;
    if (digits.bitLength() > MAX_NUMBER_BITS
        || Math.abs((long) scale) > 2L * JsonLimits.MAX_EXPONENT) {
      throw new InvalidValue(
          "has a number of more than " + JsonLimits.MAX_NUMBER_CHARS + " digits");
    }
    return number;
  }

  private static Object time(long millis, @Nullable Schema schema) {
    String name = schema == null ? null : schema.name();
    if (Date.LOGICAL_NAME.equals(name)) {
      return LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_A_DAY));
    }
    if (Time.LOGICAL_NAME.equals(name)) {
      if (millis < 0 || millis >= MILLIS_A_DAY) {
        throw new InvalidValue("has a time of day that no day has");
      }
      return LocalTime.ofNanoOfDay(millis * NANOS_A_MILLI);
    }
    return Instant.ofEpochMilli(millis);
  }

  private Object compound(Object value, @Nullable Schema schema, int depth) {
    if (depth == MAX_DEPTH) {
      throw new InvalidValue("is deeper than " + MAX_DEPTH + " levels");
    }
    if (value instanceof List<?> list) {
      Schema inner = inner(schema, Schema.Type.ARRAY);
      List<@Nullable Object> elements = new ArrayList<>(list.size());
      for (Object element : list) {
        elements.add(counted(element, inner, depth));
      }
      return elements;
    }
    return value instanceof Struct struct
        ? fields(struct, depth)
        : entries((Map<?, ?>) value, schema, depth);
  }

  private Map<Object, @Nullable Object> fields(Struct struct, int depth) {
    Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
    for (Field field : struct.schema().fields()) {
      Object value = struct.getWithoutDefault(field.name());
      fields.put(field.name(), counted(value, field.schema(), depth));
    }
    return fields;
  }

  private Map<Object, @Nullable Object> entries(Map<?, ?> map, @Nullable Schema schema, int depth) {
    boolean typed = schema != null && schema.type() == Schema.Type.MAP;
    Schema ofKeys = typed && schema != null ? schema.keySchema() : null;
    Schema ofValues = inner(schema, Schema.Type.MAP);
    Map<Object, @Nullable Object> entries =
        ofBytes(ofKeys) ? new TreeMap<>() : new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = counted(entry.getKey(), ofKeys, depth);
      if (key == null || key instanceof Map || key instanceof List) {
        throw new InvalidValue("has a map with a key that is no single value");
      }
      entries.put(key, counted(entry.getValue(), ofValues, depth));
    }
    return entries;
  }

  /** Byte keys make a hash map slow if their hashes collide, unlike texts or numbers. */
  private static boolean ofBytes(@Nullable Schema keys) {
    return keys != null && keys.type() == Schema.Type.BYTES && keys.name() == null;
  }

  private @Nullable Object counted(@Nullable Object value, @Nullable Schema schema, int depth) {
    if (++values > MAX_VALUES) {
      throw new InvalidValue("has more than " + MAX_VALUES + " values");
    }
    return of(value, schema, depth + 1);
  }
}
