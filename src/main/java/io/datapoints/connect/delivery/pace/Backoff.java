package io.datapoints.connect.delivery.pace;

import io.datapoints.connect.config.setting.RetryConfig;
import java.util.random.RandomGenerator;

/**
 * Waits that double from one failure to the next, with jitter so that tasks do not return all at
 * once.
 */
public final class Backoff {

  private static final int MAX_DOUBLINGS = 30;

  private final long base;
  private final long max;
  private final RandomGenerator random;

  public Backoff(RetryConfig retry, RandomGenerator random) {
    this.base = retry.backoff().toMillis();
    this.max = retry.maxBackoff().toMillis();
    this.random = random;
  }

  /**
   * Milliseconds to wait after so many failures in a row: half of the full wait, and up to as much
   * again.
   */
  public long delay(int failures) {
    int doublings = Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
    long full = Math.min(max, base << doublings);
    return Math.max(1, full / 2 + random.nextLong(full / 2 + 1));
  }
}
