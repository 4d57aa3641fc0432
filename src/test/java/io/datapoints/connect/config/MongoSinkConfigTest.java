package io.datapoints.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.config.setting.TlsConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of the MongoDB connector. */
class MongoSinkConfigTest {

  private static final String SECRET = "hunter2";

  @Test
  void writesKairosdbPointsToALocalMongodbByDefault() {
    MongoSinkConfig config = MongoSinkConfig.from(Map.of());

    assertThat(config.pipeline().layout()).isEqualTo(Layout.KAIROSDB);
    assertThat(config.pipeline().batching())
        .isEqualTo(
            new BatchingConfig(
                1_000,
                4_194_304,
                Duration.ofSeconds(1),
                100_000,
                67_108_864,
                8,
                Duration.ofSeconds(4)));
    assertThat(config.mongo())
        .isEqualTo(
            new MongoConfig(
                new Password("mongodb://localhost:27017"),
                "metrics",
                "",
                true,
                "majority",
                Duration.ofSeconds(3),
                new MongoConfig.Pool(Optional.empty(), Optional.empty(), Optional.empty()),
                null,
                MongoConfig.Datapoints.POINT));
  }

  @Test
  void readsEverySetting() {
    MongoSinkConfig config =
        MongoSinkConfig.from(
            Map.of(
                "mongodb.uri", "mongodb+srv://cluster.example",
                "mongodb.database", "flows",
                "mongodb.collection", "by.pair",
                "mongodb.schema.create", "false",
                "mongodb.write.concern", "2",
                "mongodb.operation.timeout.ms", "1500",
                "mongodb.pool.max.size", "150",
                "mongodb.pool.min.size", "25",
                "mongodb.pool.max.idle.ms", "3600000",
                "mongodb.datapoints", "Bucket"));
    assertThat(config.mongo())
        .isEqualTo(
            new MongoConfig(
                new Password("mongodb+srv://cluster.example"),
                "flows",
                "by.pair",
                false,
                "2",
                Duration.ofMillis(1_500),
                new MongoConfig.Pool(
                    Optional.of(150), Optional.of(25), Optional.of(Duration.ofHours(1))),
                null,
                MongoConfig.Datapoints.BUCKET));
  }

