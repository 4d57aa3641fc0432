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
 * Inflates gzip data (RFC 1952) of one or more members up to a limit. All of a record is inflated
 * before any of it is parsed, because the checksum comes last.
 *
 * <p>The JDK's {@code GZIPInputStream} is not used: it recurses once for each empty member, so that
 * a small record of nothing else overflows the stack, and it ignores what follows the last member,
 * which may be the beginning of a truncated one.
 */
public final class GzipDecoder {

  /** The first two bytes, in little-endian order. */
  private static final int MAGIC = 0x8b1f;

  /** The only compression method there is. */
  private static final int DEFLATE = 8;

  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  /** Modification time, compression level and operating system. */
  private static final int UNUSED_BYTES = 6;

  /** Text usually deflates to a third to a tenth of its length. */
  private static final int USUAL_RATIO = 4;

  private final int limit;

  /**
   * @param limit bytes that the data may inflate to at most
   */
  public GzipDecoder(int limit) {
    this.limit = limit;
  }

  /** Whether the bytes begin like gzip data, as no JSON does. */
  public static boolean isGzip(byte[] bytes, int offset, int length) {
    return length >= 2 && isMagic(bytes[offset], bytes[offset + 1]);
  }

  static boolean isMagic(byte first, byte second) {
    return first == (byte) MAGIC && second == (byte) (MAGIC >> 8);
  }

  /** The inflated bytes, or null after a reason was given. */
  public @Nullable ByteBuffer inflate(byte[] bytes, int offset, int length, SampleSink sink) {
    ByteBuffer input = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
    Inflater inflater = new Inflater(true);
    try {
      Inflated inflated = new Inflated((int) Math.min(limit, (long) USUAL_RATIO * length));
      while (input.hasRemaining()) {
        skipHeader(input);
        if (!inflated.add(input, inflater)) {
          sink.reject(Rule.SIZE, RejectReasons.inflated(limit));
          return null;
        }
      }
      return inflated.whole();
    } catch (DataFormatException | BufferUnderflowException damaged) {
      sink.reject(Rule.GZIP, RejectReasons.GZIP);
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

  /** The inflated bytes of all members of a record. */
  private final class Inflated {

    private byte[] bytes;
    private int size;

    Inflated(int expected) {
      this.bytes = new byte[expected + 1];
    }

    /** Inflates a member, from behind its header on; false when the limit is exceeded. */
    boolean add(ByteBuffer input, Inflater inflater) throws DataFormatException {
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
