package io.datapoints.connect.format.protobuf;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/**
 * Reads the fields of one message in the order of the wire. What has a length is not copied: it is
 * a {@link Span} of the array, or a reader of its own, or is entered. Lengths are checked against
 * what is left of the message that holds them.
 *
 * <p>A tag is {@code number << 3 | wire type}, so that a field of the wrong wire type is an unknown
 * one, as Protobuf has it.
 */
public final class MessageReader {

  /** Wire types. */
  public static final int VARINT = 0;

  public static final int FIXED64 = 1;
  public static final int LENGTH = 2;

  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final CodedInputStream in;

  public MessageReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.in = CodedInputStream.newInstance(bytes, offset, length);
  }

  /** The same message from its beginning. */
  public MessageReader again() {
    return new MessageReader(bytes, offset, length);
  }

  /** The array that spans are of. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the next byte is in the array. */
  public int position() {
    return offset + in.getTotalBytesRead();
  }

  /** The tag of the next field, 0 at the end of the message. */
  public int next() throws IOException {
    return in.readTag();
  }

  /**
   * Skips the content of a field.
   *
   * @throws IOException at the end of a group, which cannot stand here, or for damage
   */
  public void skip(int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new IOException("a group ends that has not begun");
    }
  }

  /** A text, or bytes, or a message, passed over. */
  public long span() throws IOException {
    int size = in.readRawVarint32();
    int start = position();
    in.skipRawBytes(size);
    return Span.of(start, start + size);
  }

  /** A reader of the message that follows, which this one passes over. */
  public MessageReader message() throws IOException {
    long span = span();
    return new MessageReader(bytes, Span.start(span), Span.length(span));
  }

  /**
   * Enters the message, or the packed numbers, that follow. {@link #leave} goes back.
   *
   * @return what {@link #leave} takes
   */
  public long enter() throws IOException {
    int size = in.readRawVarint32();
    int outer = in.pushLimit(size);
    return Span.of(outer, position() + size);
  }

  /** Whether there are more of the packed numbers. */
  public boolean hasMore() throws IOException {
    return !in.isAtEnd();
  }

  /** Leaves what was entered, from wherever reading it stopped. */
  public void leave(long entered) throws IOException {
    in.popLimit(Span.start(entered));
    in.skipRawBytes(Span.end(entered) - position());
  }

  public long fixed64() throws IOException {
    return in.readRawLittleEndian64();
  }

  public double float64() throws IOException {
    return Double.longBitsToDouble(in.readRawLittleEndian64());
  }

  public long varint() throws IOException {
    return in.readRawVarint64();
  }

  /** A number whose sign is its lowest bit. */
  public int zigZag32() throws IOException {
    return in.readSInt32();
  }
}
