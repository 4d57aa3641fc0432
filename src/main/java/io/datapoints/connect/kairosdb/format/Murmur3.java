package io.datapoints.connect.kairosdb.format;

/** The 32-bit x86 variant of MurmurHash3, by Austin Appleby (public domain), with seed 0. */
final class Murmur3 {

  private static final int C1 = 0xCC9E2D51;
  private static final int C2 = 0x1B873593;

  private Murmur3() {}

  static int hash32(byte[] bytes) {
    int hash = 0;
    int whole = bytes.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      hash ^= scrambled(littleEndian(bytes, i, 4));
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xE6546B64;
    }
    hash ^= scrambled(littleEndian(bytes, whole, bytes.length - whole));
    return finished(hash ^ bytes.length);
  }

  private static int littleEndian(byte[] bytes, int start, int count) {
    int block = 0;
    for (int i = 0; i < count; i++) {
      block |= (bytes[start + i] & 0xFF) << (8 * i);
    }
    return block;
  }

  private static int scrambled(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private static int finished(int hash) {
    int mixed = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
    mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
    return mixed ^ (mixed >>> 16);
  }
}
