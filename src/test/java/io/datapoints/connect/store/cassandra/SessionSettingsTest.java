package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import io.datapoints.connect.config.CassandraConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the connector's settings become in the driver. */
class SessionSettingsTest {

  @Test
  void theConnectorsSettingsReachTheDriver() {
    DriverExecutionProfile profile = profile(Map.of());
    assertThat(profile.getString(DefaultDriverOption.SESSION_NAME)).isEqualTo("task-1");
    assertThat(profile.getDuration(DefaultDriverOption.REQUEST_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(profile.getString(DefaultDriverOption.REQUEST_CONSISTENCY))
        .isEqualTo("LOCAL_QUORUM");
    assertThat(profile.getBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE)).isTrue();
    // The driver would log a refused statement with the values bound to it.
    assertThat(profile.getBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS)).isFalse();
  }

  @Test
  void driverOptionsWinOverEverythingElse() {
    DriverExecutionProfile profile =
        profile(
            Map.of(
                "basic.request.timeout", "7 seconds",
                "advanced.netty.io-group.size", "5",
                "advanced.metadata.schema.refreshed-keyspaces", "[ a, b ]"));
    assertThat(profile.getDuration(DefaultDriverOption.REQUEST_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(profile.getInt(DefaultDriverOption.NETTY_IO_SIZE)).isEqualTo(5);
    assertThat(profile.getStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES))
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource({
    "node:9042, node, 9042",
    "10.0.0.1:19042, 10.0.0.1, 19042",
    "'[::1]:9042', ::1, 9042"
  })
  void aContactPointIsLeftUnresolved(String text, String host, int port) {
    assertThat(SessionFactory.address(text))
        .satisfies(
            address -> {
              assertThat(address.isUnresolved()).isTrue();
              assertThat(address.getHostString()).isEqualTo(host);
              assertThat(address.getPort()).isEqualTo(port);
            });
  }

  @Test
  void aKeyStoreThatCannotBeReadIsNamedWithoutItsPassword() {
    CassandraConfig.Ssl ssl =
        new CassandraConfig.Ssl("none.p12", new Password("secret"), null, null, true);
    assertThatThrownBy(() -> TlsContext.of(ssl))
        .isInstanceOf(OpenException.class)
        .hasMessageContaining("none.p12")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "LOCAL_ONE, LOCAL_QUORUM",
    "ONE, LOCAL_QUORUM",
    "LOCAL_QUORUM, LOCAL_QUORUM",
    "QUORUM, QUORUM",
    "EACH_QUORUM, QUORUM",
    "ALL, ALL",
  })
  void theSpecIsReadAtAQuorum(DefaultConsistencyLevel points, DefaultConsistencyLevel spec) {
    assertThat(SpecTable.quorum(points)).isEqualTo(spec);
  }

  private static DriverExecutionProfile profile(Map<String, String> options) {
    CassandraConfig plain = TestStores.connection("127.0.0.1:9042", "k", false);
    CassandraConfig config =
        new CassandraConfig(
            List.of("127.0.0.1:9042"),
            plain.localDatacenter(),
            plain.keyspace(),
            null,
            null,
            plain.consistencyLevel(),
            plain.requestTimeout(),
            plain.connectTimeout(),
            plain.pool(),
            null,
            plain.schema(),
            options);
    return DriverConfiguration.of(config, "task-1").getInitialConfig().getDefaultProfile();
  }
}
