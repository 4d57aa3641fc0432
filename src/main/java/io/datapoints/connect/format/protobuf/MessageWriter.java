package io.datapoints.connect.format.protobuf;

import java.util.Arrays;

/**
 * Writes messages into an array that grows, to be read by a {@link MessageReader}. A length is
 * written with all the bytes that it may have, since the message comes before its length is known.
 */
public final class MessageWriter {

  private static final int INITIAL_BYTES = 8_192;

  /** A larger array is given back with the next message. */
  private static final int RETAINED_BYTES = 1_048_576;

  private static final int LENGTH_BYTES = 5;
  private static final int MAX_VARINT_BYTES = 10;
  private static final int MAX_BYTES_A_CHAR = 3;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  /** Forgets what was written. */
  public void clear() {
    size = 0;
    if (bytes.length > RETAINED_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
  }

  /** How many bytes have been written. */
  public int size() {
    return size;
  }

  /** Forgets what was written from this position on. */
  public void truncate(int position) {
    size = position;
  }

  /** A reader of what has been written, valid until more is written. */
  public MessageReader reader() {
    return new MessageReader(bytes, 0, size);
  }

  /** A copy of what has been written. */
  public byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /** Begins a message in a field, and gives the position at which its content begins. */
  public int begin(int field) {
    varint(field << 3 | MessageReader.LENGTH);
    reserve(LENGTH_BYTES);
    size += LENGTH_BYTES;
    return size;
  }

  /** Ends the message whose content began at this position. */
  public void end(int start) {
    int length = size - start;
    int at = start - LENGTH_BYTES;
    for (int i = 1; i < LENGTH_BYTES; i++) {
      bytes[at++] = (byte) (length | 0x80);
      length >>>= 7;
    }
    bytes[at] = (byte) length;
  }

  public void fixed64(int field, long value) {
    varint(field << 3 | MessageReader.FIXED64);
    reserve(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[size++] = (byte) (value >> (i * Byte.SIZE));
    }
  }

  public void varint(int field, long value) {
    varint(field << 3 | MessageReader.VARINT);
    varint(value);
  }

  /** A number whose sign becomes its lowest bit. */
  public void zigZag32(int field, int value) {
    varint(field, ((long) value << 1 ^ value >> (Integer.SIZE - 1)) & 0xFFFF_FFFFL);
  }

  public void bytes(int field, byte[] value) {
    int start = begin(field);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    end(start);
  }

  /** A text in UTF-8. */
  public void text(int field, String value) {
    text(field, value.toCharArray(), 0, value.length());
  }

  /**
   * A text in UTF-8. Half of a pair of surrogates is written as it is, so that a reader finds that
   * the text is none.
   */
  public void text(int field, char[] chars, int offset, int length) {
    int start = begin(field);
    reserve(Math.multiplyExact(length, MAX_BYTES_A_CHAR));
    for (int i = offset; i < offset + length; i++) {
      char c = chars[i];
      if (c < 0x80) {
        bytes[size++] = (byte) c;
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xC0 | (c >> 6));
        continuation(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < offset + length
          && Character.isLowSurrogate(chars[i + 1])) {
        i++;
        int point = Character.toCodePoint(c, chars[i]);
        bytes[size++] = (byte) (0xF0 | (point >> 18));
        continuation(point >> 12);
        continuation(point >> 6);
        continuation(point);
      } else {
        bytes[size++] = (byte) (0xE0 | (c >> 12));
        continuation(c >> 6);
        continuation(c);
      }
    }
    end(start);
  }

  private void continuation(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3F));
  }

  private void varint(long value) {
    reserve(MAX_VARINT_BYTES);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * needed));
    }
  }
}
