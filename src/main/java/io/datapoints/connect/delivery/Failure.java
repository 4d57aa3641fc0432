package io.datapoints.connect.delivery;

import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * The first reason why the task cannot go on, kept until a put can throw it: thrown from a flush,
 * Connect would answer it with an endless silent replay.
 */
final class Failure {

  private @Nullable ConnectException first;

  void record(ConnectException cause) {
    if (first == null) {
      first = cause;
    }
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
