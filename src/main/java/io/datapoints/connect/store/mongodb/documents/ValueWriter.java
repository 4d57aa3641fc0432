package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.config.mapping.MappedTarget.Decimals;
import io.datapoints.connect.model.BsonValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.WrittenValue;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import io.datapoints.connect.store.mongodb.bson.Utf8;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
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
import org.jspecify.annotations.Nullable;

/**
 * Writes values in BSON: a Byte, Short or Integer is a 32-bit integer, a Long a 64-bit one, a Float
 * or Double a double, an Instant a date (in milliseconds, rounded down), a LocalDate the date of
 * its first moment in UTC, a LocalTime an ISO text, a ByteBuffer a BinData of the generic subtype,
 * a UUID one of subtype 4.
 *
 * <p>A BigInteger is a 64-bit integer if it fits, or else a decimal. A {@link
 * io.datapoints.connect.model.DecimalValue} is a decimal. Any other BigDecimal is a double if a
 * double has its value or its text in Java, or else a decimal: as in JSON, 0.1 is a double, and no
 * digit is lost. A setting makes more numbers decimals, see {@link Decimals}.
 *
 * <p>In a key, any whole number that fits is a 64-bit integer, and a DecimalValue is written as any
 * other BigDecimal: MongoDB treats 1 and 1.0 as the same key, and so must the order of rows.
 *
 * <p>An {@link InvalidValue} names places and rules, never values. Confined to the task thread.
 */
final class ValueWriter {

  /** The most levels of nested documents that a server accepts, the outermost included. */
  static final int MAX_LEVELS = 100;

  static final String TOO_LARGE =
      "makes a document of more than " + MongoLayout.MAX_DOCUMENT_BYTES + " bytes.";

  private static final int USUAL_BYTES = 1_024;

  /** A buffer that grew larger for one record is not kept. */
  private static final int MOST_KEPT_BYTES = 1 << 20;

  static final String NO_TYPE = "is of a kind that has no type in MongoDB.";

  private BsonBytes out = new BsonBytes(USUAL_BYTES);
  private Decimals decimals = Decimals.DECLARED;

  /**
   * Returns the empty buffer for the next document.
   *
   * @param ofDocument which numbers outside its key are decimals
   */
  BsonBytes begin(Decimals ofDocument) {
    decimals = ofDocument;
    if (out.length() > MOST_KEPT_BYTES) {
      out = new BsonBytes(USUAL_BYTES);
    }
    out.rewind(0);
    return out;
  }

  /** Like {@link #value}, for a field of a key whose type is the same in every record. */
  void typedKey(Field field, Object value, int level) {
    int element = out.element(field);
    if (value instanceof Number number) {
      NumberWriter.putTyped(element, number, out);
    } else {
      put(element, value, level, true);
    }
  }

  /** Like {@link #value}, for a field of a key. */
  void key(Field field, Object value, int level) {
    put(out.element(field), value, level, true);
  }

  /**
   * Writes an element.
   *
   * @param level the level of the value, if it is a document or a list; that of the outermost
   *     document is 1
   * @throws InvalidValue for a value that no BSON document can hold; the element is then incomplete
   */
  void value(Field field, Object value, int level) {
    put(out.element(field), value, level, false);
  }

  /** Like {@link #value(Field, Object, int)}, for a name that {@link FieldName#check} accepted. */
  void value(String name, Object value, int level) {
    put(out.element(name), value, level, false);
  }

  private void put(int element, @Nullable Object value, int level, boolean key) {
    if (out.length() > MongoLayout.MAX_DOCUMENT_BYTES) {
      throw new InvalidValue(TOO_LARGE);
    }
    if (value instanceof String text) {
      putText(element, text);
    } else if (value instanceof Number number) {
      if (key || decimals == Decimals.DECLARED) {
        NumberWriter.put(element, number, key, out);
      } else {
        NumberWriter.put(element, number, decimals, out);
      }
    } else if (value instanceof Boolean flag) {
      out.type(element, BsonType.BOOLEAN);
      out.putByte(flag ? 1 : 0);
    } else if (value instanceof Map<?, ?> map) {
      putDocument(element, map, level, key);
    } else if (value instanceof List<?> list) {
      putList(element, list, level, key);
    } else if (value instanceof WrittenValue known) {
      put(element, known.plain(), level, key);
    } else if (value != null && value != MappedRecord.NULL) {
      putOther(element, value, key);
    }
  }

