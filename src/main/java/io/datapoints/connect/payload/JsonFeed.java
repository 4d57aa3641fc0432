package io.datapoints.connect.payload;

import java.io.InputStream;
import java.util.Objects;

/**
 * The bytes of one record after the other, as the one stream of a parser that lives on. It ends
 * where the current record does; a parser that saw that end is of no further use.
 */
final class JsonFeed extends InputStream {

  private static final byte[] NOTHING = new byte[0];

  private byte[] bytes = NOTHING;
  private int start;
  private int position;
  private int end;
  private long fedBefore;

  /** Starts a new stream, for a new parser. */
  void restart() {
    fedBefore = 0;
  }

  /** Goes on with the bytes of this record. */
  void offer(byte[] source, int offset, int length) {
    bytes = source;
    start = offset;
    position = offset;
    end = offset + length;
  }

  /** Lets go of the record. */
  void release() {
    fedBefore += position - start;
    offer(NOTHING, 0, 0);
  }

  /** How many bytes the stream gave before the current record. */
  long fedBefore() {
    return fedBefore;
  }

  /** How many bytes of the record were read. */
  int consumed() {
    return position - start;
  }

  @Override
  public int read() {
    return position < end ? bytes[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    int count = Math.min(length, end - position);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }
}
