package io.datapoints.connect.http;

import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the door can take requests. Nothing here asks for Cassandra: that it is away is what the
 * door is for. Thread safe.
 */
final class Health {

  /**
   * So long nothing but failures, and the door is not ready; so long after the last it is again.
   */
  private static final long FAILING_NANOS = Duration.ofSeconds(30).toNanos();

  /** The pool of threads must have run something within this time. */
  private static final long STUCK_NANOS = Duration.ofSeconds(10).toNanos();

  /** A check that fails at the first share of a limit holds again below the second. */
  private static final double FULL = 0.9;

  private static final double RELIEVED = 0.75;

  private final Intake intake;
  private final LongSupplier nanoTime;
  private final Share bytes = new Share();
  private final Share requests = new Share();
  private volatile boolean draining;
  private volatile long movedAt;
  private boolean failing;
  private long failingSince;
  private long failedAt;

  /**
   * One of the things that must be right.
   *
   * @param fault what is wrong, without secrets; null for nothing
   */
  record Check(String name, @Nullable String fault) {

    boolean holds() {
      return fault == null;
    }
  }

  /** A share of a limit, with two bounds so that it does not flutter. */
  private static final class Share {

    private boolean full;

    synchronized boolean isFull(long used, long limit) {
      full = used >= limit * (full ? RELIEVED : FULL);
      return full;
    }
  }

  Health(Intake intake, LongSupplier nanoTime) {
    this.intake = intake;
    this.nanoTime = nanoTime;
    this.movedAt = nanoTime.getAsLong();
  }

  /** From now on the door is not ready. */
  void drain() {
    draining = true;
  }

  /** A thread of the pool has run. */
  void moved() {
    movedAt = nanoTime.getAsLong();
  }

  /** What became of a request tells whether records reach the log. */
  synchronized void learn(Outcome outcome) {
    if (outcome instanceof Outcome.Stored stored && stored.points() > 0) {
      failing = false;
    } else if (outcome instanceof Outcome.Unavailable unavailable
        && (unavailable.cause() == Outcome.Cause.LOG
            || unavailable.cause() == Outcome.Cause.DEADLINE)) {
      failedAt = nanoTime.getAsLong();
      if (!failing) {
        failing = true;
        failingSince = failedAt;
      }
    }
  }

  /** Whether the threads move. */
  boolean live() {
    return nanoTime.getAsLong() - movedAt < STUCK_NANOS;
  }

  /** Whether requests can be taken. */
  boolean ready() {
    return checks().stream().allMatch(Check::holds);
  }

  /** All that must be right, in a fixed order. */
  List<Check> checks() {
    return List.of(
        new Check("kafka", kafka()),
        new Check(
            "memory",
            bytes.isFull(intake.bytesInFlight(), intake.maxBytesInFlight())
                ? "The memory for requests is nearly used up."
                : null),
        new Check("queue", queue()));
  }

  /** The state of the log alone. */
  boolean logWorks() {
    return kafka() == null;
  }

  /** Whether there is room. */
  boolean hasRoom() {
    return checks().stream().filter(check -> !check.name().equals("kafka")).allMatch(Check::holds);
  }

  private @Nullable String kafka() {
    String fault = intake.fault();
    return fault == null && isFailing() ? "For some time no record was acknowledged." : fault;
  }

  private synchronized boolean isFailing() {
    return failing
        && failedAt - failingSince >= FAILING_NANOS
        && nanoTime.getAsLong() - failedAt < FAILING_NANOS;
  }

  private @Nullable String queue() {
    if (draining) {
      return "The door is closing.";
    }
    return requests.isFull(intake.requestsInFlight(), intake.maxRequestsInFlight())
        ? "Nearly as many requests wait as may."
        : null;
  }
}
