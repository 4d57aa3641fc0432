package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.model.Cells;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import io.datapoints.connect.store.mongodb.bson.Utf8;
import io.datapoints.connect.store.mongodb.bulk.Layout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonBinarySubType;
import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * The values of cells in BSON: a Byte, Short or Integer is a 32-bit integer, a Long a 64-bit one, a
 * Float or Double a double, an Instant a date (in milliseconds, rounded down), a LocalDate the date
 * of its first moment in UTC, a LocalTime an ISO text, a ByteBuffer a BinData of the generic
 * subtype, a UUID one of subtype 4.
 *
 * <p>A BigInteger is a 64-bit integer if it fits, or else a decimal. A BigDecimal is a double if it
 * has the value of one or is how Java writes one, or else a decimal: as a reader of JSON expects,
 * 0.1 is a double, and no digit is lost.
 *
 * <p>In a key any number that is whole and fits is a 64-bit integer: MongoDB takes 1 and 1.0 for
 * the same key, and so must whoever puts rows in order.
 *
 * <p>What says what is wrong names places and rules, never values. Confined to the task thread.
 */
final class CellEncoder {

  /** Documents within documents that a server takes, the outermost included. */
  static final int MAX_LEVELS = 100;

  static final String TOO_LARGE =
      "makes a document of more than " + Layout.MAX_DOCUMENT_BYTES + " bytes.";

  private static final int USUAL_BYTES = 1_024;

  /** A buffer that grew larger for one record is not kept. */
  private static final int MOST_KEPT_BYTES = 1 << 20;

  /** A decimal has 34 digits and an exponent up to 6111: more bits make no number that it holds. */
  private static final int MOST_BITS = 20_500;

  private static final String NOT_UNICODE =
      "is not valid Unicode: it has half of a surrogate pair.";

  private static final String NO_TYPE = "is of a kind that has no type in MongoDB.";

  private static final String NO_DECIMAL = "is a number that no decimal of 34 digits can hold.";

  private static final String TOO_DEEP =
      "is nested deeper than the " + MAX_LEVELS + " levels of a document.";

  private static final double TWO_TO_63 = 0x1p63;
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private BsonBytes out = new BsonBytes(USUAL_BYTES);

  /** Begins anew. */
  BsonBytes begin() {
    if (out.length() > MOST_KEPT_BYTES) {
      out = new BsonBytes(USUAL_BYTES);
    }
    out.rewind(0);
    return out;
  }

  /** As {@link #value}, for a field of a key. */
  @Nullable String key(Field field, Object value, int level) {
    return put(out.element(field), value, level, true);
  }

  /**
   * Writes an element.
   *
   * @param level of the value, if it is a document or a list; that of the outermost document is 1
   * @return what is wrong with it, or null
   */
  @Nullable String value(Field field, Object value, int level) {
    return put(out.element(field), value, level, false);
  }

  /** As {@link #value(Field, Object, int)}, for a name that a record has. */
  @Nullable String value(String name, Object value, int level) {
    return put(out.element(name), value, level, false);
  }

  /** Why no field can have this key of a map for its name, or null. */
  static @Nullable String nameProblem(@Nullable Object key) {
    if (key == null || key instanceof ByteBuffer || key instanceof List || key instanceof Map) {
      return "has a name that is no text, number or time.";
    }
    String name = key.toString();
    if (name.isEmpty()) {
      return "has an empty name.";
    }
    if (name.charAt(0) == '$') {
      return "has a name that begins with $.";
    }
    if (name.indexOf('.') >= 0) {
      return "has a name with a dot.";
    }
    if (name.indexOf('\0') >= 0) {
      return "has a name with a NUL character.";
    }
    int length = Utf8.length(name);
    if (length > Layout.MAX_DOCUMENT_BYTES) {
      return TOO_LARGE;
    }
    return length == Utf8.INVALID
        ? "has a name that is not valid Unicode: it has half of a surrogate pair."
        : null;
  }

  private @Nullable String put(int element, @Nullable Object value, int level, boolean key) {
    if (out.length() > Layout.MAX_DOCUMENT_BYTES) {
      return TOO_LARGE;
    }
    if (value instanceof String text) {
      return putText(element, text);
    } else if (value instanceof Number number) {
      return putNumber(element, number, key);
    } else if (value instanceof Boolean flag) {
      out.type(element, BsonType.BOOLEAN);
      out.putByte(flag ? 1 : 0);
      return null;
    } else if (value == null || value == Cells.NULL) {
      return null;
    } else if (value instanceof Map<?, ?> map) {
      return putDocument(element, map, level, key);
    } else if (value instanceof List<?> list) {
      return putList(element, list, level, key);
    }
    return putOther(element, value);
  }

  private @Nullable String putText(int element, String text) {
    int length = Utf8.length(text);
    if (length == Utf8.INVALID) {
      return NOT_UNICODE;
    }
    if (length > Layout.MAX_DOCUMENT_BYTES) {
      return TOO_LARGE;
    }
    out.type(element, BsonType.STRING);
    out.putText(text);
    return null;
  }

