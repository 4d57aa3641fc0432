package io.datapoints.connect.delivery;

import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * The first reason why the task cannot go on, kept until a put can throw it: thrown from a flush,
 * Connect would answer it with an endless silent replay.
 */
final class TaskFailure {

  private @Nullable ConnectException first;
  private boolean halts;

  void record(ConnectException cause) {
    if (first == null) {
      first = cause;
    }
  }

  /** Records one that only an operator can help with: nothing is sent any more. */
  void halt(ConnectException cause) {
    record(cause);
    halts = true;
  }

  /** The task ends: nothing is sent any more. */
  void halt() {
    halts = true;
  }

  /** Whether nothing is sent any more. */
  boolean halts() {
    return halts;
  }

  boolean recorded() {
    return first != null;
  }

  void throwIfAny() {
    if (first != null) {
      throw first;
    }
  }
}
