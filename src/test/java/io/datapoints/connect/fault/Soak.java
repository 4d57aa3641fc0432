package io.datapoints.connect.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * One fault after the other, chosen by a generator, with some peace between them. What it did is
 * printed, so that a run can be read, and repeated with its seed.
 */
final class Soak {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(12);
  private static final Duration PEACE = Duration.ofSeconds(4);

  /** A fault with a name to print. */
  record Named(String name, Outage outage) {}

  private final List<Named> faults;
  private final RandomGenerator random;
  private final long start = System.nanoTime();

  Soak(List<Named> faults, RandomGenerator random) {
    this.faults = List.copyOf(faults);
    this.random = random;
  }

  /** Goes on for at least this long, and answers how many faults there were. */
  int run(Duration length) {
    int count = 0;
    while (elapsed() < length.toMillis()) {
      Named fault = faults.get(random.nextInt(faults.size()));
      long duration = random.nextLong(SHORTEST.toNanos(), LONGEST.toNanos());
      System.out.printf(
          "soak %7.1f s: %s for %.1f s%n", elapsed() / 1e3, fault.name(), duration / 1e9);
      fault.outage().begin();
      try {
        pass(duration);
      } finally {
        fault.outage().end();
      }
      pass(random.nextLong(PEACE.toNanos()));
      count++;
    }
    return count;
  }

  private long elapsed() {
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** The faults are what takes time here; nothing is waited for. */
  private static void pass(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
