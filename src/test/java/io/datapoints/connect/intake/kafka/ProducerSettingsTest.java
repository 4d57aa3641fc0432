package io.datapoints.connect.intake.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.door.ClientSettings;
import io.datapoints.connect.config.door.LogConfig;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** What the producer of the door is made of. */
class ProducerSettingsTest {

  private static final long BUDGET = 64L * 1024 * 1024;

  private static LogConfig config(Map<String, String> producer) {
    Map<String, String> all = new TreeMap<>(producer);
    all.putIfAbsent("bootstrap.servers", "127.0.0.1:1");
    ClientSettings settings = new ClientSettings(all);
    return new LogConfig("metrics", Optional.empty(), settings, settings, "connect-1");
  }

  @Test
  void asksAllReplicasAndWaitsAsTheDoorDoes() {
    assertThat(ProducerSettings.of(config(Map.of()), BUDGET))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("acks", "all"),
                Map.entry("bootstrap.servers", "127.0.0.1:1"),
                Map.entry("buffer.memory", "83886080"),
                Map.entry("client.id", "datapoints-http-connect-1"),
                Map.entry("compression.type", "lz4"),
                Map.entry("delivery.timeout.ms", "120000"),
                Map.entry("enable.idempotence", "true"),
                Map.entry("linger.ms", "5"),
                Map.entry("max.block.ms", "1000"),
                Map.entry("max.in.flight.requests.per.connection", "5"),
                Map.entry("max.request.size", "1048576"),
                Map.entry("request.timeout.ms", "30000")));
  }

  @Test
  void whatTheUserSetWinsOverTheDefaultsOnly() {
    assertThat(
            ProducerSettings.of(
                config(
                    Map.of(
                        "compression.type", "zstd",
                        "client.id", "mine",
                        "buffer.memory", "5000000",
                        "acks", "-1")),
                BUDGET))
        .containsEntry("compression.type", "zstd")
        .containsEntry("client.id", "mine")
        .containsEntry("buffer.memory", "5000000")
        .containsEntry("acks", "all");
  }

  @Test
  void theBufferTakesOneOfTheLargestRequestsAtLeast() {
    assertThat(ProducerSettings.of(config(Map.of("max.request.size", "10000000")), 1_048_576))
        .containsEntry("buffer.memory", "20000000");
  }

  /** Kafka is not waited for, so that the worker's own brokers may be away. */
  @Test
  void theLogOpensWithoutKafka() {
    try (KafkaLog log = KafkaLog.open(config(Map.of()), BUDGET)) {
      assertThat(log.fault()).isNotNull();
    }
  }

  @Test
  void whatKafkaRefusesNamesWhereItCameFrom() {
    assertThatThrownBy(
            () -> KafkaLog.open(config(Map.of("delivery.timeout.ms", "10")), BUDGET).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("datapoints.http.producer.*", "delivery.timeout.ms");
    assertThatThrownBy(
            () ->
                KafkaLog.open(config(Map.of("bootstrap.servers", "no.such.host.invalid:1")), BUDGET)
                    .close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bootstrap.servers");
  }
}
