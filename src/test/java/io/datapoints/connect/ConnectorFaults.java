package io.datapoints.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.sink.SinkConnector;

/** What a worker, or one of our connectors, has against the configuration of a connector. */
final class ConnectorFaults {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(file|dir|env):[^}]+}");

  /** Settings below these are those of a plugin that is not here, or are ours to judge. */
  private static final List<String> OPEN =
      List.of(
          "key.converter.",
          "value.converter.",
          "header.converter.",
          "transforms.",
          "predicates.",
          "cassandra.driver.",
          "topic.");

  private ConnectorFaults() {}

  /**
   * One text for each fault.
   *
   * @param shipped its values may be placeholders for secrets
   * @throws ReflectiveOperationException if there is no such connector
   */
  static List<String> of(Map<String, String> shipped) throws ReflectiveOperationException {
    Map<String, String> config = new TreeMap<>();
    shipped.forEach((key, value) -> config.put(key, filledIn(key, value)));
    // Whatever runs at the address of the sample has no say here.
    config.put("validate.connect", "false");
    SinkConnector connector =
        Class.forName(config.getOrDefault("connector.class", ""))
            .asSubclass(SinkConnector.class)
            .getDeclaredConstructor()
            .newInstance();
    List<String> faults = new ArrayList<>();
    connector.validate(config).configValues().forEach(each -> faults.addAll(each.errorMessages()));
    if (readsHeaders(config) && !config.containsKey("header.converter")) {
      faults.add("reads headers as Connect's default converter has them");
    }
    config.keySet().stream()
        .filter(key -> !isKnown(key, connector.config().names()))
        .forEach(key -> faults.add("unknown setting " + key));
    return faults;
  }

  private static boolean readsHeaders(Map<String, String> config) {
    return config.entrySet().stream()
        .anyMatch(
            each -> each.getKey().endsWith(".mapping") && each.getValue().contains("header."));
  }

  private static String filledIn(String key, String value) {
    Matcher placeholder = PLACEHOLDER.matcher(value);
    boolean whole = placeholder.matches();
    return placeholder
        .reset()
        .replaceAll(whole && key.equals("mongodb.uri") ? "mongodb://localhost" : "secret");
  }

  private static boolean isKnown(String key, Set<String> ours) {
    return ours.contains(key)
        || SinkConnectorConfig.configDef().names().contains(key)
        || OPEN.stream().anyMatch(key::startsWith)
        || Stream.of("consumer", "producer").anyMatch(client -> isOverride(client, key));
  }

  private static boolean isOverride(String client, String key) {
    String prefix = client + ".override.";
    Set<String> known =
        client.equals("consumer") ? ConsumerConfig.configNames() : ProducerConfig.configNames();
    return key.startsWith(prefix) && known.contains(key.substring(prefix.length()));
  }
}
