package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.store.cassandra.kairosdb.SpecTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  void noOtherDataCentreIsUsedUnlessItMayTakeOver() {
    DriverExecutionProfile alone = profile(new CassandraConfig.Pool(1, 0), Map.of());
    assertThat(alone.getInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE)).isEqualTo(1);
    assertThat(remoteNodes(alone)).isZero();
    assertThat(localLevelsFailOver(alone)).isFalse();
    DriverExecutionProfile failover = profile(new CassandraConfig.Pool(3, 2), Map.of());
    assertThat(failover.getInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE)).isEqualTo(3);
    assertThat(failover.getInt(DefaultDriverOption.CONNECTION_POOL_REMOTE_SIZE)).isEqualTo(3);
    assertThat(remoteNodes(failover)).isEqualTo(2);
    assertThat(localLevelsFailOver(failover)).isTrue();
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

  @Test
  void aSecondNodeIsAskedBeforeTheFirstOneTimesOut() {
    DriverExecutionProfile profile = profile(Map.of());
    assertThat(profile.getInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX)).isEqualTo(2);
    assertThat(profile.getDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY))
        .isPositive()
        .isLessThan(profile.getDuration(DefaultDriverOption.REQUEST_TIMEOUT));
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

  private static int remoteNodes(DriverExecutionProfile profile) {
    return profile.getInt(DefaultDriverOption.LOAD_BALANCING_DC_FAILOVER_MAX_NODES_PER_REMOTE_DC);
  }

  private static boolean localLevelsFailOver(DriverExecutionProfile profile) {
    return profile.getBoolean(
        DefaultDriverOption.LOAD_BALANCING_DC_FAILOVER_ALLOW_FOR_LOCAL_CONSISTENCY_LEVELS);
  }

  private static DriverExecutionProfile profile(Map<String, String> options) {
    return profile(new CassandraConfig.Pool(1, 0), options);
  }

  private static DriverExecutionProfile profile(
      CassandraConfig.Pool pool, Map<String, String> options) {
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
            plain.sharedBatches(),
            pool,
            null,
            plain.schema(),
            options);
    return DriverConfiguration.of(config, "task-1", List.of(config.keyspace()))
        .getInitialConfig()
        .getDefaultProfile();
  }
}
