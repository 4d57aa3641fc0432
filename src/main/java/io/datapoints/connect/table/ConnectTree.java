package io.datapoints.connect.table;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.payload.ConnectUnions;
import io.datapoints.connect.payload.JsonLimits;
import io.datapoints.connect.payload.LogicalTypes;
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
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Converts values of Connect to the objects that a mapping works on: structs become maps, a struct
 * that stands for a union becomes the value in it, and logical types become what they mean. One
 * instance per value, since it counts the objects that it creates.
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

  private int values;

  /**
   * The objects that stand for a value; an {@link InvalidValue} for a value that no mapping can
   * take. Every field of a struct is present; a field without a value is null, whatever default its
   * schema has.
   *
   * @param schema null if there is none
   */
  static @Nullable Object read(@Nullable Object value, @Nullable Schema schema) {
    try {
      return new ConnectTree().of(value, schema, 0);
    } catch (InvalidValue e) {
      return e;
    }
  }

  private static @Nullable Schema inner(@Nullable Schema schema, Schema.Type type) {
    return schema != null && schema.type() == type ? schema.valueSchema() : null;
  }

  private @Nullable Object of(@Nullable Object value, @Nullable Schema schema, int depth) {
    if (value == null) {
      return null;
    }
    if ((schema != null && schema.name() != null) || value instanceof java.util.Date) {
      return meant(value, schema, depth);
    }
    return plain(value, schema, depth);
  }

  private @Nullable Object meant(Object value, @Nullable Schema schema, int depth) {
    Object meaning = LogicalTypes.meaning(value, schema);
    return meaning == value || meaning instanceof BigDecimal
        ? plain(meaning, schema, depth)
        : meaning;
  }

  private @Nullable Object plain(Object value, @Nullable Schema schema, int depth) {
    if (value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Double) {
      return value;
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    return value instanceof Map || value instanceof List || value instanceof Struct
        ? compound(value, schema, depth)
        : other(value);
  }

  private static Object other(Object value) {
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

  private @Nullable Object compound(Object value, @Nullable Schema schema, int depth) {
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
    if (value instanceof Map<?, ?> map) {
      return entries(map, schema, depth);
    }
    Struct struct = (Struct) value;
    return ConnectUnions.isUnion(struct.schema()) ? content(struct, depth) : fields(struct, depth);
  }

  private @Nullable Object content(Struct union, int depth) {
    SchemaAndValue content = ConnectUnions.content(union);
    return content == null ? null : counted(content.value(), content.schema(), depth);
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
