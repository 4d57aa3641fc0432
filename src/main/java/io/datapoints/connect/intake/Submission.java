package io.datapoints.connect.intake;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way: joins the acknowledgements of its records, and answers once, at the last
 * one or at its deadline. Nobody waits for it. Thread safe.
 */
final class Submission implements Log.Acknowledgement {

  private static final String UNKNOWN =
      "Not all points are known to be stored; send the request again.";

  private final Reservation reservation;
  private final IntakeCounters counters;
  private final Consumer<Outcome> answer;
  private final long began = System.nanoTime();

  /** The records that are not acknowledged, and one for the reading of the body. */
  private final AtomicInteger pending = new AtomicInteger(1);

  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile boolean failed;
  private volatile @Nullable Future<?> deadline;

  /** Written by the thread that reads the body, before its part of {@link #pending} is given up. */
  private @Nullable Outcome found;

  private int metrics;
  private long points;

  Submission(Reservation reservation, IntakeCounters counters, Consumer<Outcome> answer) {
    this.reservation = reservation;
    this.counters = counters;
    this.answer = answer;
  }

  Reservation reservation() {
    return reservation;
  }

  /** Takes what to cancel when the request is answered before its deadline. */
  void expiresWith(Future<?> timer) {
    deadline = timer;
    if (answered.get()) {
      timer.cancel(false);
    }
  }

  /** Whether the answer is known already, so that no more work is worth its while. */
  boolean lost() {
    return failed || answered.get();
  }

  /** Sends a record; the request is not answered with success before it is acknowledged. */
  void send(Log log, byte[] key, byte[] value) {
    pending.incrementAndGet();
    counters.sent();
    log.send(key, value, this);
  }

  @Override
  public void completed(@Nullable Exception failure) {
    if (failure != null) {
      failed = true;
      counters.failed();
    }
    countDown();
  }

  /**
   * Takes what the body had in it, once, after all of its records were sent.
   *
   * @param metricCount metrics with points that were sent
   * @param pointCount points that were sent
   */
  void read(Outcome outcome, int metricCount, long pointCount) {
    found = outcome;
    metrics = metricCount;
    points = pointCount;
    countDown();
  }

  /** Answers that the outcome is unknown, unless the request is answered. */
  void expire() {
    answer(new Outcome.Unavailable(Outcome.Cause.DEADLINE, UNKNOWN));
  }

  private void countDown() {
    if (pending.decrementAndGet() > 0) {
      return;
    }
    reservation.done();
    Outcome outcome = found;
    if (failed || outcome == null) {
      answer(new Outcome.Unavailable(Outcome.Cause.LOG, UNKNOWN));
    } else {
      counters.stored(metrics, points);
      answer(outcome);
    }
  }

  private void answer(Outcome outcome) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    Future<?> timer = deadline;
    if (timer != null) {
      timer.cancel(false);
    }
    counters.answered(System.nanoTime() - began);
    if (outcome instanceof Outcome.Unavailable unavailable) {
      counters.turnedAway(unavailable.cause());
    }
    try {
      answer.accept(outcome);
    } finally {
      reservation.answered();
    }
  }
}
