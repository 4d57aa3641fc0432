package io.datapoints.connect.config.door;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a worker's properties say about the clients of the door: {@code bootstrap.servers}, then
 * {@code producer.*}, then {@code datapoints.http.producer.*}, each laid over the one before. The
 * worker's own credentials, those without a prefix, are not the producer's, as with Connect's own
 * producers.
 *
 * @param own what {@code datapoints.http.producer.*} says alone
 * @param producer the settings of the producer
 * @param admin the settings of the client that looks at the topic: the producer's connection, and
 *     {@code admin.*} over it
 * @param worker the name by which other workers reach this one; empty if none is set
 */
record WorkerClients(
    ClientSettings own, ClientSettings producer, ClientSettings admin, String worker) {

  private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /** What the worker has for the producers of its connectors, and what would be wrong here. */
  private static final Set<String> NOT_INHERITED =
      Set.of(
          "acks",
          "auto.include.jmx.reporter",
          "buffer.memory",
          "client.id",
          "enable.idempotence",
          "interceptor.classes",
          "key.serializer",
          "max.block.ms",
          "metric.reporters",
          "partitioner.class",
          "partitioner.ignore.keys",
          "transaction.timeout.ms",
          "transaction.two.phase.commit.enable",
          "transactional.id",
          "value.serializer");

  /** Prefixes of the settings of a connection, which all clients have by the same names. */
  private static final List<String> CONNECTION =
      List.of("bootstrap.", "security.", "sasl.", "ssl.");

  static WorkerClients of(Map<String, String> worker) {
    ClientSettings own = below(LogConfig.PRODUCER, worker);
    ClientSettings producer =
        bootstrap(worker).with(inherited(below("producer.", worker))).with(own);
    if (!producer.values().containsKey(BOOTSTRAP_SERVERS)) {
      throw new ConfigException(BOOTSTRAP_SERVERS + " is missing: name the brokers of the topic");
    }
    return new WorkerClients(
        own,
        producer,
        connection(producer).with(inherited(below("admin.", worker))),
        worker.getOrDefault("rest.advertised.host.name", ""));
  }

  private static ClientSettings bootstrap(Map<String, String> worker) {
    String servers = worker.get(BOOTSTRAP_SERVERS);
    return new ClientSettings(servers == null ? Map.of() : Map.of(BOOTSTRAP_SERVERS, servers));
  }

  private static ClientSettings below(String prefix, Map<String, String> worker) {
    Map<String, String> found = new TreeMap<>();
    worker.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return new ClientSettings(found);
  }

  private static ClientSettings inherited(ClientSettings settings) {
    Map<String, String> kept = new TreeMap<>(settings.values());
    kept.keySet().removeAll(NOT_INHERITED);
    return new ClientSettings(kept);
  }

  private static ClientSettings connection(ClientSettings settings) {
    Map<String, String> kept = new TreeMap<>(settings.values());
    kept.keySet().removeIf(key -> CONNECTION.stream().noneMatch(key::startsWith));
    return new ClientSettings(kept);
  }
}
