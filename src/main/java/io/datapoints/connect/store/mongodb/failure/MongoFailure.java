package io.datapoints.connect.store.mongodb.failure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of the driver whose text must not be passed on, or says what is wrong
 * with a collection.
 */
public final class MongoFailure extends RuntimeException {

  private final @Nullable String setting;

  public MongoFailure(String message) {
    super(message);
    this.setting = null;
  }

  /**
   * @param setting the one to put right
   * @param message what is wrong
   */
  public MongoFailure(String setting, String message) {
    super(message);
    this.setting = setting;
  }

  /**
   * @param trace where the driver's exception came from
   */
  public MongoFailure(String message, StackTraceElement[] trace) {
    super(message);
    this.setting = null;
    setStackTrace(trace);
  }

  /** The one setting to put right, if it is one. */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }
}
