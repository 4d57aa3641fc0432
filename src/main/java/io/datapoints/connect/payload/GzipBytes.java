package io.datapoints.connect.payload;

import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates gzip data (RFC 1952), of one member or several in a row, within a bound. All of it is
 * inflated before any is read, since only its end tells whether it is whole: the checksum is there.
 *
 * <p>The JDK's own stream is of no use here: it takes a level of the stack for each empty member,
 * so that a small record of nothing else ends the thread, and it ignores what follows the last
 * member, which may be the start of one that was cut off.
 */
public final class GzipBytes {

  /** Two bytes of recognition, then 8 for the only method of compression. */
  private static final int MAGIC = 0x8b1f;

  private static final int DEFLATE = 8;

  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  /** Time of modification, level of compression and operating system. */
  private static final int UNUSED_BYTES = 6;

  /** Deflated text is as a rule a third to a tenth of its length. */
  private static final int USUAL_RATIO = 4;

  private final int limit;

  GzipBytes(int limit) {
    this.limit = limit;
  }

  /** Whether these bytes start as gzip data does, which no JSON can. */
  public static boolean recognised(byte[] bytes, int offset, int length) {
    return length >= 2 && bytes[offset] == (byte) 0x1f && bytes[offset + 1] == (byte) 0x8b;
  }

  /** The inflated bytes, or null after the reason why there are none. */
  @Nullable ByteBuffer inflate(byte[] bytes, int offset, int length, SampleSink sink) {
    ByteBuffer input = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
    Inflater inflater = new Inflater(true);
    try {
      Inflated inflated = new Inflated((int) Math.min(limit, (long) USUAL_RATIO * length));
      while (input.hasRemaining()) {
        skipHeader(input);
        if (!inflated.take(input, inflater)) {
          sink.reject(Rule.SIZE, Faults.inflated(limit));
          return null;
        }
      }
      return inflated.whole();
    } catch (DataFormatException | BufferUnderflowException damaged) {
      sink.reject(Rule.GZIP, Faults.GZIP);
      return null;
    } finally {
      inflater.end();
    }
  }

  private static void skipHeader(ByteBuffer input) throws DataFormatException {
    int start = input.position();
    int magic = input.getShort() & 0xFFFF;
    int method = input.get();
    int flags = input.get();
    if (magic != MAGIC || method != DEFLATE || (flags & RESERVED) != 0) {
      throw new DataFormatException("no gzip header");
    }
    skip(input, UNUSED_BYTES);
    if ((flags & EXTRA) != 0) {
      skip(input, input.getShort() & 0xFFFF);
    }
    if ((flags & NAME) != 0) {
      skipText(input);
    }
    if ((flags & COMMENT) != 0) {
      skipText(input);
    }
    if ((flags & HEADER_CRC) != 0) {
      CRC32 crc = new CRC32();
      crc.update(input.duplicate().flip().position(start));
      check((int) crc.getValue() & 0xFFFF, input.getShort() & 0xFFFF);
    }
  }

  private static void skip(ByteBuffer input, int bytes) {
    if (bytes > input.remaining()) {
      throw new BufferUnderflowException();
    }
    input.position(input.position() + bytes);
  }

  private static void skipText(ByteBuffer input) {
    byte next = input.get();
    while (next != 0) {
      next = input.get();
    }
  }

  private static void check(int computed, int given) throws DataFormatException {
    if (computed != given) {
      throw new DataFormatException("wrong checksum or length");
    }
  }

  /** What the members of one record inflate to. */
  private final class Inflated {

    private byte[] bytes;
    private int size;

    Inflated(int expected) {
      this.bytes = new byte[expected + 1];
    }

    /** Takes in the next member behind its header; false when it exceeds the limit. */
    boolean take(ByteBuffer input, Inflater inflater) throws DataFormatException {
      int start = size;
      inflater.reset();
      inflater.setInput(input);
      while (!inflater.finished()) {
        if (size == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(limit + 1L, 2L * size));
        }
        int count = inflater.inflate(bytes, size, bytes.length - size);
        size += count;
        if (size > limit) {
          return false;
        }
        if (count == 0 && !inflater.finished()) {
          throw new DataFormatException("truncated");
        }
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, start, size - start);
      check((int) crc.getValue(), input.getInt());
      check(size - start, input.getInt());
      return true;
    }

    ByteBuffer whole() {
      return ByteBuffer.wrap(bytes, 0, size);
    }
  }
}
