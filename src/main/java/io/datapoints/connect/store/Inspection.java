package io.datapoints.connect.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A look at a store before any task runs, with sound settings. Connects and reads, and neither
 * writes nor creates anything. Of use once, on any thread.
 */
public interface Inspection extends AutoCloseable {

  /** Somebody waits for the answer of a REST call. Longer than this, nothing is waited for. */
  Duration BOUND = Duration.ofSeconds(5);

  /**
   * Everything that the store has against the settings; empty when all is well. Returns at once;
   * the stage completes on any thread, and fails only by a bug.
   */
  CompletionStage<List<Finding>> findings();

  /** Lets go of the connection, also of one that is yet to come about. Returns at once. */
  @Override
  void close();
}
