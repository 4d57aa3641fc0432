package io.datapoints.connect.config.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationParserTest {

  @Test
  void readsAMapAsCqlWritesIt() {
    assertThat(ReplicationParser.parse("{ 'class' : 'SimpleStrategy', 'replication_factor' : 2 }"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("class", "SimpleStrategy", "replication_factor", "2"));
  }

  @Test
  void keepsTheOrderOfTheDataCentres() {
    assertThat(
            ReplicationParser.parse(
                "{'class': 'NetworkTopologyStrategy', 'dc2': '3', 'dc1': '3/1', 'eu-west': 1}"))
        .containsExactly(
            Map.entry("class", "NetworkTopologyStrategy"),
            Map.entry("dc2", "3"),
            Map.entry("dc1", "3/1"),
            Map.entry("eu-west", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SimpleStrategy",
        "{}",
        "{'class': 'SimpleStrategy'}",
        "{'class': 'SimpleStrategy', 'replication_factor': 0}",
        "{'class': 'SimpleStrategy', 'replication_factor': 'x'}",
        "{'class': 'SimpleStrategy', 'replication_factor': 1, 'dc1': 1}",
        "{'class': 'NetworkTopologyStrategy'}",
        "{'class': 'NetworkTopologyStrategy', 'dc1': {}}",
        "{'class': 'NetworkTopologyStrategy', 'dc1': 1.5}",
        "{'class': 'NetworkTopologyStrategy', 'dc1': 1, 'dc1': 2}",
        "{'class': 'NetworkTopologyStrategy', \"d'c\": 1}",
        "{'class': 'LocalStrategy'}",
        "{'class': 'SimpleStrategy', 'replication_factor': 1}; DROP KEYSPACE k",
      })
  void refusesWhatTheServerWouldRefuse(String text) {
    assertThatThrownBy(() -> ReplicationParser.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
