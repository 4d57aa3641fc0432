package io.datapoints.connect.audit;

import java.util.Set;

/** Reads a store through a connection of its own, apart from that of the task. */
interface StoreReader extends AutoCloseable {

  /**
   * Those of the keys that the store has.
   *
   * @throws StoreAwayException when it does not answer
   */
  Set<SampleKey> present(Set<SampleKey> keys) throws StoreAwayException;

  @Override
  void close();

  /** The store does not answer. */
  final class StoreAwayException extends Exception {
    StoreAwayException(Throwable cause) {
      super(cause);
    }
  }
}
