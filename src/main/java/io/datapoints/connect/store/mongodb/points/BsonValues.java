package io.datapoints.connect.store.mongodb.points;

import io.datapoints.connect.kairosdb.ApiType;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.BinaryValue;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.model.Value.StringValue;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import io.datapoints.connect.store.mongodb.bson.Utf8;
import org.bson.BsonType;

/**
 * The values of points in BSON: a 64-bit integer, a double, a string, a BinData of the generic
 * subtype, or for a complex number a document of the doubles {@code real} and {@code imaginary}.
 */
final class BsonValues {

  private static final Field VALUE = Field.named("value");
  private static final Field TYPE = Field.named("type");
  private static final Field REAL = Field.named("real");
  private static final Field IMAGINARY = Field.named("imaginary");

  private static final int COMPLEX_BYTES = 4 + 1 + 5 + 8 + 1 + 10 + 8 + 1;

  private static final int HEAP_BYTES = 16;

  private BsonValues() {}

  static BsonType type(Value value) {
    if (value instanceof DoubleValue) {
      return BsonType.DOUBLE;
    } else if (value instanceof LongValue) {
      return BsonType.INT64;
    } else if (value instanceof StringValue) {
      return BsonType.STRING;
    } else if (value instanceof BinaryValue) {
      return BsonType.BINARY;
    }
    return BsonType.DOCUMENT;
  }

  /** The name of the type in KairosDB's API. */
  private static String typeName(Value value) {
    if (value instanceof DoubleValue) {
      return ApiType.DOUBLE.apiName();
    } else if (value instanceof LongValue) {
      return ApiType.LONG.apiName();
    } else if (value instanceof StringValue) {
      return ApiType.STRING.apiName();
    } else if (value instanceof BinaryValue) {
      return ApiType.BINARY.apiName();
    }
    return ApiType.COMPLEX.apiName();
  }

  /** The encoded length without type and name, or {@link Utf8#INVALID}. */
  static int length(Value value) {
    if (value instanceof StringValue text) {
      int length = Utf8.length(text.value());
      return length == Utf8.INVALID ? Utf8.INVALID : length + 5;
    } else if (value instanceof BinaryValue binary) {
      return binary.value().length + 5;
    }
    return value instanceof ComplexValue ? COMPLEX_BYTES : Long.BYTES;
  }

  /** What the value takes of the heap. */
  static int heapBytes(Value value) {
    if (value instanceof StringValue text) {
      return HEAP_BYTES + HeapBytes.of(text.value());
    } else if (value instanceof BinaryValue binary) {
      return HEAP_BYTES + HeapBytes.ofBytes(binary.value().length);
    }
    return value instanceof ComplexValue ? HEAP_BYTES + 2 * Double.BYTES : HEAP_BYTES + Long.BYTES;
  }

  /** Writes the elements {@code value} and {@code type}. */
  static void putElements(Value value, BsonBytes out) {
    out.header(type(value), VALUE);
    put(value, out);
    out.text(TYPE, typeName(value));
  }

  /** Writes the value; the type and name of its element are there already. */
  static void put(Value value, BsonBytes out) {
    if (value instanceof DoubleValue number) {
      out.putReal(number.value());
    } else if (value instanceof LongValue number) {
      out.putLong(number.value());
    } else if (value instanceof StringValue text) {
      out.putText(text.value());
    } else if (value instanceof BinaryValue binary) {
      out.putBinary(binary.value());
    } else if (value instanceof ComplexValue complex) {
      int start = out.begin();
      out.real(REAL, complex.real());
      out.real(IMAGINARY, complex.imaginary());
      out.end(start);
    }
  }
}
