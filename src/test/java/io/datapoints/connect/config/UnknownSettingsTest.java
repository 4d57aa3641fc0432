package io.datapoints.connect.config;

import static io.datapoints.connect.config.SettingValidationTest.errorsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "cassandra.contactpoints, cassandra.contact.points",
    "cassandra.local.data.center, cassandra.local.datacenter",
    "cassandra.pasword, cassandra.password",
    "batch.max.row, batch.max.rows",
    "buffer.max.byte, buffer.max.bytes",
    "linger.msec, linger.ms",
    "max.in.flight.batch, max.in.flight.batches",
    "flush.timeout, flush.timeout.ms",
    "retry.back.off.ms, retry.backoff.ms",
    "validation.rule, validation.rules",
    "behavior.on.null.value, behavior.on.null.values",
    "kairosdb.ttl.defaults, kairosdb.ttl.default",
    "record.max.inflated.byte, record.max.inflated.bytes",
    "layouts, layout",
  })
  void refusesAMisspeltNameAndNamesTheNearest(String misspelt, String meant) {
    assertThat(errorsOf(Map.of(misspelt, "x")))
        .containsOnly(
            Map.entry(
                misspelt,
                List.of(
                    misspelt
                        + " is not a setting of this connector; did you mean "
                        + meant
                        + "?")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mongodb.uri", "flows.that-nobody-has-ever-heard-of"})
  void refusesWhatBelongsElsewhereWithoutAFarFetchedGuess(String key) {
    assertThat(errorsOf(Map.of(key, "x")))
        .containsOnly(Map.entry(key, List.of(key + " is not a setting of this connector")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics",
        "tasks.max",
        "errors.tolerance",
        "value.converter.schemas.enable",
        "transforms.a.type",
        "consumer.override.max.poll.records",
        "task.id",
        "cassandra.driver.basic.request.page-size",
        "cassandra.driver.profiles.slow.basic.request.timeout",
      })
  void leavesWhatIsNotOursAlone(String key) {
    assertThat(errorsOf(Map.of(key, "x"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "basic.contact-points, cassandra.contact.points",
    "basic.load-balancing-policy.local-datacenter, cassandra.local.datacenter",
    "basic.request.consistency, cassandra.consistency.level",
    "basic.request.timeout, cassandra.request.timeout.ms",
    "advanced.connection.connect-timeout, cassandra.connect.timeout.ms",
    "advanced.connection.pool.local.size, cassandra.connections.per.node",
    "advanced.connection.pool.remote.size, cassandra.connections.per.node",
    "advanced.load-balancing-policy.dc-failover.max-nodes-per-remote-dc,"
        + " cassandra.failover.remote.nodes",
  })
  void refusesADriverOptionThatHasItsOwnSetting(String path, String setting) {
    String key = "cassandra.driver." + path;
    assertThat(errorsOf(Map.of(key, "x")).get(key)).singleElement().asString().contains(setting);
  }

  /** With it, a session that finds no node is never told to have failed. */
  @Test
  void refusesThatTheDriverConnectsAgainAtTheStart() {
    String key = "cassandra.driver.advanced.reconnect-on-init";
    assertThat(errorsOf(Map.of(key, "true")).get(key))
        .containsExactly(
            key
                + " is not passed on: while no node is there, the connector itself connects again,"
                + " after the waits of retry.backoff.ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "page-size", "basic", "basic..x", "basic.x = 1 }"})
  void refusesWhatIsNoDriverOption(String path) {
    String key = "cassandra.driver." + path;
    assertThat(errorsOf(Map.of(key, "x"))).containsOnlyKeys(key);
  }

  @Test
  void neverRepeatsTheValueOfAMisspeltSecret() {
    assertThat(CassandraSinkConfig.validate(Map.of("cassandra.pasword", "hunter2")).toString())
        .doesNotContain("hunter2");
  }
}
