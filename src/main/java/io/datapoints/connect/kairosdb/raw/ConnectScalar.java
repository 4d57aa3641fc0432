package io.datapoints.connect.kairosdb.raw;

import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.model.Value.BinaryValue;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.payload.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Writes a value of a map, list or struct into a row of a column. Stateless. */
final class ConnectScalar {

  /** Levels of lists and unions that are read, since a list may contain itself. */
  private static final int MAX_DEPTH = 100;

  /**
   * The limit of JSON, in bits: the time to write a number as text grows faster than its length.
   */
  private static final int MAX_NUMBER_BITS = (int) (JsonLimits.MAX_NUMBER_CHARS / 0.302);

  private ConnectScalar() {}

  /**
   * The name that a key of a map is, or null for one that is not a name: the text of an object
   * could be endless, and different in each run.
   */
  static @Nullable String name(@Nullable Object key) {
    return key instanceof String text ? text : isName(key) ? String.valueOf(key) : null;
  }

  /** Whether a key of a map is a name. */
  static boolean isName(@Nullable Object key) {
    return key instanceof CharSequence
        || key instanceof Boolean
        || key instanceof Long
        || key instanceof Integer
        || key instanceof Short
        || key instanceof Byte
        || key instanceof Double
        || key instanceof Float;
  }

  /**
   * Writes a value as its JSON form would be: a floating-point number, or a decimal with places, is
   * a number with a ".". A date is its milliseconds since the epoch, and bytes are binary.
   */
  static void read(@Nullable Object value, RawColumn column, int row) {
    read(value, column, row, 0);
  }

  @SuppressWarnings("JavaUtilDate") // The class of Connect's own logical types.
  private static void read(@Nullable Object value, RawColumn column, int row, int depth) {
    if (value == null) {
      column.set(row, Kind.NULL);
    } else if (value instanceof Number number) {
      number(number, column, row);
    } else if (value instanceof CharSequence text) {
      column.setText(row, text.toString());
    } else if (value instanceof Boolean truth) {
      column.set(row, truth ? Kind.TRUE : Kind.FALSE);
    } else if (value instanceof Date date) {
      column.setLong(row, date.getTime());
    } else if (value instanceof byte[] bytes) {
      column.setValue(row, new BinaryValue(bytes.clone()));
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      column.setValue(row, new BinaryValue(bytes));
    } else {
      compound(value, column, row, depth);
    }
  }

  /** Writes a value of which only the text counts: a name, a tag's value, a type. */
  static void readText(@Nullable Object value, RawColumn column, int row) {
    read(value, column, row);
    switch (column.kind(row)) {
      case LONG, DOUBLE, NUMBER, TRUE, FALSE -> column.setText(row, column.text(row));
      case EMPTY_ARRAY, VALUE -> column.set(row, Kind.COMPOSITE);
      default -> {
        // A text stays what it is, and so does a missing value.
      }
    }
  }

  private static void number(Number number, RawColumn column, int row) {
    if (number instanceof Double || number instanceof Float) {
      column.setDouble(row, number.doubleValue());
    } else if (isHuge(number)) {
      column.set(row, Kind.COMPOSITE);
    } else if (number instanceof BigDecimal decimal && decimal.scale() > 0) {
      char[] literal = decimal.toString().toCharArray();
      column.setDouble(row, decimal.doubleValue(), literal, 0, literal.length);
    } else if (number instanceof BigDecimal || number instanceof BigInteger) {
      char[] literal = number.toString().toCharArray();
      column.setNumber(row, literal, 0, literal.length);
    } else {
      column.setLong(row, number.longValue());
    }
  }

  private static boolean isHuge(Number number) {
    return (number instanceof BigInteger whole && whole.bitLength() > MAX_NUMBER_BITS)
        || (number instanceof BigDecimal decimal
            && decimal.unscaledValue().bitLength() > MAX_NUMBER_BITS);
  }

  private static void compound(Object value, RawColumn column, int row, int depth) {
    if (value instanceof List<?> list) {
      list(list, column, row, depth);
    } else if (value instanceof Map<?, ?> map) {
      complex(map.get("real"), map.get("imaginary"), column, row);
    } else if (value instanceof Struct struct) {
      struct(struct, column, row, depth);
    } else {
      column.set(row, Kind.COMPOSITE);
    }
  }

  /** A scalar alone in a list counts as that scalar. */
  private static void list(List<?> list, RawColumn column, int row, int depth) {
    Object only = list;
    int level = depth;
    while (only instanceof List<?> inner && inner.size() == 1 && level < MAX_DEPTH) {
      only = inner.get(0);
      level++;
    }
    if (only instanceof List<?>) {
      column.set(row, list.isEmpty() ? Kind.EMPTY_ARRAY : Kind.COMPOSITE);
    } else {
      read(only, column, row, level);
      column.enclose(row);
    }
  }

  /** Reads a complex number, or a union, which converters turn into a struct with one field set. */
  private static void struct(Struct struct, RawColumn column, int row, int depth) {
    if (struct.schema().field("real") != null && struct.schema().field("imaginary") != null) {
      complex(struct.getWithoutDefault("real"), struct.getWithoutDefault("imaginary"), column, row);
      return;
    }
    Object only = null;
    int set = 0;
    for (Field field : struct.schema().fields()) {
      Object content = struct.getWithoutDefault(field.name());
      if (content != null) {
        only = content;
        set++;
      }
    }
    if (set == 1 && !(only instanceof Struct) && depth < MAX_DEPTH) {
      read(only, column, row, depth + 1);
    } else {
      column.set(row, Kind.COMPOSITE);
    }
  }

  private static void complex(
      @Nullable Object real, @Nullable Object imaginary, RawColumn column, int row) {
    if (real instanceof Number x && imaginary instanceof Number y) {
      column.setValue(row, new ComplexValue(x.doubleValue(), y.doubleValue()));
    } else {
      column.set(row, Kind.COMPOSITE);
    }
  }
}
