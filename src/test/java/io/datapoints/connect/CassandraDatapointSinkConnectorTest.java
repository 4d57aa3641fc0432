package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.kit.FreePorts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CassandraDatapointSinkConnectorTest {

  private final CassandraDatapointSinkConnector connector = new CassandraDatapointSinkConnector();

  @Test
  void tasksDifferInTheirNumberOnly() {
    Map<String, String> properties = Map.of("topics", "metrics", "cassandra.keyspace", "k");
    connector.start(properties);

    List<Map<String, String>> configs = connector.taskConfigs(3);

    assertThat(configs).hasSize(3);
    for (int id = 0; id < configs.size(); id++) {
      Map<String, String> expected = new HashMap<>(properties);
      expected.put("task.id", Integer.toString(id));
      assertThat(configs.get(id)).isEqualTo(expected);
    }
  }

  @Test
  void aDryRunHasNoTasks() {
    Map<String, String> properties = new HashMap<>(Map.of("topics", "metrics", "dry.run", "true"));
    connector.start(properties);
    assertThat(connector.taskConfigs(3)).isEmpty();

    properties.put("dry.run", "false");
    connector.start(properties);
    assertThat(connector.taskConfigs(3)).hasSize(3);
  }

  @Test
  void startsNotWithSettingsThatValidationWouldRefuse() {
    assertThatThrownBy(() -> connector.start(Map.of("cassandra.keyspce", "k")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("did you mean cassandra.keyspace?");
  }

  @Test
  void validationAnswersAboutAnUnknownSettingUnderItsOwnName() {
    List<ConfigValue> values = connector.validate(Map.of("cassandra.keyspce", "k")).configValues();

    assertThat(values)
        .filteredOn(value -> value.name().equals("cassandra.keyspce"))
        .singleElement()
        .satisfies(value -> assertThat(value.errorMessages()).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kairosdb", "flows", "table"})
  void aStoreThatIsAwayDoesNotKeepAConnectorFromBeingCreated(String layout) {
    Map<String, String> properties =
        new HashMap<>(
            Map.of(
                "layout",
                layout,
                "cassandra.contact.points",
                "127.0.0.1:" + new FreePorts().next()));
    if (layout.equals("table")) {
      properties.put("topic.t.ks.tbl.mapping", "id=key");
    }

    assertThat(connector.validate(properties).configValues())
        .flatMap(ConfigValue::errorMessages)
        .isEmpty();
  }

  @Test
  void validationAsksTheStoreUnlessTheUserDoesNotWantThat() {
    // The driver does not know the policy, which shows without any server.
    Map<String, String> properties =
        new HashMap<>(Map.of("cassandra.driver.basic.load-balancing-policy.class", "NoSuchPolicy"));

    assertThat(connector.validate(properties).configValues())
        .filteredOn(value -> !value.errorMessages().isEmpty())
        .extracting(ConfigValue::name)
        .containsExactly("cassandra.contact.points");

    // What a dry run would create, nobody needs a permission for.
    properties.put("dry.run", "true");
    assertThat(connector.validate(properties).configValues())
        .flatMap(ConfigValue::errorMessages)
        .isEmpty();

    properties.put("dry.run", "false");
    properties.put("validate.connect", "false");
    assertThat(connector.validate(properties).configValues())
        .flatMap(ConfigValue::errorMessages)
        .isEmpty();
  }

  @Test
  void isFoundAsAServiceAndNamesTheVersionOfTheBuild() {
    assertThat(ServiceLoader.load(SinkConnector.class))
        .hasAtLeastOneElementOfType(CassandraDatapointSinkConnector.class);
    assertThat(connector.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @Test
  void letsKafkaMoveOffsetsOfTopicsThatItReads() {
    assertThat(alter(Map.of("topics", "a, metrics"), "metrics", 4L)).isTrue();
    assertThat(alter(Map.of("topics.regex", "met.*"), "metrics", 0L)).isTrue();
  }

  @Test
  void letsKafkaForgetATopicThatItNoLongerReads() {
    Map<TopicPartition, Long> reset = new HashMap<>();
    reset.put(new TopicPartition("old", 0), null);

    assertThat(connector.alterOffsets(Map.of("topics", "metrics"), reset)).isTrue();
  }

  @Test
  void refusesOffsetsThatCannotBeMeant() {
    assertThatThrownBy(() -> alter(Map.of("topics", "metrics"), "other", 4L))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("other");
    assertThatThrownBy(() -> alter(Map.of("topics", "metrics"), "metrics", -1L))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("metrics-0");
  }

  private boolean alter(Map<String, String> config, String topic, long offset) {
    return connector.alterOffsets(config, Map.of(new TopicPartition(topic, 0), offset));
  }
}
