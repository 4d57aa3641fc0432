package io.datapoints.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.KairosIndexConfig.TagIndex;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.cassandra.SharedBatches;
import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CassandraSinkConfigTest {

  @Test
  void writesKairosdbPointsToALocalCassandraByDefault() {
    CassandraSinkConfig config = CassandraSinkConfig.from(Map.of());

    assertThat(config.pipeline().layout()).isEqualTo(Layout.KAIROSDB);
    assertThat(config.pipeline().batching())
        .isEqualTo(
            new BatchingConfig(
                250,
                524_288,
                Duration.ofSeconds(1),
                100_000,
                67_108_864,
                32,
                Duration.ofSeconds(4)));
    assertThat(config.pipeline().retry())
        .isEqualTo(
            new RetryConfig(Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMillis(-1)));
    assertThat(config.pipeline().records())
        .isEqualTo(new RecordConfig(NullValues.IGNORE, 16_777_216));
    assertThat(config.pipeline().kairos())
        .isEqualTo(
            new KairosConfig(
                false,
                false,
                new Times(TimestampUnit.MS, null),
                new KairosConfig.Ttl(0, false, false)));
    assertThat(config.kairosIndex())
        .isEqualTo(new KairosIndexConfig(32 * 1024 * 1024, new TagIndex(Map.of())));
    assertThat(config.flowsTable()).isEqualTo(new FlowsTableConfig(FlowsTableConfig.Bucket.NONE));
    assertThat(config.cassandra())
        .isEqualTo(
            new CassandraConfig(
                List.of("127.0.0.1:9042"),
                "datacenter1",
                "kairosdb",
                null,
                null,
                "LOCAL_QUORUM",
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                new SharedBatches(10, 5120),
                new CassandraConfig.Pool(1, 0),
                null,
                new CassandraConfig.Schema(
                    true, Map.of("class", "SimpleStrategy", "replication_factor", "1"), ""),
                Map.of()));
  }

  @Test
  void readsTheChoicesInAnyCase() {
    CassandraSinkConfig config =
        CassandraSinkConfig.from(
            Map.of(
                "layout", "KairosDB",
                "validation.rules", "Strict",
                "behavior.on.null.values", "Report",
                "cassandra.consistency.level", "each_quorum"));

    assertThat(config.pipeline().layout()).isEqualTo(Layout.KAIROSDB);
    assertThat(config.pipeline().kairos().strict()).isTrue();
    assertThat(config.pipeline().records().nullValues()).isEqualTo(NullValues.REPORT);
    assertThat(config.cassandra().consistencyLevel()).isEqualTo("EACH_QUORUM");
  }

  @Test
  void encryptsOnlyWhenToldTo() {
    @Nullable TlsConfig tls =
        CassandraSinkConfig.from(
                Map.of(
                    "cassandra.ssl.enabled", "true",
                    "cassandra.ssl.truststore.location", "trust.p12",
                    "cassandra.ssl.truststore.password", "t",
                    "cassandra.ssl.hostname.validation", "false"))
            .cassandra()
            .tls();

    assertThat(tls)
        .isEqualTo(
            new TlsConfig(
                "cassandra.ssl.", "trust.p12", new Password("t"), null, null, null, null, false));
  }

  @Test
  void passesTheDriversOptionsOnByTheirPath() {
    Map<String, String> options =
        CassandraSinkConfig.from(
                Map.of(
                    "cassandra.driver.basic.request.page-size", "100",
                    "cassandra.driver.advanced.protocol.version", "V4"))
            .cassandra()
            .driverOptions();

    assertThat(options)
        .containsOnly(
            Map.entry("basic.request.page-size", "100"),
            Map.entry("advanced.protocol.version", "V4"));
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                CassandraSinkConfig.from(
                    Map.of("batch.max.rows", "0", "cassandra.keyspace", "a-b", "linger", "1")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("batch.max.rows")
        .hasMessageContaining("cassandra.keyspace");
  }

  @Test
  void everySettingCanBeShownInAForm() {
    assertThat(CassandraSinkConfig.definition().configKeys().values())
        .allSatisfy(
            key -> {
              assertThat(key.group).isNotBlank();
              assertThat(key.displayName).isNotBlank().isNotEqualTo(key.name);
              assertThat(key.documentation).isNotBlank().endsWith(".");
              assertThat(key.width).isNotNull();
              assertThat(key.orderInGroup).isPositive();
            });
  }

  @Test
  void noTwoSettingsOfAGroupHaveTheSamePlace() {
    assertThat(CassandraSinkConfig.definition().configKeys().values())
        .extracting((ConfigKey key) -> key.group + key.orderInGroup)
        .doesNotHaveDuplicates();
  }

  @Test
  void aShortLookWaitsForNothingLongAndConnectsOnce() {
    CassandraConfig look =
        CassandraSinkConfig.from(
                Map.of(
                    "cassandra.request.timeout.ms", "2000",
                    "cassandra.connect.timeout.ms", "60000",
                    "cassandra.connections.per.node", "8",
                    "cassandra.failover.remote.nodes", "1"))
            .cassandra()
            .within(Duration.ofSeconds(5));
    assertThat(look.requestTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(look.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(look.pool()).isEqualTo(new CassandraConfig.Pool(1, 1));
  }
}
