package io.datapoints.connect.kairosdb.raw;

import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.Value.BinaryValue;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.WrittenValue;
import io.datapoints.connect.payload.ConnectUnions;
import io.datapoints.connect.payload.JsonLimits;
import io.datapoints.connect.payload.LogicalTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Writes a value of a map, list or struct into a row of a column. Stateless. */
final class ConnectScalar {

  /** Levels of lists and unions that are read, since a list may contain itself. */
  private static final int MAX_DEPTH = 100;

  private static final SchemaAndValue NOTHING = new SchemaAndValue(null, null);

  /** Counts as composite. */
  private static final SchemaAndValue TOO_DEEP = new SchemaAndValue(null, new Object());

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

  /** What a union holds: nothing if no field is set. */
  static SchemaAndValue within(Struct union) {
    try {
      SchemaAndValue content = ConnectUnions.content(union);
      return content == null ? NOTHING : content;
    } catch (InvalidValue tooDeep) {
      return TOO_DEEP;
    }
  }

  /** Whether the struct stands for the one value in it. */
  static boolean isUnion(Struct struct) {
    return ConnectUnions.isUnion(struct.schema());
  }

  /**
   * Writes a timestamp. What its schema says to be a point in time, or a date, is one whatever the
   * unit of numbers; a time of day is none.
   */
  static void readTime(@Nullable Object value, @Nullable Schema schema, RawColumn column, int row) {
    if (value instanceof Long number && (schema == null || schema.name() == null)) {
      column.setLong(row, number);
    } else {
      otherTime(value, schema, column, row);
    }
  }

  private static void otherTime(
      @Nullable Object value, @Nullable Schema schema, RawColumn column, int row) {
    if (value instanceof Struct union && isUnion(union)) {
      SchemaAndValue inner = within(union);
      readTime(inner.value(), inner.schema(), column, row);
    } else if (value == null || schema == null || schema.name() == null) {
      read(value, column, row);
    } else {
      try {
        time(LogicalTypes.meaning(value, schema), column, row);
      } catch (InvalidValue | ArithmeticException noTime) {
        column.set(row, Kind.COMPOSITE);
      }
    }
  }

  private static void time(Object meaning, RawColumn column, int row) {
    if (meaning instanceof WrittenValue written) {
      time(written.meaning(), column, row);
    } else if (meaning instanceof Instant instant) {
      column.setTime(row, instant.toEpochMilli());
    } else if (meaning instanceof LocalDate date) {
      column.setTime(row, date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    } else {
      // A time of day, a year and a duration are composite.
      read(meaning, column, row);
    }
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
      column.setTime(row, date.getTime());
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

  /**
   * Writes a value of which only the text counts: a name, a tag's value, a type. That of a time is
   * in ISO 8601.
   */
  static void readText(@Nullable Object value, @Nullable Schema schema, RawColumn column, int row) {
    if (value instanceof String text) {
      column.setText(row, text);
    } else if (value instanceof Struct union && isUnion(union)) {
      SchemaAndValue inner = within(union);
      readText(inner.value(), inner.schema(), column, row);
    } else if (value != null && schema != null && schema.name() != null) {
      named(value, schema, column, row);
    } else {
      literal(value, column, row);
    }
  }

  private static void named(Object value, Schema schema, RawColumn column, int row) {
    try {
      Object meaning = LogicalTypes.meaning(value, schema);
      if (meaning instanceof WrittenValue written) {
        column.setText(row, written.text());
      } else if (meaning instanceof Temporal time) {
        column.setText(row, time.toString());
      } else {
        literal(meaning, column, row);
      }
    } catch (InvalidValue noneOfItsType) {
      column.set(row, Kind.COMPOSITE);
    }
  }

  private static void literal(@Nullable Object value, RawColumn column, int row) {
    read(value, column, row);
    switch (column.kind(row)) {
      case LONG, TIME, DOUBLE, NUMBER, TRUE, FALSE -> column.setText(row, column.text(row));
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

  /**
   * Reads a complex number, a decimal number with a scale of its own, or a union, which converters
   * turn into a struct with one field set.
   */
  private static void struct(Struct struct, RawColumn column, int row, int depth) {
    if (isUnion(struct)) {
      read(within(struct).value(), column, row, depth + 1);
    } else if (struct.schema().field("real") != null
        && struct.schema().field("imaginary") != null) {
      complex(struct.getWithoutDefault("real"), struct.getWithoutDefault("imaginary"), column, row);
    } else {
      Object meaning = meaning(struct);
      if (meaning instanceof BigDecimal decimal) {
        number(decimal, column, row);
      } else {
        only(struct, column, row, depth);
      }
    }
  }

  private static @Nullable Object meaning(Struct struct) {
    try {
      return LogicalTypes.meaning(struct, struct.schema());
    } catch (InvalidValue noneOfItsType) {
      return null;
    }
  }

  private static void only(Struct struct, RawColumn column, int row, int depth) {
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
