package io.datapoints.connect.delivery;

import java.util.concurrent.TimeUnit;

/** A clock for intervals: milliseconds that only ever grow, from an arbitrary start. */
@FunctionalInterface
public interface Ticker {

  /** Now, in milliseconds. */
  long millis();

  /** The JVM's own. */
  static Ticker system() {
    return () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
