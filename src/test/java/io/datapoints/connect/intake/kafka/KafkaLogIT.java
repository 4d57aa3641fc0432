package io.datapoints.connect.intake.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.door.ClientSettings;
import io.datapoints.connect.config.door.LogConfig;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log of the door on a broker. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaLogIT {

  private static final Duration BOUND = Duration.ofMinutes(1);

  private final Kafka kafka;

  KafkaLogIT(Servers servers) {
    kafka = servers.kafka();
  }

  private KafkaLog open(String topic, LogConfig.@Nullable Creation creation) {
    ClientSettings clients =
        new ClientSettings(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    return KafkaLog.open(
        new LogConfig(topic, Optional.ofNullable(creation), clients, clients, "test"), 1_048_576);
  }

  private static void awaitOpen(KafkaLog log) {
    Await.until("the log to take records", BOUND, () -> log.fault() == null);
  }

  private static Optional<Exception> send(KafkaLog log, byte[] key, byte[] value) {
    CompletableFuture<Optional<Exception>> answer = new CompletableFuture<>();
    log.send(key, value, failure -> answer.complete(Optional.ofNullable(failure)));
    return answer.join();
  }

  @Test
  void aRecordIsInTheTopicWhenItIsAcknowledged() {
    kafka.createTopic("log.takes", 3);
    try (KafkaLog log = open("log.takes", null)) {
      awaitOpen(log);
      assertThat(send(log, "a".getBytes(UTF_8), "b".getBytes(UTF_8))).isEmpty();
      assertThat(kafka.records("log.takes"))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.key()).isEqualTo("a".getBytes(UTF_8));
                assertThat(record.value()).isEqualTo("b".getBytes(UTF_8));
              });
    }
  }

  @Test
  void theLargestRecordThatItNamesFitsTheTopicEvenIfItCannotBeCompressed() {
    kafka.createTopic("log.size", 1);
    kafka.topics().configure("log.size", "max.message.bytes", "100000");
    try (KafkaLog log = open("log.size", null)) {
      awaitOpen(log);
      assertThat(log.maxRecordBytes()).isBetween(99_000, 100_000);
      byte[] value = new byte[log.maxRecordBytes() - 1];
      new Random(1).nextBytes(value);
      assertThat(send(log, new byte[] {1}, value)).isEmpty();

      kafka.topics().configure("log.size", "max.message.bytes", "50000");
      Await.until("the new limit", BOUND, () -> log.maxRecordBytes() < 50_000);
    }
  }

  @Test
  void aMissingTopicIsAFaultUntilSomebodyMakesIt() {
    try (KafkaLog log = open("log.missing", null)) {
      Await.until("the fault", BOUND, () -> "Topic log.missing does not exist".equals(log.fault()));
      assertThat(send(log, new byte[] {1}, new byte[] {2})).isPresent();
      kafka.createTopic("log.missing", 2);
      awaitOpen(log);
      assertThat(send(log, new byte[] {1}, new byte[] {2})).isEmpty();
    }
  }

  @Test
  void aMissingTopicIsMadeAsTheSettingsSay() {
    try (KafkaLog log = open("log.made", new LogConfig.Creation(5, (short) 1))) {
      awaitOpen(log);
      assertThat(send(log, new byte[] {1}, new byte[] {2})).isEmpty();
      assertThat(kafka.topics().endOffsets("log.made")).hasSize(5);
      assertThat(kafka.records("log.made"))
          .singleElement()
          .satisfies(record -> assertThat(record.timestampType().name).isEqualTo("LogAppendTime"));
    }
  }

  @Test
  void aTopicThatCannotBeMadeIsAFault() {
    try (KafkaLog log = open("log.never", new LogConfig.Creation(1, (short) 3))) {
      Await.until(
          "the fault",
          BOUND,
          () ->
              "Topic log.never cannot be created (InvalidReplicationFactorException)"
                  .equals(log.fault()));
    }
  }
}
