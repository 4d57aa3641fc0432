package io.datapoints.connect.config;

import static io.datapoints.connect.config.SettingValidationTest.errorsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left over from another connector's file would otherwise be passed over in silence. */
class ForeignSettingsTest {

  private static final String OLDER = " is a setting of an older version of this connector; ";

  @ParameterizedTest
  @CsvSource({
    "contactPoints, cassandra.contact.points",
    "loadBalancing.localDc, cassandra.local.datacenter",
    "auth.username, cassandra.username",
    "ssl.truststore.path, cassandra.ssl.truststore.location",
    "datastax-java-driver.basic.request.page-size, cassandra.driver. and the same path",
  })
  void aNameOfTheDataStaxConnectorIsRefusedWithOurs(String theirs, String ours) {
    assertThat(errorsOf(Map.of(theirs, "x")).get(theirs))
        .containsExactly(theirs + " is a setting of the DataStax connector; here it is " + ours);
  }

  @ParameterizedTest
  @CsvSource({"auth.gssapi.keyTab", "jmx", "cloud.secureConnectBundle", "socks.proxyPort"})
  void oneThatHasNoEqualIsToBeTakenOut(String theirs) {
    assertThat(errorsOf(Map.of(theirs, "x")).get(theirs))
        .containsExactly(
            theirs + " is a setting of the DataStax connector; there is none here, take it out");
  }

  @ParameterizedTest
  @CsvSource({
    "connection.uri, mongodb.uri",
    "database, mongodb.database",
    "mongo.errors.tolerance, 'errors.tolerance and errors.log.enable, Connect''s own'",
  })
  void aNameOfTheMongoConnectorIsRefusedWithOurs(String theirs, String ours) {
    assertThat(
            MongoSinkConfig.validate(Map.of(theirs, "x")).stream()
                .filter(value -> value.name().equals(theirs))
                .flatMap(value -> value.errorMessages().stream()))
        .containsExactly(theirs + " is a setting of the MongoDB connector; here it is " + ours);
  }

  @ParameterizedTest
  @CsvSource({
    "flows.compaction.window, compaction in cassandra.table.options",
    "kairosdb.max.inflated.bytes, record.max.inflated.bytes",
    "kairosdb.row.key.cache.size, 'kairosdb.index.memory.bytes, about 30 bytes a series'",
  })
  void aFormerNameIsRefusedOnceWithTheNewOne(String former, String present) {
    assertThat(errorsOf(Map.of(former, "x")))
        .containsOnly(Map.entry(former, List.of(former + OLDER + "here it is " + present)));
  }

  @ParameterizedTest
  @CsvSource({
    "mongodb.pool.max.connecting, maxConnecting in mongodb.uri",
    "kairosdb.max.inflated.bytes, record.max.inflated.bytes",
  })
  void aFormerNameOfTheMongoConnectorIsRefusedOnceWithTheNewOne(String former, String present) {
    assertThat(mongoErrors(Map.of(former, "x")))
        .containsExactly(former + OLDER + "here it is " + present);
  }

  @Test
  void aFormerSettingWithoutAnEqualIsToBeTakenOut() {
    String former = "kairosdb.row.key.cache.expiry.ms";
    assertThat(errorsOf(Map.of(former, "1")))
        .containsOnly(
            Map.entry(former, List.of(former + OLDER + "there is none here, take it out")));
  }

  /** It is ours where a topic has that name. */
  @Test
  void aTopicMayBeCalledOverride() {
    String ours = "topic.override.shop.orders.";
    assertThat(
            mongoErrors(
                Map.of("layout", "table", ours + "mapping", "id=value.id", ours + "key", "id")))
        .isEmpty();
    for (String theirs : List.of("topic.override.a.collection", "topic.override.a.b.c.database")) {
      assertThat(mongoErrors(Map.of("layout", "table", theirs, "x")))
          .contains(
              theirs
                  + " is a setting of the MongoDB connector; here it is"
                  + " topic.<topic>.<database>.<collection>.mapping");
    }
    assertThat(
            mongoErrors(
                Map.of(
                    "layout", "table",
                    "topic.override.a.field.renamer.mapping", "[{\"oldName\":\"a\"}]")))
        .as("theirs, though its end is that of one of ours")
        .isNotEmpty();
  }

  private static List<String> mongoErrors(Map<String, String> settings) {
    return MongoSinkConfig.validate(settings).stream()
        .flatMap(value -> value.errorMessages().stream())
        .toList();
  }

  @Test
  void theNamesOfOneStoreMeanNothingToTheOther() {
    assertThat(errorsOf(Map.of("database", "x"))).isEmpty();
    assertThat(MongoSinkConfig.validate(Map.of("contactPoints", "x")))
        .flatMap(ConfigValue::errorMessages)
        .isEmpty();
  }

  @Test
  void aLeftOverSecretIsNotRepeated() {
    assertThat(CassandraSinkConfig.validate(Map.of("auth.password", "hunter2")).toString())
        .contains("cassandra.password")
        .doesNotContain("hunter2");
  }
}