  private @Nullable String putOther(int element, Object value) {
    if (value instanceof Instant instant) {
      return putInstant(element, instant);
    } else if (value instanceof LocalDate date) {
      return putInstant(element, date.atStartOfDay(ZoneOffset.UTC).toInstant());
    } else if (value instanceof LocalTime time) {
      return putText(element, DateTimeFormatter.ISO_LOCAL_TIME.format(time));
    } else if (value instanceof UUID uuid) {
      putBinaryHeader(element, 2 * Long.BYTES, BsonBinarySubType.UUID_STANDARD);
      out.putBigEndian(uuid.getMostSignificantBits());
      out.putBigEndian(uuid.getLeastSignificantBits());
      return null;
    } else if (value instanceof ByteBuffer bytes) {
      return putBytes(element, bytes);
    }
    return NO_TYPE;
  }

  private @Nullable String putInstant(int element, Instant instant) {
    long millis;
    try {
      millis = instant.toEpochMilli();
    } catch (ArithmeticException e) {
      return "is a time that no date of MongoDB can have.";
    }
    out.type(element, BsonType.DATE_TIME);
    out.putLong(millis);
    return null;
  }

  private @Nullable String putBytes(int element, ByteBuffer bytes) {
    if (bytes.remaining() > Layout.MAX_DOCUMENT_BYTES) {
      return TOO_LARGE;
    }
    putBinaryHeader(element, bytes.remaining(), BsonBinarySubType.BINARY);
    out.putBytes(bytes);
    return null;
  }

  private void putBinaryHeader(int element, int length, BsonBinarySubType subType) {
    out.type(element, BsonType.BINARY);
    out.putInt(length);
    out.putByte(subType.getValue());
  }

  private @Nullable String putDocument(int element, Map<?, ?> map, int level, boolean key) {
    if (level > MAX_LEVELS) {
      return TOO_DEEP;
    }
    out.type(element, BsonType.DOCUMENT);
    int start = out.begin();
    int field = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String problem = putEntry(entry, level + 1, key);
      if (problem != null) {
        return "field " + field + " " + problem;
      }
      field++;
    }
    out.end(start);
    return null;
  }

  private @Nullable String putEntry(Map.Entry<?, ?> entry, int level, boolean key) {
    String problem = nameProblem(entry.getKey());
    return problem != null
        ? problem
        : put(out.element(String.valueOf(entry.getKey())), entry.getValue(), level, key);
  }

  private @Nullable String putList(int element, List<?> list, int level, boolean key) {
    if (level > MAX_LEVELS) {
      return TOO_DEEP;
    }
    out.type(element, BsonType.ARRAY);
    int start = out.begin();
    for (int i = 0; i < list.size(); i++) {
      String problem = put(out.element(i), list.get(i), level + 1, key);
      if (problem != null) {
        return "element " + i + " " + problem;
      }
    }
    out.end(start);
    return null;
  }

  private @Nullable String putNumber(int element, Number number, boolean key) {
    if (number instanceof Long) {
      putLong(element, number.longValue());
      return null;
    } else if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      putInteger(element, number.intValue(), key);
      return null;
    } else if (number instanceof Double || number instanceof Float) {
      putDouble(element, number.doubleValue(), key);
      return null;
    } else if (number instanceof BigInteger integer) {
      return putBigInteger(element, integer, key);
    } else if (number instanceof BigDecimal decimal) {
      return putBigDecimal(element, decimal, key);
    }
    return NO_TYPE;
  }

  private void putInteger(int element, int number, boolean key) {
    if (key) {
      putLong(element, number);
      return;
    }
    out.type(element, BsonType.INT32);
    out.putInt(number);
  }

  private void putLong(int element, long number) {
    out.type(element, BsonType.INT64);
    out.putLong(number);
  }

  private void putDouble(int element, double number, boolean key) {
    if (key && number >= -TWO_TO_63 && number < TWO_TO_63 && number == (long) number) {
      putLong(element, (long) number);
      return;
    }
    out.type(element, BsonType.DOUBLE);
    out.putReal(number);
  }

  private @Nullable String putBigInteger(int element, BigInteger integer, boolean key) {
    if (integer.bitLength() > MOST_BITS) {
      return NO_DECIMAL;
    }
    if (integer.bitLength() < Long.SIZE) {
      putLong(element, integer.longValue());
      return null;
    }
    BigDecimal decimal = new BigDecimal(integer);
    return key ? putBigDecimal(element, decimal, true) : putDecimal(element, decimal);
  }

  private @Nullable String putBigDecimal(int element, BigDecimal decimal, boolean key) {
    if (decimal.unscaledValue().bitLength() > MOST_BITS) {
      return NO_DECIMAL;
    }
    if (key && fitsLong(decimal)) {
      putLong(element, decimal.longValue());
      return null;
    }
    double real = decimal.doubleValue();
    if (Double.isFinite(real)
        && (BigDecimal.valueOf(real).compareTo(decimal) == 0
            || new BigDecimal(real).compareTo(decimal) == 0)) {
      putDouble(element, real, key);
      return null;
    }
    return putDecimal(element, decimal);
  }

  private static boolean fitsLong(BigDecimal decimal) {
    // The comparison looks at the magnitudes first, so that a large exponent costs nothing.
    return decimal.compareTo(LEAST_LONG) >= 0
        && decimal.compareTo(MOST_LONG) <= 0
        && decimal.compareTo(BigDecimal.valueOf(decimal.longValue())) == 0;
  }

  private @Nullable String putDecimal(int element, BigDecimal decimal) {
    Decimal128 encoded;
    try {
      encoded = new Decimal128(decimal);
    } catch (NumberFormatException e) {
      return NO_DECIMAL;
    }
    out.type(element, BsonType.DECIMAL128);
    out.putLong(encoded.getLow());
    out.putLong(encoded.getHigh());
    return null;
  }
}
