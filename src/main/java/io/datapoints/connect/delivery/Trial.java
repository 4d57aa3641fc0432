package io.datapoints.connect.delivery;

/**
 * How a row has fared since the store did not take it for the first time. A refusal counts against
 * the row only when the store took another of its table since the refusal before: a store that
 * declines everything says nothing about the row. Immutable; times are the engine's milliseconds.
 *
 * @param since when it was first not taken, or when a refusal last counted against it
 * @param declined how often it was declined
 * @param lastDeclined when it was declined last
 * @param strikes how often that counted against it
 * @param firstStrike when it did for the first time
 */
record Trial(long since, int declined, long lastDeclined, int strikes, long firstStrike) {

  /** As often at least a row is refused while others are taken until it is at fault. */
  static final int MOST_STRIKES = 5;

  /** For so long at least: what passes sooner is no record's fault. */
  static final long SHORTEST_MS = 30_000;

  /** The store did not take a row, for whatever reason. */
  static Trial begun(long now) {
    return new Trial(now, 0, now, 0, now);
  }

  /**
   * The row was declined once more.
   *
   * @param othersTaken whether another of its table was taken since it was declined last
   */
  Trial again(boolean othersTaken, long now) {
    boolean strike = declined > 0 && othersTaken;
    return new Trial(
        strike ? now : since,
        declined + 1,
        now,
        strike ? strikes + 1 : strikes,
        strikes == 0 ? now : firstStrike);
  }

  /** Whether the row is at fault. */
  boolean isOver(long now) {
    return strikes >= MOST_STRIKES && now - firstStrike >= SHORTEST_MS;
  }
}
