package io.datapoints.connect.payload;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;

/**
 * The input stream of a parser that reads record after record. The stream reports its end at the
 * end of the current record, and goes on with the next one; a parser that has seen an end cannot go
 * on with it.
 */
final class RecordInput extends InputStream {

  private static final byte[] NOTHING = new byte[0];

  private byte[] bytes = NOTHING;
  private int start;
  private int next;
  private int end;
  private long earlier;

  /** Starts the count of {@link #earlierBytes} again, for a new parser. */
  void restart() {
    earlier = 0;
  }

  /** Makes these bytes the current record. */
  void open(byte[] source, int offset, int length) {
    bytes = source;
    start = offset;
    next = offset;
    end = offset + length;
  }

  /** Ends the current record and drops its bytes. */
  void release() {
    earlier += next - start;
    open(NOTHING, 0, 0);
  }

  /** How many bytes the parser has read of the records before the current one. */
  long earlierBytes() {
    return earlier;
  }

  /** How many bytes the parser has read of the current record. */
  int readBytes() {
    return next - start;
  }

  /** Where this position of the current record is in its array. */
  int index(int position) {
    return start + position;
  }

  /** How many bytes the current record has. */
  int length() {
    return end - start;
  }

  @Override
  public int read() {
    return next < end ? bytes[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    int count = Math.min(length, end - next);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, next, target, offset, count);
    next += count;
    return count;
  }

  /** Whether the current record has only white space from this position on. */
  boolean isBlankFrom(int position) {
    for (int i = start + position; i < end; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** The current record from this position on, as a stream of its own. */
  InputStream from(int position) {
    return new ByteArrayInputStream(bytes, start + position, length() - position);
  }

  /** A position of the current record in words, with lines and the bytes of a line from 1. */
  String describe(int position) {
    int line = 1;
    int column = 1;
    for (int i = start; i < start + Math.min(Math.max(position, 0), length()); i++) {
      column++;
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      }
    }
    return " at line " + line + ", column " + column;
  }
}
