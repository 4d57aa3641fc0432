package io.datapoints.connect.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Connect's validation answers: each message stands on the setting that has to change. */
class SettingValidationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "layout | rows",
        "validation.rules | lenient",
        "behavior.on.null.values | delete",
        "batch.max.rows | 0",
        "batch.max.rows | 65536",
        "batch.max.rows | many",
        "batch.max.bytes | 0",
        "batch.max.bytes | 16777217",
        "linger.ms | -1",
        "buffer.max.rows | 0",
        "buffer.max.bytes | 0",
        "max.in.flight.batches | 0",
        "max.in.flight.batches | 1001",
        "flush.timeout.ms | 0",
        "retry.backoff.ms | 0",
        "retry.backoff.max.ms | 0",
        "retry.timeout.ms | -2",
        "cassandra.contact.points | \"\"",
        "cassandra.contact.points | host:0",
        "cassandra.contact.points | one:9042,two:",
        "cassandra.contact.points | ::1",
        "cassandra.local.datacenter | \"\"",
        "cassandra.keyspace | \"\"",
        "cassandra.keyspace | key-space",
        "cassandra.username | \"\"",
        "cassandra.consistency.level | LOCAL_SERIAL",
        "cassandra.consistency.level | SERIAL",
        "cassandra.consistency.level | ANY",
        "cassandra.request.timeout.ms | 0",
        "cassandra.connect.timeout.ms | 0",
        "cassandra.connections.per.node | 0",
        "cassandra.failover.remote.nodes | -1",
        "flows.partition.bucket | week",
        "flows.ttl.seconds | -1",
        "cassandra.schema.create | perhaps",
        "cassandra.replication | SimpleStrategy:1",
        "cassandra.table.options | comment = 'x'; DROP TABLE t",
        "cassandra.table.options | comment = 'x' -- and more",
        "cassandra.table.options | WITH comment = 'x'",
        "cassandra.ssl.enabled | 1",
        "kairosdb.extended.types | yes",
        "kairosdb.ttl.default | -1",
        "kairosdb.ttl.default | 630720001",
        "kairosdb.index.memory.bytes | 1048575",
        "kairosdb.tag.index | metric",
        "record.max.inflated.bytes | 1023",
      })
  void refusesAValueOnItsOwnSetting(String key, String value) {
    assertThat(errorsOf(Map.of(key, value))).containsOnlyKeys(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "layout | kairosdb",
        "batch.max.rows | 65535",
        "linger.ms | 0",
        "max.in.flight.batches | 1000",
        "retry.timeout.ms | -1",
        "retry.timeout.ms | 0",
        "cassandra.contact.points | one, two:19042, 10.0.0.1, [::1], [fe80::1%eth0]:9043",
        "cassandra.keyspace | KairosDB_2",
        "cassandra.consistency.level | ONE",
        "cassandra.replication | {'class': 'NetworkTopologyStrategy', 'dc1': 3}",
        "cassandra.connections.per.node | 128",
        "cassandra.failover.remote.nodes | 1000",
        "flows.partition.bucket | Hour",
        "cassandra.table.options | compaction = {'class': 'TimeWindowCompactionStrategy'}",
        "kairosdb.ttl.default | 630720000",
        "kairosdb.tag.index | [\"*\"]",
      })
  void takesAValueThatIsJustInside(String key, String value) {
    assertThat(errorsOf(Map.of(key, value))).isEmpty();
  }

  @Test
  void aUserNeedsAPasswordAndAPasswordAUser() {
    assertThat(errorsOf(Map.of("cassandra.username", "u"))).containsOnlyKeys("cassandra.password");
    assertThat(errorsOf(Map.of("cassandra.password", "p"))).containsOnlyKeys("cassandra.username");
    assertThat(errorsOf(Map.of("cassandra.username", "u", "cassandra.password", "p"))).isEmpty();
  }

  @Test
  void aBatchFitsTheBuffer() {
    assertThat(errorsOf(Map.of("batch.max.rows", "200", "buffer.max.rows", "199")))
        .containsOnlyKeys("batch.max.rows");
    assertThat(errorsOf(Map.of("batch.max.bytes", "200", "buffer.max.bytes", "199")))
        .containsOnlyKeys("batch.max.bytes");
    assertThat(errorsOf(Map.of("batch.max.rows", "200", "buffer.max.rows", "200"))).isEmpty();
  }

  @Test
  void theFirstWaitIsNotLongerThanTheLongest() {
    assertThat(errorsOf(Map.of("retry.backoff.ms", "2", "retry.backoff.max.ms", "1")))
        .containsOnlyKeys("retry.backoff.ms");
  }

  @Test
  void aRequestEndsBeforeTheFlushThatWaitsForIt() {
    assertThat(errorsOf(Map.of("cassandra.request.timeout.ms", "4000")))
        .containsOnlyKeys("cassandra.request.timeout.ms");
    assertThat(errorsOf(Map.of("cassandra.request.timeout.ms", "3999"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cassandra.ssl.truststore.location", "cassandra.ssl.keystore.location"})
  void aStoreNeedsEncryption(String key) {
    assertThat(errorsOf(Map.of(key, "store.p12"))).containsOnlyKeys(key);
    assertThat(errorsOf(Map.of(key, "store.p12", "cassandra.ssl.enabled", "true"))).isEmpty();
  }

  @Test
  void aStorePasswordNeedsAStore() {
    assertThat(
            errorsOf(
                Map.of(
                    "cassandra.ssl.enabled", "true",
                    "cassandra.ssl.truststore.password", "p",
                    "cassandra.ssl.keystore.password", "p")))
        .containsOnlyKeys("cassandra.ssl.truststore.location", "cassandra.ssl.keystore.location");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cassandra.ssl.key.location", "cassandra.ssl.key.password"})
  void aKeyNeedsACertificate(String key) {
    assertThat(errorsOf(Map.of("cassandra.ssl.enabled", "true", key, "k")))
        .containsOnlyKeys("cassandra.ssl.keystore.location");
  }

  @Test
  void aDefaultTtlIsThereBeforeItIsForced() {
    assertThat(errorsOf(Map.of("kairosdb.ttl.force", "true")))
        .containsOnlyKeys("kairosdb.ttl.force");
    assertThat(errorsOf(Map.of("kairosdb.ttl.force", "true", "kairosdb.ttl.default", "1")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flows.ttl.seconds | 60 | gc_grace_seconds = 5 AND DEFAULT_TIME_TO_LIVE=5",
        "flows.ttl.seconds | 0 | clustering order by (timestamp asc)",
      })
  void anOptionOfTheTableIsGivenOnce(String key, String value, String options) {
    Map<String, String> both = Map.of(key, value, "cassandra.table.options", options);
    assertThat(errorsOf(both)).isEmpty();
    Map<String, String> flows = new HashMap<>(both);
    flows.put("layout", "Flows");
    assertThat(errorsOf(flows)).containsOnlyKeys("cassandra.table.options");
  }

  @Test
  void anOptionThatIsOnlyTalkedAboutIsNotGiven() {
    assertThat(
            errorsOf(
                Map.of(
                    "layout",
                    "flows",
                    "flows.ttl.seconds",
                    "60",
                    "cassandra.table.options",
                    "comment = 'it''s default_time_to_live' AND compaction = {'class': 'X'}")))
        .isEmpty();
  }

  @Test
  void rulesBetweenSettingsWaitUntilEachIsValid() {
    assertThat(errorsOf(Map.of("batch.max.rows", "200", "buffer.max.rows", "few")))
        .containsOnlyKeys("buffer.max.rows");
  }

  @Test
  void aNullValueIsAnErrorAndNoCrash() {
    for (String key : CassandraSinkConfig.definition().names()) {
      Map<String, String> properties = new HashMap<>();
      properties.put(key, null);
      assertThat(CassandraSinkConfig.validate(properties)).isNotEmpty();
    }
  }

  static Map<String, List<String>> errorsOf(Map<String, String> properties) {
    Map<String, List<String>> errors = new HashMap<>();
    for (ConfigValue value : CassandraSinkConfig.validate(properties)) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }
}
