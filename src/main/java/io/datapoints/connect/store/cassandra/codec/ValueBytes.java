package io.datapoints.connect.store.cassandra.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The encoded values of a row, one after the other. Grows with what is written and is used again
 * for the next row, so that a value costs no object. Confined to one thread.
 *
 * <p>Each value stands behind its length, in one byte as long as that will do: small values are
 * what most rows are made of, and many rows wait in memory. The parts of a value stand behind their
 * lengths as the native protocol has them, in four bytes.
 */
public final class ValueBytes {

  private static final int INITIAL_BYTES = 256;

  /** What one large row needed beyond this many bytes is given back by {@link #clear}. */
  private static final int RETAINED_BYTES = 65_536;

  /** The longest value whose length is one byte; the marks are the bytes behind it. */
  private static final int MAX_SHORT = 250;

  /** Stands for a length in four bytes, which follow. */
  private static final int LONG_VALUE = 251;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  /** Starts the next row. */
  public void clear() {
    size = 0;
    if (bytes.length > RETAINED_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** Starts a value and returns its position. */
  public int openValue() {
    return reserve(Byte.BYTES) + Byte.BYTES;
  }

  /** Ends the value that began at this position. */
  public void closeValue(int position) {
    int length = size - position;
    if (length <= MAX_SHORT) {
      bytes[position - 1] = (byte) length;
    } else {
      shift(position, Integer.BYTES);
      bytes[position - 1] = (byte) LONG_VALUE;
      INT.set(bytes, position, length);
    }
  }

  /**
   * Writes that there is no value.
   *
   * @param mark a length that no value has: -1, -2 or -3
   */
  public void putMark(int mark) {
    putByte(mark);
  }

  /** The length of the value, or the mark, that stands at this position. */
  public static int lengthAt(byte[] bytes, int position) {
    int length = bytes[position] & 0xFF;
    if (length <= MAX_SHORT) {
      return length;
    }
    return length == LONG_VALUE ? (int) INT.get(bytes, position + 1) : bytes[position];
  }

  /** How many bytes the length in front of such a value takes. */
  public static int headBytes(int length) {
    return length <= MAX_SHORT ? Byte.BYTES : Byte.BYTES + Integer.BYTES;
  }

  /** Starts a part of a value and returns its position. */
  int openPart() {
    return reserve(Integer.BYTES) + Integer.BYTES;
  }

  /** Ends the part that began at this position. */
  void closePart(int position) {
    INT.set(bytes, position - Integer.BYTES, size - position);
  }

  /** Copies what begins at this position, and removes it. */
  public byte[] take(int position) {
    byte[] taken = Arrays.copyOfRange(bytes, position, size);
    size = position;
    return taken;
  }

  public void putByte(int value) {
    int position = reserve(Byte.BYTES);
    bytes[position] = (byte) value;
  }

  public void putShort(int value) {
    int position = reserve(Short.BYTES);
    bytes[position] = (byte) (value >> Byte.SIZE);
    bytes[position + 1] = (byte) value;
  }

  public void putInt(int value) {
    int position = reserve(Integer.BYTES);
    INT.set(bytes, position, value);
  }

  public void putLong(long value) {
    int position = reserve(Long.BYTES);
    LONG.set(bytes, position, value);
  }

  public void put(byte[] value) {
    int position = reserve(value.length);
    System.arraycopy(value, 0, bytes, position, value.length);
  }

  /** Copies what remains of the buffer, whose position stays where it is. */
  public void put(ByteBuffer value) {
    int length = value.remaining();
    int position = reserve(length);
    value.get(value.position(), bytes, position, length);
  }

  /** Writes a text in UTF-8. */
  public void putUtf8(String text) {
    int length = text.length();
    int start = reserve(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > 0x7F) {
        size = start;
        put(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
      bytes[start + i] = (byte) c;
    }
  }

  /** Makes room for bytes that are to be inserted at this position, before what follows it. */
  void shift(int position, int length) {
    int moved = size - position;
    reserve(length);
    System.arraycopy(bytes, position, bytes, position + length, moved);
  }

  /** Overwrites the byte at this position. */
  void set(int position, int value) {
    bytes[position] = (byte) value;
  }

  private int reserve(int length) {
    int start = size;
    int end = Math.addExact(start, length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * end));
    }
    size = end;
    return start;
  }
}
