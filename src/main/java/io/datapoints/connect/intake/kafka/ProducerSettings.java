package io.datapoints.connect.intake.kafka;

import io.datapoints.connect.config.door.LogConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The settings of the producer: the door's defaults, what the user set over them, and over all what
 * cannot be otherwise.
 */
final class ProducerSettings {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
          // Goes on behind the answer, which does not wait so long.
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "120000",
          // The default differs between clients of 3.9 and 4.x.
          ProducerConfig.LINGER_MS_CONFIG, "5",
          ProducerConfig.MAX_BLOCK_MS_CONFIG, "1000",
          ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "5",
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "1048576",
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "30000");

  private ProducerSettings() {}

  /**
   * @param maxInFlightBytes bytes that the intake holds at most; the producer's buffer takes a
   *     quarter more, so that it never is what records wait for
   */
  static Map<String, Object> of(LogConfig config, long maxInFlightBytes) {
    Map<String, Object> all = new TreeMap<>(DEFAULTS);
    all.put(ProducerConfig.CLIENT_ID_CONFIG, "datapoints-http-" + worker(config));
    all.putAll(config.producer().values());
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    all.putIfAbsent(
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        Long.toString(Math.max(maxInFlightBytes + maxInFlightBytes / 4, 2L * maxRequestSize(all))));
    return all;
  }

  /** Bytes of a request at most, before compression. */
  static int maxRequestSize(Map<String, Object> settings) {
    return Integer.parseInt(
        String.valueOf(settings.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG)).strip());
  }

  private static String worker(LogConfig config) {
    if (!config.worker().isEmpty()) {
      return config.worker();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
