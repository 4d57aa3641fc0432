package io.datapoints.connect.store.cassandra.failure;

import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the store could not be opened, and whether time or only an operator cures it. */
public final class OpenException extends RuntimeException {

  /** Why to try again; null where only an operator can help. */
  private final @Nullable Cause retry;

  private final @Nullable String setting;

  private OpenException(
      @Nullable Cause retry, @Nullable String setting, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.retry = retry;
    this.setting = setting;
  }

  /** Something of the schema that another task or node is about to provide. */
  public static OpenException waiting(String message) {
    return new OpenException(Cause.SCHEMA, null, message, null);
  }

  /** Something else that time cures. */
  public static OpenException waiting(Cause retry, String message, Throwable cause) {
    return new OpenException(retry, null, message, cause);
  }

  /** Something that only an operator can put right. */
  public static OpenException fatal(String message) {
    return new OpenException(null, null, message, null);
  }

  public static OpenException fatal(String message, Throwable cause) {
    return new OpenException(null, null, message, cause);
  }

  /** A setting that does not go with the cluster. */
  public static OpenException misconfigured(String setting, String message) {
    return new OpenException(null, setting, message, null);
  }

  public static OpenException misconfigured(String setting, String message, Throwable cause) {
    return new OpenException(null, setting, message, cause);
  }

  /** The one setting to put right, if it is one. */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }

  /** Whether only an operator can put it right. */
  public boolean isFatal() {
    return retry == null;
  }

  Outcome outcome() {
    String reason = String.valueOf(getMessage());
    return retry == null
        ? new Outcome.Fatal(reason, this)
        : new Outcome.Unavailable(retry, reason, this);
  }
}
