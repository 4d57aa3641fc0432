package io.datapoints.connect.store.mongodb.bson;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bson.BsonType;
import org.bson.RawBsonDocument;

/**
 * BSON documents one after another in one array: what a bulk sends is encoded once, with no object
 * for any field or value. Confined to one thread; documents that were taken stay as they are.
 */
public final class BsonBytes {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int MAX_DIGITS = 10;

  private byte[] bytes;
  private int length;

  public BsonBytes(int capacity) {
    bytes = new byte[Math.max(64, capacity)];
  }

  /** Begins a document. */
  public int begin() {
    int start = length;
    room(Integer.BYTES);
    length += Integer.BYTES;
    return start;
  }

  /** Begins an embedded document. */
  public int begin(Field field) {
    header(BsonType.DOCUMENT, field);
    return begin();
  }

  /** Ends the document that began there. */
  public void end(int start) {
    putByte(0);
    INT.set(bytes, start, length - start);
  }

  /** The document that began there and was the last to end. */
  public RawBsonDocument document(int start) {
    return new RawBsonDocument(bytes, start, length - start);
  }

  /** How much is written. */
  public int length() {
    return length;
  }

  /** Forgets what was written from there on. */
  public void rewind(int to) {
    length = to;
  }

  public void text(Field field, String value) {
    header(BsonType.STRING, field);
    putText(value);
  }

  public void int64(Field field, long value) {
    header(BsonType.INT64, field);
    putLong(value);
  }

  public void real(Field field, double value) {
    header(BsonType.DOUBLE, field);
    putReal(value);
  }

  /** Milliseconds since the epoch. */
  public void date(Field field, long value) {
    header(BsonType.DATE_TIME, field);
    putLong(value);
  }

  /** Elements that were encoded before. */
  public void elements(byte[] encoded) {
    putBytes(encoded, encoded.length);
  }

  /** The elements of the document that began there and has ended, once more. */
  public void elementsOf(int document) {
    int count = (int) INT.get(bytes, document) - Integer.BYTES - 1;
    room(count);
    System.arraycopy(bytes, document + Integer.BYTES, bytes, length, count);
    length += count;
  }

  /** Begins an element whose type is not known yet, see {@link #type}. */
  public int element(Field field) {
    int element = length;
    header(BsonType.NULL, field);
    return element;
  }

  /** As {@link #element(Field)}; the name has to be valid, and without a NUL. */
  public int element(String name) {
    int element = length;
    putByte(BsonType.NULL.getValue());
    room(3 * name.length() + 1);
    putUtf8(name);
    bytes[length++] = 0;
    return element;
  }

  /** As {@link #element(Field)}, for an element of an array. */
  public int element(int number) {
    int element = length;
    putByte(BsonType.NULL.getValue());
    putDigits(number);
    putByte(0);
    return element;
  }

  /** Says of what type the element is that began there. */
  public void type(int element, BsonType type) {
    type(element, (byte) type.getValue());
  }

  /** As {@link #type(int, BsonType)}, with the number of the type. */
  public void type(int element, byte type) {
    bytes[element] = type;
  }

  public void header(BsonType type, Field field) {
    byte[] name = field.bytes();
    putByte(type.getValue());
    putBytes(name, name.length);
  }

  /**
   * The header of an element whose name is a prefix, without its closing zero, and a number.
   *
   * @param number not negative
   */
  public void header(BsonType type, Field prefix, int number) {
    byte[] name = prefix.bytes();
    putByte(type.getValue());
    putBytes(name, name.length - 1);
    putDigits(number);
    putByte(0);
  }

  /** The value of a text; it has to be valid, see {@link Utf8#length}. */
  public void putText(String value) {
    int start = length;
    room(2 * Integer.BYTES + 3 * value.length());
    length += Integer.BYTES;
    putUtf8(value);
    bytes[length++] = 0;
    INT.set(bytes, start, length - start - Integer.BYTES);
  }

  /** The value of a BinData of the generic subtype. */
  public void putBinary(byte[] value) {
    putInt(value.length);
    putByte(0);
    putBytes(value, value.length);
  }

  public void putReal(double value) {
    putLong(Double.doubleToRawLongBits(value));
  }

  public void putInt(int value) {
    room(Integer.BYTES);
    INT.set(bytes, length, value);
    length += Integer.BYTES;
  }

  public void putLong(long value) {
    room(Long.BYTES);
    LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  public void putBigEndian(long value) {
    room(Long.BYTES);
    BIG_ENDIAN_LONG.set(bytes, length, value);
    length += Long.BYTES;
  }

  public void putByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  private void putBytes(byte[] value, int count) {
    room(count);
    System.arraycopy(value, 0, bytes, length, count);
    length += count;
  }

  private void putDigits(int number) {
    room(MAX_DIGITS);
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** There is room for three bytes a char. */
  private void putUtf8(String value) {
    byte[] target = bytes;
    int at = length;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        target[at++] = (byte) c;
      } else if (c < 0x800) {
        target[at++] = (byte) (0xC0 | (c >> 6));
        target[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isSurrogate(c)) {
        int point = Character.toCodePoint(c, value.charAt(++i));
        target[at++] = (byte) (0xF0 | (point >> 18));
        target[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        target[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        target[at++] = (byte) (0x80 | (point & 0x3F));
      } else {
        target[at++] = (byte) (0xE0 | (c >> 12));
        target[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        target[at++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    length = at;
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }

  /** Copies the bytes of a buffer, which stays as it is. */
  public void putBytes(ByteBuffer value) {
    int count = value.remaining();
    room(count);
    value.duplicate().get(bytes, length, count);
    length += count;
  }

  /** What was written so far. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }
}
