package io.datapoints.connect.delivery.pace;

/**
 * How many batches may be under way, and how many of them may be repetitions. A part of the store
 * can be away, as the partitions of one Cassandra node are: what failed before is then tried within
 * narrower bounds, and what never failed does not wait for it. Only a failure of the latter, or one
 * that follows it without an answer in between, counts against the whole store. Owned by the task
 * thread.
 */
public final class InFlightWindow {

  /**
   * After a failure repetitions get this part of the room, and more only as they are answered: what
   * is away lets each of them last until it times out.
   */
  private static final int REPEATED_SHARE = 4;

  private final int ceiling;
  private final Limit all;
  private final Limit repeated;

  public InFlightWindow(int ceiling, Backoff backoff) {
    this.ceiling = ceiling;
    this.all = new Limit(ceiling, backoff);
    this.repeated = new Limit(ceiling, backoff);
  }

  /**
   * Whether a batch of a partition that did not fail before may be sent. It does not wait for the
   * end of repetitions, which may be of the part that is away.
   */
  public boolean hasRoom(long now) {
    return all.inFlight < ceiling && all.hasRoom(all.inFlight - repeated.inFlight, now);
  }

  /** Whether a batch of a partition that failed before may be sent. */
  public boolean hasRoomToRepeat(long now) {
    return all.hasRoom(all.inFlight, now) && repeated.hasRoom(repeated.inFlight, now);
  }

  /** Whether the store as a whole seems to fail. */
  public boolean failing() {
    return all.failedRounds > 0;
  }

  public void sent(boolean repetition) {
    all.inFlight++;
    if (repetition) {
      repeated.inFlight++;
    }
  }

  /** The store answered, whatever it said. */
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
    all.inFlight--;
    if (repetition) {
      repeated.inFlight--;
    }
  }

  /** An attempt failed for a reason that may pass with time. */
  public void failed(boolean repetition, long sentAt, long now) {
    if (repetition) {
      repeated.failed(sentAt, now);
    } else {
      repeated.atMost(Math.max(1, ceiling / REPEATED_SHARE));
    }
    if (repetition && !failing()) {
      all.inFlight--;
    } else {
      all.failed(sentAt, now);
    }
  }

  public int inFlight() {
    return all.inFlight;
  }

  /** Whether nothing is under way but what failed before. */
  public boolean onlyRepetitions() {
    return all.inFlight == repeated.inFlight;
  }

  /** Rounds of attempts that failed since the last answer. */
  public int failedRounds() {
    return Math.max(all.failedRounds, repeated.failedRounds);
  }

  /** For how long no attempt has been answered, in milliseconds. */
  public long failingFor(long now) {
    return Math.max(all.failingFor(now), repeated.failingFor(now));
  }

  /**
   * When the next attempt may be made.
   *
   * @param due when a partition that did not fail before is due
   * @param repetitionDue when one that failed before is due
   */
  public long nextAttempt(long due, long repetitionDue) {
    return Math.max(
        all.blockedUntil, Math.min(due, Math.max(repetitionDue, repeated.blockedUntil)));
  }

  /**
   * How many attempts of one kind may be under way. Every failed attempt halves the limit and every
   * answer raises it by one, so an overloaded store is given less; while all attempts fail, one at
   * a time probes, after ever longer waits.
   */
  private static final class Limit {

    private final int ceiling;
    private final Backoff backoff;
    private int limit;
    private int inFlight;
    private int failedRounds;
    private long roundStart = Long.MIN_VALUE;
    private long failingSince;
    private long blockedUntil = Long.MIN_VALUE;

    Limit(int ceiling, Backoff backoff) {
      this.ceiling = ceiling;
      this.backoff = backoff;
      this.limit = ceiling;
    }

    boolean hasRoom(int underWay, long now) {
      return underWay < limit && now >= blockedUntil;
    }

    void atMost(int most) {
      limit = Math.min(limit, most);
    }

    void answered() {
      inFlight--;
      limit = Math.min(ceiling, limit + 1);
      resume();
    }

    /** The store answered an attempt of either kind, so it is there. */
    void resume() {
      failedRounds = 0;
      blockedUntil = Long.MIN_VALUE;
    }

    /**
     * Attempts that were already under way when another failed belong to the same round and do not
     * lengthen the wait again. After a first round nothing waits: other attempts may be answered
     * meanwhile.
     */
    void failed(long sentAt, long now) {
      inFlight--;
      limit = Math.max(1, limit / 2);
      if (failedRounds == 0) {
        failingSince = now;
      } else if (sentAt <= roundStart) {
        return;
      } else {
        blockedUntil = now + backoff.delay(failedRounds);
      }
      failedRounds++;
      roundStart = now;
    }

    long failingFor(long now) {
      return failedRounds == 0 ? 0 : now - failingSince;
    }
  }
}
