package io.datapoints.connect.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a store cannot be used, in words that hold no payload and no secret, and whether a retry can
 * succeed.
 */
public final class StoreException extends RuntimeException {

  /** Why to try again; null where only an operator can help. */
  private final @Nullable Cause retry;

  private final @Nullable String setting;

  private StoreException(
      @Nullable Cause retry, @Nullable String setting, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.retry = retry;
    this.setting = setting;
  }

  /** A later attempt may succeed. */
  public static StoreException retry(Cause retry, String message) {
    return new StoreException(retry, null, message, null);
  }

  public static StoreException retry(Cause retry, String message, Throwable cause) {
    return new StoreException(retry, null, message, cause);
  }

  /** Only an operator can put it right. */
  public static StoreException fatal(String message) {
    return new StoreException(null, null, message, null);
  }

  public static StoreException fatal(String message, Throwable cause) {
    return new StoreException(null, null, message, cause);
  }

  /** A setting does not fit the store. */
  public static StoreException misconfigured(String setting, String message) {
    return new StoreException(null, setting, message, null);
  }

  public static StoreException misconfigured(String setting, String message, Throwable cause) {
    return new StoreException(null, setting, message, cause);
  }

  /** Takes the place of a driver's exception whose text may quote a payload; keeps its trace. */
  public static StoreException inPlaceOf(Throwable quoting, String message) {
    StoreException exception = new StoreException(null, null, message, null);
    exception.setStackTrace(quoting.getStackTrace());
    return exception;
  }

  /** The setting to change, where there is exactly one. */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }

  /** Whether only an operator can put it right. */
  public boolean isFatal() {
    return retry == null;
  }

  /** The outcome of the attempt that failed with it. */
  public Outcome outcome() {
    String reason = String.valueOf(getMessage());
    return retry == null
        ? new Outcome.Fatal(reason, this)
        : new Outcome.Unavailable(retry, reason, this);
  }
}
