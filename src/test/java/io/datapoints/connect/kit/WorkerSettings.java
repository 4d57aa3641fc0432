package io.datapoints.connect.kit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a Kafka Connect worker is to be. Each method answers a changed copy.
 *
 * @param version version of Kafka Connect
 * @param archive a connector archive to install, or null for none
 * @param plugins jars of other connectors, each a plugin of its own
 * @param group the workers of one group share the connectors
 * @param heap largest heap, as in {@code -Xmx}
 * @param properties worker properties that win over the kit's own
 * @param flags more flags of its virtual machine
 */
public record WorkerSettings(
    String version,
    @Nullable Path archive,
    List<Path> plugins,
    String group,
    String heap,
    Map<String, String> properties,
    List<String> flags) {

  /** Takes copies. */
  public WorkerSettings {
    plugins = List.copyOf(plugins);
    properties = Map.copyOf(properties);
    flags = List.copyOf(flags);
  }

  /** The version the connector is built against, 512 MiB, group {@code connect}, no plugin. */
  public static WorkerSettings defaults() {
    return new WorkerSettings(
        KafkaBroker.VERSION, null, List.of(), "connect", "512m", Map.of(), List.of());
  }

  /** With another version of Kafka Connect. */
  public WorkerSettings version(String other) {
    return new WorkerSettings(other, archive, plugins, group, heap, properties, flags);
  }

  /** With this archive installed. */
  public WorkerSettings archive(Path zip) {
    return new WorkerSettings(version, zip, plugins, group, heap, properties, flags);
  }

  /** With the jar of another connector installed. */
  public WorkerSettings plugin(Path jar) {
    List<Path> more = new ArrayList<>(plugins);
    more.add(jar);
    return new WorkerSettings(version, archive, more, group, heap, properties, flags);
  }

  /** In this group. */
  public WorkerSettings group(String other) {
    return new WorkerSettings(version, archive, plugins, other, heap, properties, flags);
  }

  /** With this largest heap. */
  public WorkerSettings heap(String other) {
    return new WorkerSettings(version, archive, plugins, group, other, properties, flags);
  }

  /** With one more worker property. */
  public WorkerSettings property(String key, String value) {
    Map<String, String> more = new TreeMap<>(properties);
    more.put(key, value);
    return new WorkerSettings(version, archive, plugins, group, heap, more, flags);
  }

  /** With one more flag of its virtual machine. */
  public WorkerSettings flag(String flag) {
    List<String> more = new ArrayList<>(flags);
    more.add(flag);
    return new WorkerSettings(version, archive, plugins, group, heap, properties, more);
  }
}
