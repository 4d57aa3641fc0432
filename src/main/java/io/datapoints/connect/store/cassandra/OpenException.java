package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.store.Outcome;
import org.jspecify.annotations.Nullable;

/** Why the store could not be opened, and whether time or only an operator cures it. */
final class OpenException extends RuntimeException {

  private final boolean fatal;

  private OpenException(boolean fatal, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fatal = fatal;
  }

  /** Something that another task or node is about to provide. */
  static OpenException waiting(String message) {
    return new OpenException(false, message, null);
  }

  /** Something that only an operator can put right. */
  static OpenException fatal(String message) {
    return new OpenException(true, message, null);
  }

  static OpenException fatal(String message, Throwable cause) {
    return new OpenException(true, message, cause);
  }

  /** Whether only an operator can put it right. */
  boolean isFatal() {
    return fatal;
  }

  Outcome outcome() {
    String reason = String.valueOf(getMessage());
    return fatal ? new Outcome.Fatal(reason, this) : new Outcome.Unavailable(reason, this);
  }
}
