package io.datapoints.connect.delivery.pace;

import java.util.concurrent.TimeUnit;

/** A clock for intervals: milliseconds that only ever grow, from an arbitrary start. */
@FunctionalInterface
public interface Ticker {

  /** Now, in milliseconds. */
  long millis();

  /** Now, in microseconds of the same clock, as exactly as it tells them. */
  default long micros() {
    return TimeUnit.MILLISECONDS.toMicros(millis());
  }

  /** The JVM's own. */
  static Ticker system() {
    return new Ticker() {
      @Override
      public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
      }

      @Override
      public long micros() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
      }
    };
  }
}
