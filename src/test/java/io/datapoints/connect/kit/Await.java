package io.datapoints.connect.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a condition that other processes bring about, up to a bound. A bound is a limit against
 * hanging and not an expectation of speed, so it may be generous.
 */
public final class Await {

  /** Looks cost the servers time as well, so that a long wait looks less often. */
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

  private Await() {}

  /** Something that becomes true; an {@link IOException} counts as "not yet". */
  @FunctionalInterface
  public interface Condition {
    /** Whether it is so now. */
    boolean holds() throws IOException;
  }

  /** Something that comes into being; an {@link IOException} counts as "not yet". */
  @FunctionalInterface
  public interface Source<T> {
    /** The value, once it is there. */
    Optional<T> poll() throws IOException;
  }

  /**
   * Returns once the condition holds.
   *
   * @param what completes the sentence "gave up waiting for ..."
   * @throws IllegalStateException when the bound has passed, with the last failed attempt as cause
   */
  public static void until(String what, Duration bound, Condition condition) {
    value(what, bound, () -> condition.holds() ? Optional.of(true) : Optional.empty());
  }

  /** Returns the value once there is one; otherwise as {@link #until}. */
  public static <T> T value(String what, Duration bound, Source<T> source) {
    long begin = System.nanoTime();
    @Nullable IOException last = null;
    while (true) {
      try {
        Optional<T> value = source.poll();
        if (value.isPresent()) {
          return value.get();
        }
      } catch (IOException notYet) {
        last = notYet;
      }
      long waited = System.nanoTime() - begin;
      if (waited >= bound.toNanos()) {
        throw new IllegalStateException(
            "gave up waiting for " + what + " after " + bound.toMillis() + " ms", last);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while waiting for " + what, last);
      }
      LockSupport.parkNanos(Math.max(SHORTEST_PAUSE, Math.min(waited / 10, LONGEST_PAUSE)));
    }
  }
}
