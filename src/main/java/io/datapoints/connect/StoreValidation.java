package io.datapoints.connect;

import io.datapoints.connect.store.StoreValidator;
import io.datapoints.connect.store.ValidationResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares valid settings with the store. Stateless; each call blocks the thread of a REST request
 * for a bounded time.
 *
 * @param connector its name, for the log
 * @param bound how long a call may block
 */
record StoreValidation(String connector, Duration bound) {

  private static final Logger log = LoggerFactory.getLogger(StoreValidation.class);

  /** Blocks for {@link StoreValidator#BOUND} at most. */
  StoreValidation(String connector) {
    this(connector, StoreValidator.BOUND);
  }

  /**
   * Adds each error to its setting. A failed comparison is only logged, so that a connector can be
   * created during an outage; its tasks wait for the store.
   */
  List<ConfigValue> validated(List<ConfigValue> values, StoreValidator validator) {
    Map<String, ConfigValue> byName = new LinkedHashMap<>();
    values.forEach(value -> byName.put(value.name(), value));
    for (ValidationResult each : results(validator)) {
      if (each instanceof ValidationResult.SettingError error) {
        byName.computeIfAbsent(error.setting(), ConfigValue::new).addErrorMessage(error.message());
      } else if (each instanceof ValidationResult.Unknown unknown) {
        log.warn(
            "{}: the settings were not compared with the store: {}", connector, unknown.reason());
      }
    }
    return List.copyOf(byName.values());
  }

  private List<ValidationResult> results(StoreValidator validator) {
    try (validator) {
      return validator.validate().toCompletableFuture().get(bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return unknown("no answer within " + bound.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted");
    } catch (ExecutionException e) {
      // This is a bug, and must not prevent a connector. Its message might quote a setting.
      return unknown("an unexpected " + Objects.requireNonNullElse(e.getCause(), e).getClass());
    }
  }

  private static List<ValidationResult> unknown(String reason) {
    return List.of(new ValidationResult.Unknown(reason));
  }
}
