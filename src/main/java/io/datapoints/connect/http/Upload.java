package io.datapoints.connect.http;

import io.datapoints.connect.http.protocol.Answer;
import io.datapoints.connect.intake.BodyEncoding;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.intake.Reservation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * One body on its way into the intake. It is read without blocking, by whichever thread of the
 * server has the next part, and the memory that it takes is charged before it is taken. A timer may
 * end it at any moment; its lock decides who was first.
 */
final class Upload implements Runnable {

  private static final int FIRST_BYTES = 8 * 1024;
  private static final byte[] NOTHING = {};

  private final Ingestion ingestion;
  private final Exchange exchange;
  private final Reservation reservation;
  private final BodyEncoding encoding;
  private final int maxBytes;
  private final long announced;
  private final Pace pace;

  private byte[] body = NOTHING;
  private int length;

  /** Whether nothing more is read. */
  private boolean ended;

  Upload(
      Ingestion ingestion,
      Exchange exchange,
      Reservation reservation,
      BodyEncoding encoding,
      int maxBytes,
      Pace pace) {
    this.ingestion = ingestion;
    this.exchange = exchange;
    this.reservation = reservation;
    this.encoding = encoding;
    this.maxBytes = maxBytes;
    this.announced = exchange.request().getLength();
    this.pace = pace;
  }

  /** Reads what is there; called again by the server when there is more. */
  @Override
  public void run() {
    Runnable next = read();
    if (next != null) {
      next.run();
    }
  }

  /** What there is to do after the lock is given back; null while more is to come. */
  private synchronized @Nullable Runnable read() {
    Request request = exchange.request();
    while (!ended) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return null;
      }
      if (Content.Chunk.isFailure(chunk)) {
        return refused(
            exchange::answerLast,
            chunk.getFailure() instanceof TimeoutException
                ? Answers.tooSlow()
                : Answers.incomplete());
      }
      try {
        Answer refusal = take(chunk.getByteBuffer());
        if (refusal != null) {
          return refused(exchange::answerLast, refusal);
        }
        if (chunk.isLast()) {
          ended = true;
          return this::submit;
        }
      } finally {
        chunk.release();
      }
    }
    return null;
  }

  /** Copies a part; or why it is not taken. */
  private @Nullable Answer take(ByteBuffer part) {
    int bytes = part.remaining();
    if (bytes > maxBytes - length) {
      return Answers.tooLarge(maxBytes);
    }
    int needed = length + bytes;
    if (needed > body.length) {
      int capacity = capacity(needed);
      if (!reservation.charge(capacity - body.length)) {
        return ingestion.turnAway(reservation);
      }
      body = Arrays.copyOf(body, capacity);
    }
    part.get(body, length, bytes);
    length = needed;
    pace.came(bytes);
    ingestion.received(bytes);
    return null;
  }

  /**
   * Twice as much as before, and no more than is announced: an announcement alone takes no memory.
   */
  private int capacity(int needed) {
    long doubled = Math.max(FIRST_BYTES, 2L * body.length);
    long most = announced >= needed ? Math.min(announced, maxBytes) : maxBytes;
    return (int) Math.max(needed, Math.min(doubled, most));
  }

  /**
   * @param by how to answer: where the server was asked to call for more, nobody else may read
   */
  private Runnable refused(Consumer<Answer> by, Answer answer) {
    ended = true;
    body = NOTHING;
    return () -> {
      reservation.release();
      by.accept(answer.closing());
      ingestion.ended(this);
    };
  }

  private void submit() {
    byte[] whole;
    synchronized (this) {
      whole = body;
      body = NOTHING;
    }
    ingestion.submit(reservation, whole, length, encoding, this::answered);
  }

  private void answered(Outcome outcome) {
    exchange.answer(ingestion.answer(outcome, exchange.protocol()));
    ingestion.ended(this);
  }

  /** Ends it if it comes too slowly. By a timer. */
  void check(long now) {
    Runnable end;
    synchronized (this) {
      end = !ended && pace.isTooSlow(now) ? refused(exchange::answer, Answers.tooSlow()) : null;
    }
    if (end != null) {
      ingestion.slow();
      end.run();
    }
  }

  /** Answers it now, whatever becomes of it. By whoever closes the door. */
  void abandon(Answer answer) {
    Runnable end;
    synchronized (this) {
      end = ended ? null : refused(exchange::answer, answer);
    }
    if (end == null) {
      exchange.answer(answer);
    } else {
      end.run();
    }
  }
}
