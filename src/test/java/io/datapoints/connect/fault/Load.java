package io.datapoints.connect.fault;

import io.datapoints.connect.kit.Kafka;
import java.util.concurrent.CompletableFuture;

/**
 * Steady input that goes on for as long as a fault takes, however long that is on a busy machine.
 */
final class Load implements AutoCloseable {

  private final Workload workload;
  private final CompletableFuture<Integer> sent;
  private volatile boolean over;

  Load(Workload workload, Kafka kafka) {
    this.workload = workload;
    this.sent = CompletableFuture.supplyAsync(() -> workload.send(kafka, () -> over));
  }

  /** Ends the input, and answers what it was. */
  Workload end() {
    over = true;
    return workload.first(sent.join());
  }

  /** Ends the input of a scenario that failed before it could. */
  @Override
  public void close() {
    over = true;
  }
}
