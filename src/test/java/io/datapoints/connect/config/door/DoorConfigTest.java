package io.datapoints.connect.config.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of the door, among the other properties of a worker. */
class DoorConfigTest {

  private static final String SECRET = "hunter2";

  private static Map<String, String> worker(String... more) {
    Map<String, String> worker = new HashMap<>();
    worker.put("bootstrap.servers", "kafka:9092");
    worker.put("group.id", "connect");
    worker.put("datapoints.http.listeners", "http://127.0.0.1:8080");
    worker.put("datapoints.http.topic", "metrics");
    for (int i = 0; i < more.length; i += 2) {
      worker.put(more[i], more[i + 1]);
    }
    return worker;
  }

  private static LogConfig log(String... more) {
    return DoorConfig.of(worker(more)).log();
  }

  @Test
  void twoSettingsAreEnough() {
    DoorConfig config = DoorConfig.of(worker());

    assertThat(config.log().topic()).isEqualTo("metrics");
    assertThat(config.log().creation()).isEmpty();
    assertThat(config.log().worker()).isEmpty();
    assertThat(config.log().producer().values())
        .containsExactly(Map.entry("bootstrap.servers", "kafka:9092"));
    assertThat(config.log().admin().values())
        .containsExactly(Map.entry("bootstrap.servers", "kafka:9092"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bootstrap.servers", "datapoints.http.listeners", "datapoints.http.topic"})
  void whatHasNoDefaultIsAskedForByName(String missing) {
    Map<String, String> worker = worker();
    worker.remove(missing);

    assertThatThrownBy(() -> DoorConfig.of(worker))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(missing);
  }

  @ParameterizedTest
  @CsvSource({
    "datapoints.http.topc, datapoints.http.topic",
    "datapoints.http.topic.partitions, datapoints.http.topic.create.partitions",
    "datapoints.http.max.in.flight.byte, datapoints.http.max.in.flight.bytes",
    "datapoints.httplisteners, datapoints.http.listeners",
  })
  void refusesAMisspeltNameAndNamesTheNearest(String misspelt, String meant) {
    assertThatThrownBy(() -> DoorConfig.of(worker(misspelt, "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith(
            misspelt + " is not a setting of the door; did you mean " + meant + "?");
  }

  @Test
  void leavesWhatIsTheWorkersAlone() {
    assertThat(
            DoorConfig.of(
                    worker(
                        "rest.extension.classes", "x", "acks", "1", "topics", "y", "secret", "z"))
                .log())
        .isEqualTo(log());
  }

  @ParameterizedTest
  @CsvSource({
    "datapoints.http.topic, ''",
    "datapoints.http.topic, ..",
    "datapoints.http.topic, a/b",
    "datapoints.http.topic.create, maybe",
    "datapoints.http.topic.create.partitions, 0",
    "datapoints.http.topic.create.partitions, 10001",
    "datapoints.http.topic.create.replication.factor, 0",
    "datapoints.http.topic.create.replication.factor, -2",
    "datapoints.http.topic.create.replication.factor, many",
    "datapoints.http.producer.linger.ms, soon",
    "datapoints.http.producer.compression.type, zip",
    "datapoints.http.producer.acks, 1",
    "datapoints.http.producer.acks, 0",
    "datapoints.http.producer.enable.idempotence, false",
    "datapoints.http.producer.key.serializer, x.Y",
    "datapoints.http.producer.value.serializer, x.Y",
    "datapoints.http.producer.transactional.id, t",
    "datapoints.http.producer.compresion.type, lz4",
  })
  void refusesAWrongValueByItsName(String key, String value) {
    assertThatThrownBy(() -> DoorConfig.of(worker(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key);
  }

  @Test
  void namesEveryErrorAtOnce() {
    assertThatThrownBy(
            () ->
                DoorConfig.of(
                    worker(
                        "datapoints.http.topic", "a b",
                        "datapoints.http.topic.create", "maybe",
                        "datapoints.http.producer.acks", "1")))
        .hasMessageContainingAll(
            "datapoints.http.topic:", "datapoints.http.topic.create", "producer.acks can only be");
  }

  @ParameterizedTest
  @CsvSource({
    "acks, all",
    "acks, -1",
    "enable.idempotence, TRUE",
    "compression.type, zstd",
    "sasl.of.a.callback.handler, x",
    "client.id, mine",
  })
  void passesOnWhatTheProducerMayHave(String name, String value) {
    assertThat(log("datapoints.http.producer." + name, value).producer().values())
        .containsEntry(name, value);
  }

  @Test
  void theProducerHasTheWorkersSettingsUnderItsOwn() {
    LogConfig log =
        log(
            "producer.linger.ms", "20",
            "producer.batch.size", "1000",
            "producer.bootstrap.servers", "other:9092",
            "datapoints.http.producer.linger.ms", "7",
            "sasl.mechanism", "PLAIN");

    assertThat(log.producer().values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("bootstrap.servers", "other:9092", "linger.ms", "7", "batch.size", "1000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks",
        "buffer.memory",
        "client.id",
        "enable.idempotence",
        "interceptor.classes",
        "key.serializer",
        "max.block.ms",
        "metric.reporters",
        "partitioner.class",
        "transactional.id"
      })
  void theProducerHasNothingThatIsForThoseOfConnectors(String name) {
    assertThat(log("producer." + name, "1").producer().values()).doesNotContainKey(name);
  }

  @Test
  void theTopicIsLookedAtOverTheConnectionOfTheProducer() {
    LogConfig log =
        log(
            "producer.security.protocol", "SASL_SSL",
            "producer.sasl.mechanism", "PLAIN",
            "producer.linger.ms", "9",
            "datapoints.http.producer.ssl.truststore.location", "/trust",
            "admin.sasl.mechanism", "SCRAM-SHA-256",
            "admin.retries", "3",
            "admin.metric.reporters", "x.Y");

    assertThat(log.admin().values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "bootstrap.servers", "kafka:9092",
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-256",
                "ssl.truststore.location", "/trust",
                "retries", "3"));
  }

  @Test
  void aMissingTopicIsCreatedAsTheSettingsSay() {
    assertThat(log("datapoints.http.topic.create", "true").creation())
        .isEqualTo(Optional.of(new LogConfig.Creation(6, (short) 3)));
    assertThat(
            log(
                    "datapoints.http.topic.create", "true",
                    "datapoints.http.topic.create.partitions", "12",
                    "datapoints.http.topic.create.replication.factor", "-1")
                .creation())
        .isEqualTo(Optional.of(new LogConfig.Creation(12, (short) -1)));
  }

  @Test
  void theWorkerIsCalledAsOtherWorkersCallIt() {
    assertThat(log("rest.advertised.host.name", "connect-1").worker()).isEqualTo("connect-1");
  }

  @Test
  void noSecretIsInATextOrARefusal() {
    String[] secrets = {
      "producer.sasl.jaas.config", SECRET,
      "datapoints.http.producer.ssl.key.password", SECRET,
      "admin.sasl.jaas.config", SECRET
    };
    assertThat(DoorConfig.of(worker(secrets)).toString())
        .doesNotContain(SECRET)
        .contains("sasl.jaas.config");

    Map<String, String> broken = worker(secrets);
    broken.put("datapoints.http.topic", "a b");
    broken.put("datapoints.http.passwrd", SECRET);
    broken.put("datapoints.http.producer.passwrd", SECRET);
    assertThatThrownBy(() -> DoorConfig.of(broken))
        .hasMessageContaining("datapoints.http.passwrd")
        .message()
        .doesNotContain(SECRET);
  }
}
