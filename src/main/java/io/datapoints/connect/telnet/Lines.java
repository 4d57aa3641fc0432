package io.datapoints.connect.telnet;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a connection, in UTF-8, each ended by a line feed. Used by the connection's thread.
 */
final class Lines {

  /** Of a line; KairosDB takes 1,024. */
  static final int MAX_BYTES = 8_192;

  /** What {@link #next} returns. */
  sealed interface Line {

    record Text(String text) implements Line {}

    /** The line is too long, or not UTF-8. */
    record Unreadable(String reason) implements Line {}

    /** Nothing more came for a while; what came of a line so far is kept. */
    record Pause() implements Line {}

    /** The sender has closed the connection; a line that was not ended is dropped. */
    record End() implements Line {}
  }

  private static final String TOO_LONG = "A line has more than " + MAX_BYTES + " bytes.";

  private final InputStream input;
  private final byte[] received = new byte[MAX_BYTES];
  private int next;
  private int end;
  private final byte[] line = new byte[MAX_BYTES];
  private int length;
  private boolean tooLong;

  Lines(InputStream input) {
    this.input = input;
  }

  /** Whether the next line can be had without waiting for the sender, as far as is known. */
  boolean ready() throws IOException {
    return next < end || input.available() > 0;
  }

  /**
   * The next line; waits for it no longer than the socket's timeout.
   *
   * @throws IOException when the connection is broken
   */
  Line next() throws IOException {
    while (true) {
      if (next == end && !receive()) {
        return new Line.End();
      }
      if (next == end) {
        return new Line.Pause();
      }
      Line complete = scan();
      if (complete != null) {
        return complete;
      }
    }
  }

  /** Receives more bytes, none if the time is over; false at the end of the stream. */
  private boolean receive() throws IOException {
    next = 0;
    end = 0;
    try {
      int count = input.read(received);
      end = Math.max(0, count);
      return count >= 0;
    } catch (SocketTimeoutException pause) {
      return true;
    }
  }

  private @Nullable Line scan() {
    while (next < end) {
      byte each = received[next++];
      if (each == '\n') {
        return complete();
      }
      if (length == MAX_BYTES) {
        tooLong = true;
      } else {
        line[length++] = each;
      }
    }
    return null;
  }

  private Line complete() {
    int size = length;
    boolean excess = tooLong;
    length = 0;
    tooLong = false;
    if (excess) {
      return new Line.Unreadable(TOO_LONG);
    }
    try {
      return new Line.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, size)).toString());
    } catch (CharacterCodingException noText) {
      return new Line.Unreadable("A line is not UTF-8.");
    }
  }
}
