package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.store.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the store could not be opened, and whether time or only an operator cures it. */
final class OpenException extends RuntimeException {

  private final boolean fatal;
  private final @Nullable String setting;

  private OpenException(
      boolean fatal, @Nullable String setting, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fatal = fatal;
    this.setting = setting;
  }

  /** Something that another task or node is about to provide. */
  static OpenException waiting(String message) {
    return waiting(message, null);
  }

  static OpenException waiting(String message, @Nullable Throwable cause) {
    return new OpenException(false, null, message, cause);
  }

  /** Something that only an operator can put right. */
  static OpenException fatal(String message) {
    return new OpenException(true, null, message, null);
  }

  static OpenException fatal(String message, Throwable cause) {
    return new OpenException(true, null, message, cause);
  }

  /** A setting that does not go with the cluster. */
  static OpenException misconfigured(String setting, String message, @Nullable Throwable cause) {
    return new OpenException(true, setting, message, cause);
  }

  /** The one setting to put right, if it is one. */
  Optional<String> setting() {
    return Optional.ofNullable(setting);
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
