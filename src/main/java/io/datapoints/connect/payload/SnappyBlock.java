package io.datapoints.connect.payload;

import org.jspecify.annotations.Nullable;

/**
 * Inflates a block of Snappy: a length and then elements, each of them bytes that stand there or a
 * copy of bytes before. A page of plain Java, because the libraries for it call native code, or
 * classes of the JDK that newer ones warn of. Stateless.
 */
public final class SnappyBlock {

  /** No block: {@link #length} found no length that its elements could have. */
  public static final long NONE = -1;

  /** An element takes three bytes for 64, or more of its own. */
  private static final long MAX_RATIO = 22;

  private static final int LITERAL = 0;
  private static final int COPY_BY_ONE_BYTE = 1;
  private static final int COPY_BY_TWO_BYTES = 2;

  /** Lengths above stand in one to four bytes of their own. */
  private static final int MAX_SHORT_LITERAL = 59;

  private static final int VARINT_BITS = 7;
  private static final int MAX_VARINT_BYTES = 5;

  private final byte[] in;
  private final int end;
  private final byte[] out;
  private int at;
  private int size;

  private SnappyBlock(byte[] in, int at, int end, byte[] out) {
    this.in = in;
    this.at = at;
    this.end = end;
    this.out = out;
  }

  /**
   * The length that the bytes say they inflate to, or {@link #NONE}. It is in proportion to the
   * bytes, whatever they say.
   */
  public static long length(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = 0; i < Math.min(length, MAX_VARINT_BYTES); i++) {
      byte next = bytes[offset + i];
      value |= (long) (next & 0x7F) << (i * VARINT_BITS);
      if (next >= 0) {
        return value <= MAX_RATIO * length ? value : NONE;
      }
    }
    return NONE;
  }

  /**
   * The inflated bytes, or null if these are no block.
   *
   * @param inflated what {@link #length} gave
   */
  public static byte @Nullable [] inflate(byte[] bytes, int offset, int length, int inflated) {
    int at = offset;
    while (bytes[at] < 0) {
      at++;
    }
    SnappyBlock block = new SnappyBlock(bytes, at + 1, offset + length, new byte[inflated]);
    return block.inflate() ? block.out : null;
  }

  private boolean inflate() {
    while (at < end) {
      int tag = in[at++] & 0xFF;
      boolean sound =
          switch (tag & 3) {
            case LITERAL -> literal(tag >> 2);
            case COPY_BY_ONE_BYTE -> copy(4 + (tag >> 2 & 7), (tag >> 5 << 8) + number(1));
            case COPY_BY_TWO_BYTES -> copy(1 + (tag >> 2), number(2));
            default -> copy(1 + (tag >> 2), number(4));
          };
      if (!sound) {
        return false;
      }
    }
    return size == out.length;
  }

  /** The number in the next bytes, the lowest first; beyond every length if they are not there. */
  private long number(int bytes) {
    if (bytes > end - at) {
      at = end;
      return Long.MAX_VALUE >> 1;
    }
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (long) (in[at++] & 0xFF) << (i * Byte.SIZE);
    }
    return number;
  }

  private boolean literal(int tag) {
    long length = 1 + (tag <= MAX_SHORT_LITERAL ? tag : number(tag - MAX_SHORT_LITERAL));
    if (length > end - at || length > out.length - size) {
      return false;
    }
    System.arraycopy(in, at, out, size, (int) length);
    at += (int) length;
    size += (int) length;
    return true;
  }

  /** A copy may reach into itself: then it repeats what it has copied. */
  private boolean copy(int length, long distance) {
    if (distance == 0 || distance > size || length > out.length - size) {
      return false;
    }
    int from = size - (int) distance;
    if (distance >= length) {
      System.arraycopy(out, from, out, size, length);
    } else {
      for (int i = 0; i < length; i++) {
        out[size + i] = out[from + i];
      }
    }
    size += length;
    return true;
  }
}
