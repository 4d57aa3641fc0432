package io.datapoints.connect.store.cassandra.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The encoded values of a row, one after the other. The buffer grows as needed and is reused for
 * the next row, so that a value costs no object. Confined to one thread.
 *
 * <p>Each value follows its length. A short length takes one byte: most values are small, and many
 * rows wait in memory. Each part of a value follows its length in four bytes, as in the native
 * protocol.
 */
public final class ValueBytes {

  private static final int INITIAL_BYTES = 256;

  /** The most bytes that {@link #clear} keeps after a large row. */
  private static final int RETAINED_BYTES = 65_536;

  /** The longest value whose length takes one byte; greater bytes are marks. */
  private static final int MAX_SHORT = 250;

  /** The mark for a length in the next four bytes. */
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

  /** The number of bytes written. */
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
   * Writes a mark in place of a value.
   *
   * @param mark a length that no value has: -1, -2 or -3
   */
  public void putMark(int mark) {
    putByte(mark);
  }

  /** The length of the value at this position, or the mark there. */
  public static int lengthAt(byte[] bytes, int position) {
    int length = bytes[position] & 0xFF;
    if (length <= MAX_SHORT) {
      return length;
    }
    return length == LONG_VALUE ? (int) INT.get(bytes, position + 1) : bytes[position];
  }

  /** The number of bytes that the length of such a value takes. */
  public static int headBytes(int length) {
    return length <= MAX_SHORT ? Byte.BYTES : Byte.BYTES + Integer.BYTES;
  }

  /** How many elements a collection at this position has, which begins with their number. */
  public static int elementsAt(byte[] bytes, int position) {
    return (int) INT.get(bytes, position);
  }

  /** Starts a part of a value and returns its position. */
  int openPart() {
    return reserve(Integer.BYTES) + Integer.BYTES;
  }

  /** Ends the part that began at this position. */
  void closePart(int position) {
    INT.set(bytes, position - Integer.BYTES, size - position);
  }

  /** Removes and returns the bytes from this position on. */
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

  /** Copies the remaining bytes of the buffer and leaves its position unchanged. */
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

  /** Moves the bytes from this position on, to insert bytes there. */
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
