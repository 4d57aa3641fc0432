package io.datapoints.connect.fault;

import io.datapoints.connect.kit.Restartable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that gets a tenth of the time at most, in slices: what an overloaded one looks like from
 * outside. Answers are late, some come after the client has given up, and some come in time.
 */
final class Starvation implements Outage {

  private static final Duration FROZEN = Duration.ofMillis(900);
  private static final Duration RUNNING = Duration.ofMillis(50);

  private final Restartable server;
  private volatile boolean over;
  private CompletableFuture<Void> slices = CompletableFuture.completedFuture(null);

  Starvation(Restartable server) {
    this.server = server;
  }

  @Override
  public void begin() {
    slices = CompletableFuture.runAsync(this::slice);
  }

  private void slice() {
    while (!over) {
      server.suspend();
      try {
        LockSupport.parkNanos(FROZEN.toNanos());
      } finally {
        server.resume();
      }
      LockSupport.parkNanos(RUNNING.toNanos());
    }
  }

  @Override
  public void end() {
    over = true;
    slices.join();
  }
}
