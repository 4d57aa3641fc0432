package io.datapoints.connect.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Compares sound settings with the store before any task runs. Connects and reads, and neither
 * writes nor creates anything. Used once, on any thread.
 */
public interface StoreValidator extends AutoCloseable {

  /** The caller answers a REST request; nothing is waited for longer than this. */
  Duration BOUND = Duration.ofSeconds(5);

  /**
   * Everything in the store that contradicts the settings; empty when all is well. Returns at once;
   * the stage completes on any thread, and fails only by a bug.
   */
  CompletionStage<List<ValidationResult>> validate();

  /** Closes the connection, also one that is still being opened. Returns at once. */
  @Override
  void close();
}
