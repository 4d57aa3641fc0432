package io.datapoints.connect.delivery.pace;

/**
 * How many batches may be under way, and how many of them may be repetitions. A part of the store
 * can be away, as the partitions of one Cassandra node are: what failed before is then tried within
 * narrower bounds, and what never failed does not wait for it. Only a failure of the latter, or one
 * that follows it without an answer in between, counts against the whole store. Owned by the task
 * thread.
 */
public final class DispatchWindow {

  private final AttemptWindow all;
  private final AttemptWindow repeated;

  public DispatchWindow(int ceiling, Backoff backoff) {
    this.all = new AttemptWindow(ceiling, backoff);
    this.repeated = new AttemptWindow(ceiling, backoff);
  }

  /** Whether a batch of a partition that did not fail before may be sent. */
  public boolean hasRoom(long now) {
    return all.hasRoom(now);
  }

  /** Whether a batch of a partition that failed before may be sent. */
  public boolean hasRoomToRepeat(long now) {
    return all.hasRoom(now) && repeated.hasRoom(now);
  }

  /** Whether the store as a whole seems to fail. */
  public boolean failing() {
    return all.failedRounds() > 0;
  }

  public void sent(boolean repetition) {
    all.sent();
    if (repetition) {
      repeated.sent();
    }
  }

  /** The store answered, whichever way. */
  public void answered(boolean repetition) {
    all.answered();
    if (repetition) {
      repeated.answered();
    } else {
      repeated.resume();
    }
  }

  /** The store answered in a way that does not tell whether it takes anything. */
  public void ended(boolean repetition) {
    all.ended();
    if (repetition) {
      repeated.ended();
    }
  }

  /** An attempt failed for a reason that time cures. */
  public void failed(boolean repetition, long sentAt, long now) {
    if (repetition) {
      repeated.failed(sentAt, now);
    }
    if (repetition && !failing()) {
      all.ended();
    } else {
      all.failed(sentAt, now);
    }
  }

  public int inFlight() {
    return all.inFlight();
  }

  /** Rounds of attempts that failed since the last answer. */
  public int failedRounds() {
    return Math.max(all.failedRounds(), repeated.failedRounds());
  }

  /** How long no attempt has been answered, in milliseconds. */
  public long failingFor(long now) {
    return Math.max(all.failingFor(now), repeated.failingFor(now));
  }

  /**
   * When the next attempt may be made.
   *
   * @param due when a partition that did not fail before wants to be served
   * @param repetitionDue when one that failed before wants to
   */
  public long nextAttempt(long due, long repetitionDue) {
    return Math.max(
        all.blockedUntil(), Math.min(due, Math.max(repetitionDue, repeated.blockedUntil())));
  }
}
