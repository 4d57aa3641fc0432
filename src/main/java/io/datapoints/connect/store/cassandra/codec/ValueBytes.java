package io.datapoints.connect.store.cassandra.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encoded values, one after the other, each behind its length as in the native protocol. Grows with
 * what is written and is used again for the next row, so that a value costs no object. Confined to
 * one thread.
 */
public final class ValueBytes {

  private static final int INITIAL_BYTES = 256;

  /** What one large row needed beyond this many bytes is given back by {@link #clear}. */
  private static final int RETAINED_BYTES = 65_536;

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

  /** Starts a value, whose length is not known yet, and returns its position. */
  public int open() {
    return reserve(Integer.BYTES) + Integer.BYTES;
  }

  /** Ends the value that began at this position. */
  public void close(int position) {
    INT.set(bytes, position - Integer.BYTES, size - position);
  }

  /** Copies what begins at this position, and removes it. */
  public byte[] take(int position) {
    byte[] taken = Arrays.copyOfRange(bytes, position, size);
    size = position;
    return taken;
  }

  /** The number that {@link #putInt} wrote to this position. */
  public static int intAt(byte[] bytes, int position) {
    return (int) INT.get(bytes, position);
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
