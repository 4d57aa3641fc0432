package io.datapoints.connect.intake.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Writes a line for each state, and for one that stays once a minute. On the log's thread. */
final class StateLog {

  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  /** More than there are states. */
  private static final int MAX_STATES = 64;

  private final LongSupplier nanoTime;
  private final Map<String, Long> written = new HashMap<>();

  StateLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Hands the state to the logger, unless that was done within the last minute. */
  void say(String state, Consumer<String> logger) {
    long now = nanoTime.getAsLong();
    Long before = written.get(state);
    if (before == null || now - before >= PAUSE) {
      if (written.size() >= MAX_STATES) {
        written.clear();
      }
      written.put(state, now);
      logger.accept(state);
    }
  }
}
