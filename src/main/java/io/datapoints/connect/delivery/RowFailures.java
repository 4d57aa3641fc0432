package io.datapoints.connect.delivery;

/**
 * What happened to a row since the store did not take it for the first time. A decline counts
 * against the row only when the store took another row of its table since the decline before: a
 * store that declines everything says nothing about the row. Immutable; times are the engine's
 * milliseconds.
 *
 * @param since when it was first not taken, or when a decline last counted against it
 * @param declined how often it was declined
 * @param lastDeclined when it was declined last
 * @param strikes how often that counted against it
 * @param firstStrike when it did for the first time
 */
record RowFailures(long since, int declined, long lastDeclined, int strikes, long firstStrike) {

  /** A row that is declined less often than this while others are taken is not at fault. */
  static final int MOST_STRIKES = 5;

  /** What passes sooner than this is not the row's fault. */
  static final long SHORTEST_MS = 30_000;

  /** The store did not take a row, for whatever reason. */
  static RowFailures begun(long now) {
    return new RowFailures(now, 0, now, 0, now);
  }

  /**
   * The row was declined once more.
   *
   * @param othersTaken whether another of its table was taken since it was declined last
   */
  RowFailures declinedAgain(boolean othersTaken, long now) {
    boolean strike = declined > 0 && othersTaken;
    return new RowFailures(
        strike ? now : since,
        declined + 1,
        now,
        strike ? strikes + 1 : strikes,
        strikes == 0 ? now : firstStrike);
  }

  /** Whether the row is at fault. */
  boolean rowIsAtFault(long now) {
    return strikes >= MOST_STRIKES && now - firstStrike >= SHORTEST_MS;
  }
}
