package io.datapoints.connect.kit;

/**
 * A server that a test may disturb. What a deployment cannot do, it refuses with an {@link
 * UnsupportedOperationException}, from which a test may conclude that it cannot run here.
 */
public interface Restartable extends AutoCloseable {

  /** Starts it and returns once it answers. */
  void start();

  /** SIGKILL. */
  void kill();

  /** SIGTERM, and waits for the end. */
  void terminate();

  /** Starts it again with the same data and addresses, after ending it if need be. */
  void restart();

  /** Freezes it: connections stay open and nothing answers. */
  void suspend();

  /** Ends what {@link #suspend()} began. */
  void resume();

  /** Ends it for good. */
  @Override
  void close();
}
