package io.datapoints.connect.intake.kafka;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long records have been sent without one acknowledgement. After half a minute that is a fault;
 * ten seconds later, if the topic looks well, records are let through again to find out. Thread
 * safe.
 */
final class SendRun {

  private static final long FAULT_AFTER = TimeUnit.SECONDS.toNanos(30);
  private static final long TRIED_AFTER = TimeUnit.SECONDS.toNanos(40);
  private static final long NONE = Long.MIN_VALUE;

  private final LongSupplier nanoTime;

  /** When the first record was sent that is followed by no acknowledgement. */
  private final AtomicLong since = new AtomicLong(NONE);

  SendRun(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void sent() {
    if (since.get() == NONE) {
      since.compareAndSet(NONE, nanoTime.getAsLong());
    }
  }

  void acknowledged() {
    if (since.get() != NONE) {
      since.set(NONE);
    }
  }

  /** The topic looks well. */
  void looksWell() {
    long begin = since.get();
    if (begin != NONE && nanoTime.getAsLong() - begin > TRIED_AFTER) {
      since.compareAndSet(begin, NONE);
    }
  }

  @Nullable String fault() {
    long begin = since.get();
    return begin != NONE && nanoTime.getAsLong() - begin > FAULT_AFTER
        ? "Kafka has acknowledged no record for 30 seconds"
        : null;
  }
}
