package io.datapoints.connect.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-1-3 (Aumasson and Bernstein) with a random key for each process. A producer cannot
 * compute it, and so cannot send a record whose keys all collide in one bin of a map, where each is
 * compared with all others. Java's own hashes of texts, numbers and bytes are known; {@link
 * java.util.HashMap} compensates for collisions only if its keys are {@link Comparable}.
 *
 * <p>Only for maps in memory: nothing that is stored depends on the hash. It takes words of 64 bits
 * where the original takes bytes.
 */
public final class SipHash {

  /**
   * 128 bits that stand for a key: nobody finds two keys that have the same, by chance or on
   * purpose.
   *
   * @param high the first 64 bits
   * @param low the others
   */
  public record Fingerprint(long high, long low) {

    /** By hand, since this runs several times a row: that of a record is slower until compiled. */
    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Fingerprint that && low == that.low && high == that.high);
    }

    /** Any of the bits are as good as any others. */
    @Override
    public int hashCode() {
      return (int) low;
    }
  }

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long KEY_0;
  private static final long KEY_1;

  static {
    SecureRandom random = new SecureRandom();
    KEY_0 = random.nextLong();
    KEY_1 = random.nextLong();
  }

  private long v0 = KEY_0 ^ 0x736F_6D65_7073_6575L;
  private long v1 = KEY_1 ^ 0x646F_7261_6E64_6F6DL;
  private long v2 = KEY_0 ^ 0x6C79_6765_6E65_7261L;
  private long v3 = KEY_1 ^ 0x7465_6462_7974_6573L;

  /** Adds a number. */
  public SipHash add(long word) {
    v3 ^= word;
    round();
    v0 ^= word;
    return this;
  }

  /** Adds a text, its length first, so that the boundary between two texts counts. */
  public SipHash add(String text) {
    int length = text.length();
    add(length);
    int whole = length & -4;
    for (int i = 0; i < whole; i += 4) {
      add(
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48);
    }
    if (whole < length) {
      long rest = 0;
      for (int i = whole; i < length; i++) {
        rest = rest << 16 | text.charAt(i);
      }
      add(rest);
    }
    return this;
  }

  /** Adds the remaining bytes, their number first; they are not consumed. */
  public SipHash add(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      int start = bytes.arrayOffset() + bytes.position();
      return add(bytes.array(), start, start + bytes.remaining());
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return add(copy);
  }

  /** Adds bytes, their number first. */
  public SipHash add(byte[] bytes) {
    return add(bytes, 0, bytes.length);
  }

  private SipHash add(byte[] bytes, int start, int end) {
    add(end - start);
    int whole = start + ((end - start) & -Long.BYTES);
    for (int i = start; i < whole; i += Long.BYTES) {
      add((long) WORDS.get(bytes, i));
    }
    if (whole < end) {
      long rest = 0;
      for (int i = whole; i < end; i++) {
        rest = rest << 8 | (bytes[i] & 0xFF);
      }
      add(rest);
    }
    return this;
  }

  /** The hash of what was added; call it last. */
  public int toInt() {
    v2 ^= 0xFF;
    round();
    round();
    round();
    long hash = v0 ^ v1 ^ v2 ^ v3;
    return (int) (hash ^ hash >>> 32);
  }

  /** The hash of what was added, in 128 bits; call it last. */
  public Fingerprint toFingerprint() {
    // The original marks the longer hash before the first word too; here no map has both.
    v2 ^= 0xEE;
    round();
    round();
    round();
    long high = v0 ^ v1 ^ v2 ^ v3;
    v1 ^= 0xDD;
    round();
    round();
    round();
    return new Fingerprint(high, v0 ^ v1 ^ v2 ^ v3);
  }

  private void round() {
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
  }
}