  @Test
  void encryptsAsItsOwnSettingsSay() {
    Map<String, String> settings =
        Map.of(
            "mongodb.ssl.enabled", "true",
            "mongodb.ssl.truststore.location", "ca.crt",
            "mongodb.ssl.keystore.location", "tls.crt",
            "mongodb.ssl.key.location", "tls.key",
            "mongodb.ssl.key.password", "k");

    assertThat(MongoSinkConfig.from(settings).mongo().tls())
        .isEqualTo(
            new TlsConfig(
                "mongodb.ssl.",
                "ca.crt",
                null,
                "tls.crt",
                null,
                "tls.key",
                new Password("k"),
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mongodb.uri | localhost:27017",
        "mongodb.uri | http://localhost",
        "mongodb.uri | \"\"",
        "mongodb.uri | mongodb://localhost/?w=0",
        "mongodb.uri | mongodb://localhost/?appName=a&wTimeoutMS=1",
        "mongodb.uri | mongodb://localhost/?journal=false",
        "mongodb.uri | mongodb://localhost/?TIMEOUTMS=1",
        "mongodb.uri | mongodb://localhost/?a=b;socketTimeoutMS=1",
        "mongodb.uri | mongodb://localhost/?w=1",
        "mongodb.uri | mongodb://localhost/?w=Majority",
        "mongodb.uri | mongodb+srv://cluster.example/?retryWrites=true&w=tag",
        "mongodb.uri | mongodb://localhost/?w=majority&w=1",
        "mongodb.uri | mongodb://localhost/?wtimeoutMS=2999",
        "mongodb.uri | mongodb://localhost/?wtimeoutMS=long",
        "mongodb.uri | mongodb://localhost/?timeoutMS=5000",
        "mongodb.uri | mongodb://localhost/?safe=false",
        "mongodb.database | \"\"",
        "mongodb.database | a.b",
        "mongodb.database | a$b",
        "mongodb.collection | system.users",
        "mongodb.collection | a$b",
        "mongodb.schema.create | perhaps",
        "mongodb.write.concern | 0",
        "mongodb.write.concern | 100",
        "mongodb.write.concern | all",
        "mongodb.operation.timeout.ms | 0",
        "mongodb.operation.timeout.ms | 4000",
        "mongodb.pool.max.size | 0",
        "mongodb.pool.min.size | -1",
        "mongodb.pool.max.idle.ms | -1",
        "mongodb.datapoints | rows",
        "mongodb.urj | mongodb://localhost",
        "cassandra.keyspace | k",
      })
  void refusesAValueOnItsOwnSetting(String key, String value) {
    assertThat(errorsOf(Map.of(key, value))).containsOnlyKeys(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mongodb.uri | mongodb://one,two:27018/?replicaSet=rs0&tls=true",
        "mongodb.uri | mongodb+srv://cluster.example/?retryWrites=true",
        "mongodb.uri |"
            + " mongodb+srv://u:p@cluster0.ab1cd.mongodb.net/?retryWrites=true&w=majority&appName=Cluster0",
        "mongodb.uri |"
            + " mongodb://localhost/?W=majorit%79&journal=true&wtimeoutMS=0&socketTimeoutMS=60000",
        "mongodb.uri | mongodb://localhost/?timeoutMS=3000&wtimeout=5000&ssl=true&authSource=admin",
        "mongodb.uri | mongodb://localhost/?retryWrites=false&readConcernLevel=majority",
        "mongodb.database | Metrics-2_x",
        "mongodb.collection | a.b",
        "mongodb.write.concern | 99",
        "mongodb.operation.timeout.ms | 3999",
        "mongodb.pool.min.size | 0",
        "mongodb.pool.max.idle.ms | 0",
        "mongodb.datapoints | timeseries",
      })
  void takesAValueThatIsJustInside(String key, String value) {
    assertThat(errorsOf(Map.of(key, value))).isEmpty();
  }

  @Test
  void theConnectionStringAndTheSettingsHaveToAgree() {
    String uri = "mongodb://writer:hunter2@localhost/?w=2&wtimeoutMS=2000";
    assertThat(errorsOf(Map.of("mongodb.uri", uri, "mongodb.operation.timeout.ms", "2000")))
        .isEqualTo(
            Map.of(
                "mongodb.uri",
                List.of(
                    "mongodb.uri has w=2, and mongodb.write.concern is majority: take the option"
                        + " out of the connection string, or change the setting")));
    assertThat(errorsOf(Map.of("mongodb.uri", uri, "mongodb.write.concern", "2")))
        .isEqualTo(
            Map.of(
                "mongodb.uri",
                List.of(
                    "mongodb.uri has wTimeoutMS, and mongodb.operation.timeout.ms is 3000, which"
                        + " ends every operation and is longer: take the option out of the"
                        + " connection string, or change the setting")));
    assertThat(
            errorsOf(
                Map.of(
                    "mongodb.uri",
                    uri,
                    "mongodb.write.concern",
                    "2",
                    "mongodb.operation.timeout.ms",
                    "2000")))
        .isEmpty();
  }

  @Test
  void aPoolCannotKeepMoreThanItMayHave() {
    assertThat(errorsOf(Map.of("mongodb.pool.min.size", "9", "mongodb.pool.max.size", "8")))
        .containsOnlyKeys("mongodb.pool.min.size");
    assertThat(errorsOf(Map.of("mongodb.pool.min.size", "8", "mongodb.pool.max.size", "8")))
        .isEmpty();
  }

  @Test
  void aNullValueIsNoCrash() {
    for (String key : MongoSinkConfig.definition().names()) {
      Map<String, String> properties = new HashMap<>();
      properties.put(key, null);
      assertThat(MongoSinkConfig.validate(properties)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mongodb://writer:hunter2@db.example/?w=0",
        "writer:hunter2@db.example",
        "mongodb://writer:hunter2@db.example/"
      })
  void noPasswordIsToldWhetherTheSettingIsGoodOrNot(String uri) {
    Map<String, String> good = Map.of("mongodb.uri", uri);
    assertThat(MongoSinkConfig.validate(good).toString()).doesNotContain(SECRET);
    Map<String, String> broken = Map.of("mongodb.uri", uri, "mongodb.passwd", SECRET);
    assertThatThrownBy(() -> MongoSinkConfig.from(broken))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mongodb.passwd")
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void noPasswordIsInTheTextOfTheConfiguration() {
    assertThat(
            MongoSinkConfig.from(Map.of("mongodb.uri", "mongodb://writer:hunter2@db.example"))
                .toString())
        .doesNotContain(SECRET, "db.example")
        .contains("[hidden]");
  }

  private static Map<String, List<String>> errorsOf(Map<String, String> properties) {
    Map<String, List<String>> errors = new HashMap<>();
    for (ConfigValue value : MongoSinkConfig.validate(properties)) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }

  @Test
  void aShortLookWaitsForNothingLongAndKeepsNoConnections() {
    MongoConfig config =
        MongoSinkConfig.from(
                Map.of("mongodb.operation.timeout.ms", "3500", "mongodb.pool.min.size", "25"))
            .mongo();
    assertThat(config.within(Duration.ofSeconds(5)).operationTimeout())
        .isEqualTo(Duration.ofMillis(3500));
    assertThat(config.within(Duration.ofSeconds(1)).operationTimeout())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(config.within(Duration.ofSeconds(5)).pool().minSize()).hasValue(0);
  }
}
