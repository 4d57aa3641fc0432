package io.datapoints.connect.config.door;

import io.datapoints.connect.config.UnknownSettings;
import io.datapoints.connect.config.setting.Review;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of the door, checked and typed once at the start.
 *
 * @param http the listeners
 * @param intake what is taken at a time
 * @param log the topic, and the clients that reach it
 * @param telnet where KairosDB's telnet commands are taken
 */
public record DoorConfig(HttpConfig http, IntakeConfig intake, LogConfig log, TelnetConfig telnet) {

  /** Without their dots, so that a name in which only that is missing is found. */
  private static final List<String> PREFIXES = List.of("datapoints.http", "datapoints.telnet");

  /** All settings, group by group; the producer's are Kafka's own. */
  public static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    HttpConfig.define(definition);
    LogConfig.define(definition);
    IntakeConfig.define(definition);
    TelnetConfig.define(definition);
    return definition;
  }

  /**
   * Reads the settings. Nothing is opened, and no file is read.
   *
   * @param workerProperties those of the worker, all of them, with the values of config providers
   * @throws ConfigException with every error, each with the name of the property
   */
  public static DoorConfig of(Map<String, ?> workerProperties) {
    Map<String, String> all = texts(workerProperties);
    ConfigDef definition = definition();
    Map<String, String> own = new TreeMap<>(all);
    own.keySet().removeIf(key -> PREFIXES.stream().noneMatch(key::startsWith));
    WorkerClients clients = WorkerClients.of(all);
    List<String> errors = review(definition, own, clients).messages();
    if (!errors.isEmpty()) {
      throw new ConfigException(String.join("; ", errors));
    }
    AbstractConfig config = new AbstractConfig(definition, own, false);
    return new DoorConfig(
        HttpConfig.from(config),
        IntakeConfig.from(config),
        LogConfig.from(config, clients),
        TelnetConfig.from(config));
  }

  private static Review review(
      ConfigDef definition, Map<String, String> own, WorkerClients clients) {
    Review review = new Review(definition.validate(own));
    ProducerReview.review(clients.own(), review);
    own.keySet().stream()
        .filter(key -> !key.startsWith(LogConfig.PRODUCER))
        .forEach(key -> UnknownSettings.review(key, definition.names(), "the door", review));
    return review;
  }

  private static Map<String, String> texts(Map<String, ?> properties) {
    Map<String, String> texts = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (value != null) {
            texts.put(key, value.toString());
          }
        });
    return texts;
  }
}
