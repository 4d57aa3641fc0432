package io.datapoints.connect.delivery.pace;

/**
 * How many attempts of one kind may be under way. Every failed attempt halves the limit and every
 * answer raises it by one, so an overloaded store is given less; while all attempts fail, one at a
 * time probes, after ever longer waits. Owned by the task thread.
 */
final class AttemptWindow {

  private final int ceiling;
  private final Backoff backoff;
  private int limit;
  private int inFlight;
  private int failedRounds;
  private long roundStart = Long.MIN_VALUE;
  private long failingSince;
  private long blockedUntil = Long.MIN_VALUE;

  AttemptWindow(int ceiling, Backoff backoff) {
    this.ceiling = ceiling;
    this.backoff = backoff;
    this.limit = ceiling;
  }

  boolean hasRoom(long now) {
    return inFlight < limit && now >= blockedUntil;
  }

  void sent() {
    inFlight++;
  }

  /** An attempt under way has come to its end, which says nothing about this kind. */
  void ended() {
    inFlight--;
  }

  void answered() {
    inFlight--;
    limit = Math.min(ceiling, limit + 1);
    resume();
  }

  /** The store answered an attempt of whichever kind, so it is there. */
  void resume() {
    failedRounds = 0;
    blockedUntil = Long.MIN_VALUE;
  }

  /**
   * An attempt failed for a reason that time cures. Attempts that were already under way when
   * another failed belong to the same round and do not lengthen the wait again. After a first round
   * nobody waits: others may be answered meanwhile.
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

  int inFlight() {
    return inFlight;
  }

  /** Rounds of attempts that failed since the last answer. */
  int failedRounds() {
    return failedRounds;
  }

  /** How long no attempt has been answered, in milliseconds. */
  long failingFor(long now) {
    return failedRounds == 0 ? 0 : now - failingSince;
  }

  /** When the next attempt may be made; in the past while nothing stands in the way. */
  long blockedUntil() {
    return blockedUntil;
  }
}
