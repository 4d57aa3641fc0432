package io.datapoints.connect;

import io.datapoints.connect.config.door.DoorConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.runtime.WorkerConfig;

/** What a Kafka Connect worker has against its properties. */
final class WorkerFaults {

  private WorkerFaults() {}

  /**
   * One text for each fault.
   *
   * @param shipped worker properties
   * @param kind the constructor of the worker's configuration
   */
  static List<String> of(
      Map<String, String> shipped, Function<Map<String, String>, WorkerConfig> kind) {
    Map<String, String> properties = new TreeMap<>(shipped);
    // The directories of a worker are not on this machine, and a provider insists on them.
    properties.replaceAll(
        (key, value) ->
            key.endsWith(".param.allowed.paths") ? Path.of("").toAbsolutePath().toString() : value);
    List<String> faults = new ArrayList<>();
    if (properties.containsKey("rest.extension.classes")) {
      faults.addAll(DoorFaults.of(properties));
    }
    try {
      Set<String> known = kind.apply(properties).values().keySet();
      properties.keySet().stream()
          .filter(key -> !isKnown(key, known, providers(properties)))
          .forEach(key -> faults.add("unknown setting " + key));
    } catch (ConfigException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    return faults;
  }

  private static List<String> providers(Map<String, String> properties) {
    return Arrays.asList(properties.getOrDefault("config.providers", "").split(",", -1));
  }

  private static boolean isKnown(String key, Set<String> known, List<String> providers) {
    return known.contains(key)
        || DoorConfig.definition().names().contains(key)
        || below("consumer.", key, ConsumerConfig.configNames())
        || below("producer.", key, ProducerConfig.configNames())
        || providers.stream().anyMatch(each -> isOf(each, key));
  }

  private static boolean isOf(String provider, String key) {
    String prefix = "config.providers." + provider + ".";
    return key.equals(prefix + "class") || key.startsWith(prefix + "param.");
  }

  private static boolean below(String prefix, String key, Set<String> names) {
    return key.startsWith(prefix) && names.contains(key.substring(prefix.length()));
  }
}
