package io.datapoints.connect.delivery;

/**
 * How many batches may be under way, and how many of them may be repetitions. A part of the store
 * can be away, as the partitions of one Cassandra node are: what failed before is then tried within
 * narrower bounds, and what never failed does not wait for it. Only a failure of the latter, or one
 * that follows it without an answer in between, counts against the whole store. Owned by the task
 * thread.
 */
final class DispatchWindow {

  private final AttemptWindow all;
  private final AttemptWindow repeated;

  DispatchWindow(int ceiling, Backoff backoff) {
    this.all = new AttemptWindow(ceiling, backoff);
    this.repeated = new AttemptWindow(ceiling, backoff);
  }

  /** Whether a batch of a partition that did not fail before may be sent. */
  boolean hasRoom(long now) {
    return all.hasRoom(now);
  }

  /** Whether a batch of a partition that failed before may be sent. */
  boolean hasRoomToRepeat(long now) {
    return all.hasRoom(now) && repeated.hasRoom(now);
  }

  /** Whether the store as a whole seems to fail. */
  boolean failing() {
    return all.failedRounds() > 0;
  }

  void sent(boolean repetition) {
    all.sent();
    if (repetition) {
      repeated.sent();
    }
  }

  /** The store answered, whichever way. */
  void answered(boolean repetition) {
    all.answered();
    if (repetition) {
      repeated.answered();
    } else {
      repeated.resume();
    }
  }

  /** The store answered in a way that does not tell whether it takes anything. */
  void ended(boolean repetition) {
    all.ended();
    if (repetition) {
      repeated.ended();
    }
  }

  /** An attempt failed for a reason that time cures. */
  void failed(boolean repetition, long sentAt, long now) {
    if (repetition) {
      repeated.failed(sentAt, now);
    }
    if (repetition && !failing()) {
      all.ended();
    } else {
      all.failed(sentAt, now);
    }
  }

  int inFlight() {
    return all.inFlight();
  }

  /** Rounds of attempts that failed since the last answer. */
  int failedRounds() {
    return Math.max(all.failedRounds(), repeated.failedRounds());
  }

  /** How long no attempt has been answered, in milliseconds. */
  long failingFor(long now) {
    return Math.max(all.failingFor(now), repeated.failingFor(now));
  }

  /**
   * When the next attempt may be made.
   *
   * @param due when a partition that did not fail before wants to be served
   * @param repetitionDue when one that failed before wants to
   */
  long nextAttempt(long due, long repetitionDue) {
    return Math.max(
        all.blockedUntil(), Math.min(due, Math.max(repetitionDue, repeated.blockedUntil())));
  }
}
