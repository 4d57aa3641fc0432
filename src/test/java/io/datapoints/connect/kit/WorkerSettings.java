package io.datapoints.connect.kit;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a Kafka Connect worker is to be. Each method answers a changed copy.
 *
 * @param version version of Kafka Connect
 * @param archive a connector archive to install, or null for none
 * @param group the workers of one group share the connectors
 * @param heap largest heap, as in {@code -Xmx}
 * @param properties worker properties that win over the kit's own
 */
public record WorkerSettings(
    String version,
    @Nullable Path archive,
    String group,
    String heap,
    Map<String, String> properties) {

  /** Takes a copy of the properties. */
  public WorkerSettings {
    properties = Map.copyOf(properties);
  }

  /** The version the connector is built against, 512 MiB, group {@code connect}, no plugin. */
  public static WorkerSettings defaults() {
    return new WorkerSettings(KafkaBroker.VERSION, null, "connect", "512m", Map.of());
  }

  /** With another version of Kafka Connect. */
  public WorkerSettings version(String other) {
    return new WorkerSettings(other, archive, group, heap, properties);
  }

  /** With this archive installed. */
  public WorkerSettings archive(Path zip) {
    return new WorkerSettings(version, zip, group, heap, properties);
  }

  /** In this group. */
  public WorkerSettings group(String other) {
    return new WorkerSettings(version, archive, other, heap, properties);
  }

  /** With this largest heap. */
  public WorkerSettings heap(String other) {
    return new WorkerSettings(version, archive, group, other, properties);
  }

  /** With one more worker property. */
  public WorkerSettings property(String key, String value) {
    Map<String, String> more = new TreeMap<>(properties);
    more.put(key, value);
    return new WorkerSettings(version, archive, group, heap, more);
  }
}
