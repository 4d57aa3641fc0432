package io.datapoints.connect.http;

import io.datapoints.connect.config.door.ConnectionLimits;
import java.util.concurrent.TimeUnit;

/**
 * How fast a body comes. It must be here as a whole in time, and until then some bytes must come in
 * each ten seconds: one rule alone lets a few clients hold much memory for long. Not thread-safe.
 */
final class Pace {

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long leastInWindow;
  private final long end;
  private long windowBegan;
  private long inWindow;

  Pace(ConnectionLimits limits, long now) {
    this.leastInWindow = limits.minBytesPerSecond() * TimeUnit.NANOSECONDS.toSeconds(WINDOW_NANOS);
    this.end = now + limits.bodyTimeout().toNanos();
    this.windowBegan = now;
  }

  void came(int bytes) {
    inWindow += bytes;
  }

  /** Whether to wait no longer; to be asked now and then. */
  boolean isTooSlow(long now) {
    if (now - end > 0) {
      return true;
    }
    if (now - windowBegan < WINDOW_NANOS) {
      return false;
    }
    boolean slow = inWindow < leastInWindow;
    windowBegan = now;
    inWindow = 0;
    return slow;
  }
}
