package io.datapoints.connect.kit;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
 * @param flags flags of its virtual machine beside the kit's own
 * @param file the worker properties to begin with; empty for the kit's own
 * @param connectors files of connectors, which make it a standalone worker; none for a distributed
 * @param properties worker properties that win over those, addresses and plugin path included
 */
public record WorkerSettings(
    String version,
    @Nullable Path archive,
    List<Path> plugins,
    String group,
    String heap,
    List<String> flags,
    Map<String, String> file,
    List<Path> connectors,
    Map<String, String> properties) {

  /** Takes copies. */
  public WorkerSettings {
    plugins = List.copyOf(plugins);
    flags = List.copyOf(flags);
    file = Map.copyOf(file);
    connectors = List.copyOf(connectors);
    properties = Map.copyOf(properties);
  }

  /**
   * The version that the connector is built against, unless {@code -Ddatapoints.connect.version}
   * names another; 512 MiB, group {@code connect}, no plugin.
   */
  public static WorkerSettings defaults() {
    String version = System.getProperty("datapoints.connect.version", KafkaBroker.VERSION);
    return new WorkerSettings(
        version, null, List.of(), "connect", "512m", List.of(), Map.of(), List.of(), Map.of());
  }

  /** With another version of Kafka Connect. */
  public WorkerSettings version(String other) {
    return new WorkerSettings(
        other, archive, plugins, group, heap, flags, file, connectors, properties);
  }

  /** With this archive installed. */
  public WorkerSettings archive(Path zip) {
    return new WorkerSettings(
        version, zip, plugins, group, heap, flags, file, connectors, properties);
  }

  /** With the jar of another connector installed. */
  public WorkerSettings plugin(Path jar) {
    List<Path> more = new ArrayList<>(plugins);
    more.add(jar);
    return new WorkerSettings(
        version, archive, more, group, heap, flags, file, connectors, properties);
  }

  /** In this group. */
  public WorkerSettings group(String other) {
    return new WorkerSettings(
        version, archive, plugins, other, heap, flags, file, connectors, properties);
  }

  /** With this largest heap. */
  public WorkerSettings heap(String other) {
    return new WorkerSettings(
        version, archive, plugins, group, other, flags, file, connectors, properties);
  }

  /** With what this file of worker properties says in place of the kit's own. */
  public WorkerSettings file(Path worker) {
    return new WorkerSettings(
        version, archive, plugins, group, heap, flags, read(worker), connectors, properties);
  }

  /** As a standalone worker, with the connector of this file. */
  public WorkerSettings connector(Path one) {
    return new WorkerSettings(
        version, archive, plugins, group, heap, flags, file, List.of(one), properties);
  }

  /** With one more flag of its virtual machine. */
  public WorkerSettings flag(String flag) {
    List<String> more = new ArrayList<>(flags);
    more.add(flag);
    return new WorkerSettings(
        version, archive, plugins, group, heap, more, file, connectors, properties);
  }

  /** With both compilers, for figures. */
  public WorkerSettings asInProduction() {
    return flag("-XX:TieredStopAtLevel=4");
  }

  /** With one more worker property. */
  public WorkerSettings property(String key, String value) {
    Map<String, String> more = new TreeMap<>(properties);
    more.put(key, value);
    return new WorkerSettings(
        version, archive, plugins, group, heap, flags, file, connectors, more);
  }

  private static Map<String, String> read(Path file) {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> all = new TreeMap<>();
    read.stringPropertyNames().forEach(key -> all.put(key, read.getProperty(key)));
    return all;
  }
}
