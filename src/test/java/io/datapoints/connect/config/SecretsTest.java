package io.datapoints.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class SecretsTest {

  private static final String SECRET = "hunter2";

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("cassandra.username", "writer"),
          Map.entry("cassandra.password", SECRET),
          Map.entry("cassandra.ssl.enabled", "true"),
          Map.entry("cassandra.ssl.truststore.location", "trust.p12"),
          Map.entry("cassandra.ssl.truststore.password", SECRET),
          Map.entry("cassandra.ssl.keystore.location", "key.p12"),
          Map.entry("cassandra.ssl.keystore.password", SECRET),
          Map.entry("cassandra.ssl.key.password", SECRET),
          Map.entry("cassandra.driver.advanced.auth-provider.password", SECRET));

  @Test
  void noSecretIsInTheTextOfTheConfiguration() {
    assertThat(CassandraSinkConfig.from(PROPERTIES).toString())
        .doesNotContain(SECRET)
        .contains("writer", "advanced.auth-provider.password", "[hidden]");
  }

  @Test
  void noSecretIsInTheAnswerOfTheValidation() {
    assertThat(CassandraSinkConfig.validate(PROPERTIES).toString()).doesNotContain(SECRET);
  }

  @Test
  void noSecretIsInTheMessageOfARefusal() {
    Map<String, String> broken = new HashMap<>(PROPERTIES);
    broken.remove("cassandra.username");
    broken.put("cassandra.ssl.enabled", "false");
    broken.put("cassandra.driver.password", SECRET);
    broken.put("cassandra.passwd", SECRET);

    assertThatThrownBy(() -> CassandraSinkConfig.from(broken))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cassandra.passwd")
        .message()
        .doesNotContain(SECRET);
  }
}
