package io.datapoints.connect;

import io.datapoints.connect.config.door.DoorConfig;
import io.datapoints.connect.door.Door;
import io.datapoints.connect.model.PluginVersion;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.jspecify.annotations.Nullable;

/**
 * The door in a worker that names this class in {@code rest.extension.classes}. Connect lends its
 * life and its properties; listeners, threads and the producer are the door's own. Every worker
 * that has the archive makes an instance when it looks for plugins, so that making one does
 * nothing.
 *
 * <p>It registers nothing with the worker's own REST server: {@code configurable()} of the context
 * has one return type in Connect 3.9 and another in 4.x, and a class that calls it does not run on
 * both.
 */
public final class DatapointsRestExtension implements ConnectRestExtension {

  private static final String CURE =
      ". Correct the worker's properties, or take "
          + DatapointsRestExtension.class.getName()
          + " out of rest.extension.classes to run the worker without the door";

  private final AtomicReference<@Nullable DoorConfig> config = new AtomicReference<>();
  private final AtomicReference<@Nullable Door> door = new AtomicReference<>();

  @Override
  public String version() {
    return PluginVersion.read();
  }

  /**
   * Reads the settings, and opens nothing.
   *
   * @throws ConfigException with every error; the worker ends with it
   */
  @Override
  public void configure(Map<String, ?> configs) {
    try {
      config.set(DoorConfig.of(configs));
    } catch (ConfigException e) {
      throw new ConfigException("The door cannot start: " + e.getMessage() + CURE);
    }
  }

  /**
   * Opens the door, without waiting for Kafka.
   *
   * @throws ConnectException if it cannot be opened, as when a port is taken; the worker ends with
   *     it
   */
  @Override
  public void register(ConnectRestExtensionContext restPluginContext) {
    DoorConfig settings = config.get();
    if (settings == null) {
      throw new ConnectException("The door is registered before it is configured");
    }
    try {
      door.set(Door.open(settings, version()));
    } catch (RuntimeException e) {
      throw new ConnectException("The door cannot start: " + e.getMessage() + CURE, e);
    }
  }

  /** Closes the door in order, before the worker stops its tasks. */
  @Override
  public void close() {
    Door opened = door.getAndSet(null);
    if (opened != null) {
      opened.close();
    }
  }
}
