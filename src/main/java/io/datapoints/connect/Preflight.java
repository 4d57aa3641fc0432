package io.datapoints.connect;

import io.datapoints.connect.store.Finding;
import io.datapoints.connect.store.Inspection;
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
 * Asks a store what it has against settings that are sound by themselves. Stateless; each call
 * keeps the thread of a REST request waiting, for a bounded time.
 *
 * @param connector its name, for the log
 * @param bound how long the caller may be kept waiting
 */
record Preflight(String connector, Duration bound) {

  private static final Logger log = LoggerFactory.getLogger(Preflight.class);

  /** With the usual bound. */
  Preflight(String connector) {
    this(connector, Inspection.BOUND);
  }

  /**
   * The values with each complaint on its setting. What could not be seen is logged: a store that
   * is away must not keep anybody from creating a connector, whose tasks would wait for it.
   */
  List<ConfigValue> examined(List<ConfigValue> values, Inspection inspection) {
    Map<String, ConfigValue> byName = new LinkedHashMap<>();
    values.forEach(value -> byName.put(value.name(), value));
    for (Finding each : findings(inspection)) {
      if (each instanceof Finding.Complaint complaint) {
        byName
            .computeIfAbsent(complaint.setting(), ConfigValue::new)
            .addErrorMessage(complaint.message());
      } else if (each instanceof Finding.Unseen unseen) {
        log.warn(
            "{}: the settings were not compared with the store: {}", connector, unseen.reason());
      }
    }
    return List.copyOf(byName.values());
  }

  private List<Finding> findings(Inspection inspection) {
    try (inspection) {
      return inspection.findings().toCompletableFuture().get(bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return unseen("no answer within " + bound.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unseen("interrupted");
    } catch (ExecutionException e) {
      // A bug, and no reason to refuse anything. Its text might quote a setting.
      return unseen("an unexpected " + Objects.requireNonNullElse(e.getCause(), e).getClass());
    }
  }

  private static List<Finding> unseen(String reason) {
    return List.of(new Finding.Unseen(reason));
  }
}
