package io.datapoints.connect.format.graphite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Recognises what carbon's other protocol sends: a list of tuples, pickled by Python. */
final class Pickle {

  /** The length of a message before it, where the frame was kept. */
  private static final int HEADER = 4;

  /** The first byte since protocol 2, whose number follows. */
  private static final byte PROTOCOL = (byte) 0x80;

  private static final int LAST_PROTOCOL = 5;

  /** A list in the protocols before: a mark, a list, its place in the memo. */
  private static final byte[] LIST = "(lp".getBytes(StandardCharsets.US_ASCII);

  private Pickle() {}

  static boolean begins(byte[] bytes, int offset, int length) {
    return beginsAt(bytes, offset, offset + length)
        || beginsAt(bytes, offset + HEADER, offset + length);
  }

  private static boolean beginsAt(byte[] bytes, int at, int end) {
    if (at + LIST.length > end) {
      return false;
    }
    return (bytes[at] == PROTOCOL && bytes[at + 1] > 0 && bytes[at + 1] <= LAST_PROTOCOL)
        || Arrays.equals(bytes, at, at + LIST.length, LIST, 0, LIST.length);
  }
}