  private void putText(int element, String text) {
    int length = Utf8.length(text);
    if (length == Utf8.INVALID) {
      throw new InvalidValue("is not valid Unicode: it has half of a surrogate pair.");
    }
    if (length > MongoLayout.MAX_DOCUMENT_BYTES) {
      throw new InvalidValue(TOO_LARGE);
    }
    out.type(element, BsonType.STRING);
    out.putText(text);
  }

  private void putOther(int element, Object value, boolean key) {
    if (value instanceof Instant instant) {
      putInstant(element, instant);
    } else if (value instanceof LocalDate date) {
      putInstant(element, date.atStartOfDay(ZoneOffset.UTC).toInstant());
    } else if (value instanceof LocalTime time) {
      putText(element, DateTimeFormatter.ISO_LOCAL_TIME.format(time));
    } else if (value instanceof UUID uuid) {
      putBinaryHeader(element, 2 * Long.BYTES, BsonBinarySubType.UUID_STANDARD);
      out.putBigEndian(uuid.getMostSignificantBits());
      out.putBigEndian(uuid.getLeastSignificantBits());
    } else if (value instanceof ByteBuffer bytes) {
      putBytes(element, bytes);
    } else if (value instanceof BsonValue ready) {
      putReady(element, ready, key);
    } else {
      throw new InvalidValue(NO_TYPE);
    }
  }

  private void putInstant(int element, Instant instant) {
    long millis;
    try {
      millis = instant.toEpochMilli();
    } catch (ArithmeticException e) {
      throw new InvalidValue("is a time that no date of MongoDB can have.");
    }
    out.type(element, BsonType.DATE_TIME);
    out.putLong(millis);
  }

  private void putBytes(int element, ByteBuffer bytes) {
    if (bytes.remaining() > MongoLayout.MAX_DOCUMENT_BYTES) {
      throw new InvalidValue(TOO_LARGE);
    }
    putBinaryHeader(element, bytes.remaining(), BsonBinarySubType.BINARY);
    out.putBytes(bytes);
  }

  private void putReady(int element, BsonValue value, boolean key) {
    if (key && value.type() == BsonType.REGULAR_EXPRESSION.getValue()) {
      // In a filter it would stand for all that it matches.
      throw new InvalidValue("is a regular expression, which cannot identify a document.");
    }
    if (value.content().length > MongoLayout.MAX_DOCUMENT_BYTES) {
      throw new InvalidValue(TOO_LARGE);
    }
    out.type(element, value.type());
    out.putBytes(ByteBuffer.wrap(value.content()));
  }

  private void putBinaryHeader(int element, int length, BsonBinarySubType subType) {
    out.type(element, BsonType.BINARY);
    out.putInt(length);
    out.putByte(subType.getValue());
  }

  private void putDocument(int element, Map<?, ?> map, int level, boolean key) {
    int start = begin(element, BsonType.DOCUMENT, level);
    int field = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      try {
        FieldName.check(entry.getKey(), key ? Map.of() : map);
        put(out.element(String.valueOf(entry.getKey())), entry.getValue(), level + 1, key);
      } catch (InvalidValue invalid) {
        throw new InvalidValue("field " + field + " " + invalid.getMessage());
      }
      field++;
    }
    out.end(start);
  }

  private void putList(int element, List<?> list, int level, boolean key) {
    int start = begin(element, BsonType.ARRAY, level);
    for (int i = 0; i < list.size(); i++) {
      try {
        put(out.element(i), list.get(i), level + 1, key);
      } catch (InvalidValue invalid) {
        throw new InvalidValue("element " + i + " " + invalid.getMessage());
      }
    }
    out.end(start);
  }

  private int begin(int element, BsonType type, int level) {
    if (level > MAX_LEVELS) {
      throw new InvalidValue("is nested deeper than the " + MAX_LEVELS + " levels of a document.");
    }
    out.type(element, type);
    return out.begin();
  }
}
