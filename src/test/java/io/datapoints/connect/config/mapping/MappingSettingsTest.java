package io.datapoints.connect.config.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.mapping.MappedTarget.CassandraOptions;
import io.datapoints.connect.config.setting.Layout;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of tables: which targets they give, and where each message stands. */
class MappingSettingsTest {

  private static final String T = "topic.t.ks.tbl.";

  /** Settings of a connector, given as key and value in turn. */
  private static Map<String, String> table(String... settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("layout", "table");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return properties;
  }

  private static Map<String, String> cassandra(String... settings) {
    Map<String, String> properties = table(settings);
    properties.put("cassandra.contact.points", "localhost");
    properties.put("cassandra.local.datacenter", "dc1");
    return properties;
  }

  private static Map<String, List<String>> errors(List<ConfigValue> values) {
    Map<String, List<String>> errors = new HashMap<>();
    for (ConfigValue value : values) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }

  private static Map<String, List<String>> errors(String... settings) {
    return errors(CassandraSinkConfig.validate(cassandra(settings)));
  }

  private static Map<String, List<String>> mongoErrors(String... settings) {
    return errors(MongoSinkConfig.validate(table(settings)));
  }

  private static MappingConfig mapping(String... settings) {
    return CassandraSinkConfig.from(cassandra(settings)).pipeline().mapping();
  }

  @Test
  void aTableHasItsDefaults() {
    List<MappedTarget> targets = mapping(T + "mapping", "id=key, v=value.v").targets("t");

    assertThat(targets).hasSize(1);
    MappedTarget target = targets.get(0);
    assertThat(target.prefix()).isEqualTo(T);
    assertThat(target.database()).isEqualTo("ks");
    assertThat(target.table()).isEqualTo("tbl");
    assertThat(target.mapping().assignments()).hasSize(2);
    assertThat(target.options())
        .isEqualTo(
            new MappedTarget.Options(
                true,
                true,
                new Times(TimestampUnit.MS, null),
                new MappedTarget.CassandraOptions(
                    null, -1, TimeUnit.SECONDS, TimeUnit.MICROSECONDS, null, null, false, null)));
  }

  @Test
  void theMappingsOfOneTableAreFoundWhateverTheirTopics() {
    MappingConfig mapping =
        mapping(
            T + "mapping",
            "id=key, v=value.v",
            "topic.u.ks.tbl.mapping",
            "id=key, w=value.w",
            "topic./x.*/.ks.tbl.mapping",
            "id=key",
            "topic.u.ks.other.mapping",
            "id=key",
            "topic./y(.*)/.ks.${1}.mapping",
            "id=key");
    assertThat(mapping.mappings("ks", "tbl"))
        .extracting(each -> each.assignments().size())
        .containsExactlyInAnyOrder(2, 2, 1);
    assertThat(mapping.mappings("ks", "none")).isEmpty();
  }

  @Test
  void everySettingIsRead() {
    MappedTarget.Options options =
        mapping(
                T + "mapping", "id=key, v=value.v",
                T + "nullToUnset", "false",
                T + "deletesEnabled", "false",
                T + "timeUnit", "ns",
                T + "consistencyLevel", "local_one",
                T + "ttl", "24",
                T + "ttlTimeUnit", "HOURS",
                T + "timestampTimeUnit", "milliseconds",
                T + "counters", "true",
                T + "columns", "id text, v double",
                T + "primaryKey", "(id), v DESC",
                T + "tableOptions", "comment = 'x'")
            .targets("t")
            .get(0)
            .options();

    assertThat(options)
        .isEqualTo(
            new MappedTarget.Options(
                false,
                false,
                new Times(TimestampUnit.NS, null),
                new MappedTarget.CassandraOptions(
                    "LOCAL_ONE",
                    86400,
                    TimeUnit.HOURS,
                    TimeUnit.MILLISECONDS,
                    null,
                    null,
                    true,
                    new MappedTarget.TableToCreate(
                        "id text, v double", "(id), v DESC", "comment = 'x'"))));
  }

  @Test
  void theColumnOfTheTimestampHasToBeMapped() {
    assertThat(errors(T + "mapping", "id=key, at=value.at", T + "timestampColumn", "at")).isEmpty();
    assertThat(errors(T + "mapping", "id=key", T + "timestampColumn", "at"))
        .containsEntry(
            T + "timestampColumn", List.of(T + "timestampColumn is a column that is not mapped"));
  }

  @Test
  void theUnitOfTimesIsThatOfTheConnectorUnlessGiven() {
    MappingConfig mapping =
        mapping(
            "timestamp.unit",
            "us",
            T + "mapping",
            "id=key",
            "topic.u.ks.b.mapping",
            "id=key",
            "topic.u.ks.b.timeUnit",
            "s",
            T + "ttl",
            "-1");

    assertThat(mapping.targets("t").get(0).options().times().unit()).isEqualTo(TimestampUnit.US);
    assertThat(mapping.targets("u").get(0).options().times().unit()).isEqualTo(TimestampUnit.S);
  }

  private static int ttlSeconds(String... settings) {
    return mapping(settings).targets("t").get(0).options().cassandra().ttlSeconds();
  }

  @Test
  void aTimeToLiveIsInItsUnit() {
    assertThat(ttlSeconds(T + "mapping", "id=key")).isEqualTo(CassandraOptions.TTL_OF_TABLE);
    assertThat(ttlSeconds(T + "mapping", "id=key", T + "ttl", "-1"))
        .isEqualTo(CassandraOptions.TTL_OF_TABLE);
    assertThat(ttlSeconds(T + "mapping", "id=key", T + "ttl", "0")).isZero();
    assertThat(ttlSeconds(T + "mapping", "id=key", T + "ttl", "2", T + "ttlTimeUnit", "HOURS"))
        .isEqualTo(7200);
    assertThat(
            ttlSeconds(T + "mapping", "id=key", T + "ttl", "1", T + "ttlTimeUnit", "MILLISECONDS"))
        .as("0 would be for ever")
        .isOne();
    assertThat(errors(T + "mapping", "id=key", T + "ttl", "7301", T + "ttlTimeUnit", "DAYS"))
        .containsExactly(
            Map.entry(
                T + "ttl",
                List.of(T + "ttl must be at most 630720000 seconds; it is in ttlTimeUnit")));
  }

  @Test
  void topicsMayHaveDotsAndNamesMayBeQuoted() {
    MappingConfig mapping =
        mapping(
            "topic.a.b-c.ks.tbl.mapping", "id=key",
            "topic.a.b-c.\"K.s\".\"T \"\"x\"\"\".mapping", "id=key");

    assertThat(mapping.targets("a.b-c"))
        .extracting(MappedTarget::database, MappedTarget::table)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("K.s", "T \"x\""),
            org.assertj.core.groups.Tuple.tuple("ks", "tbl"));
    assertThat(mapping.targets("a")).isEmpty();
  }

  @Test
  void aPatternCoversTheTopicsThatItMatchesWhollyAndNamesTheirTables() {
    MappingConfig mapping =
        mapping(
            "topic./sensors\\.(\\w+)(-x)?/.telemetry_${2}.${1}.mapping", "id=key",
            "topic./sensors\\.(\\w+)/.telemetry.${1}.mapping", "id=key",
            "topic./sensors\\..*/.raw.${topic}.mapping", "id=value",
            "topic.sensors.heat.telemetry.heat.mapping", "id=value.own");

    assertThat(mapping.targets("sensors.wind"))
        .extracting(target -> target.database() + "/" + target.table())
        .containsExactly("telemetry_/wind", "telemetry/wind", "raw/sensors.wind");
    assertThat(mapping.targets("sensors.wind-y"))
        .extracting(target -> target.database() + "/" + target.table())
        .containsExactly("raw/sensors.wind-y");
    assertThat(mapping.targets("xsensors.wind")).isEmpty();
    assertThat(mapping.targets("sensors.wind")).isSameAs(mapping.targets("sensors.wind"));
    assertThat(mapping.targets("sensors.heat").get(0).prefix())
        .as("the topic's own name wins")
        .isEqualTo("topic.sensors.heat.telemetry.heat.");
    assertThat(mapping.targets("sensors.heat")).hasSize(3);
  }

  @Test
  void moreTopicsThanAreRememberedHaveTheirTargets() {
    MappingConfig mapping = mapping("topic./(.*)/.ks.${1}.mapping", "id=key");
    for (int topic = 0; topic < 2_000; topic++) {
      assertThat(mapping.targets("t" + topic).get(0).table()).isEqualTo("t" + topic);
    }
  }

  @Test
  void aGroupThatMatchesNothingLeavesNoTable() {
    assertThat(mapping("topic./a(b)?/.ks.${1}.mapping", "id=key").targets("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic.",
        "topic.mapping",
        "topic.ks.tbl.mapping",
        "topic..ks.tbl.mapping",
        "topic.a b.ks.tbl.mapping",
        "topic./a.ks.tbl.mapping",
        "topic.//.ks.tbl.mapping",
        "topic./(/.ks.tbl.mapping",
        "topic.t.\"ks.tbl.mapping",
      })
  void aMalformedNameIsRefused(String key) {
    assertThat(errors(T + "mapping", "id=key", key, "id=key")).containsOnlyKeys(key);
  }

  @Test
  void messagesStandOnTheSettingThatHasToChange() {
    assertThat(errors(T + "mapping", "id=key, =")).containsOnlyKeys(T + "mapping");
    assertThat(errors(T + "mapping", "id=key, =").get(T + "mapping"))
        .containsExactly(T + "mapping: column 9: expected a column name");
    assertThat(errors(T + "ttl", "5")).containsOnlyKeys(T + "mapping");
    assertThat(errors(T + "mapping", "id=key", T + "mappings", "id=key"))
        .containsExactly(
            Map.entry(
                T + "mappings",
                List.of(T + "mappings is not a setting of a table; did you mean .mapping?")));
    assertThat(errors(T + "mapping", "id=key", T + "key", "id"))
        .containsExactly(
            Map.entry(T + "key", List.of(T + "key is a setting of the other connector only")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "consistencyLevel | ANY",
        "consistencyLevel | SERIAL",
        "ttl | -2",
        "ttl | 630720001",
        "ttl | soon",
        "ttlTimeUnit | WEEKS",
        "timestampTimeUnit | us",
        "timeUnit | seconds",
        "nullToUnset | perhaps",
        "deletesEnabled | 1",
        "counters | yes",
        "query | SELECT",
        "primaryKey | (id)",
        "tableOptions | comment = 'x'",
      })
  void aValueIsRefusedOnItsOwnSetting(String setting, String value) {
    assertThat(errors(T + "mapping", "id=key", T + setting, value)).containsOnlyKeys(T + setting);
  }

  @Test
  void whatCreatesATableBelongsTogether() {
    assertThat(errors(T + "mapping", "id=key", T + "columns", "id text"))
        .containsOnlyKeys(T + "primaryKey");
    assertThat(
            errors(
                T + "mapping",
                "id=key",
                T + "columns",
                "id text",
                T + "primaryKey",
                "id",
                T + "query",
                "INSERT INTO ks.tbl (id) VALUES (:id)"))
        .containsOnlyKeys(T + "columns");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns | id text; DROP TABLE x",
        "columns | id text -- comment",
        "primaryKey | id); DROP TABLE x (",
        "primaryKey | id /* comment",
        "tableOptions | comment = 'x'; DROP TABLE x",
        "tableOptions | comment = 'x' // comment",
        "tableOptions | WITH comment = 'x'",
      })
  void whatCreatesATableIsPartOfOneStatement(String setting, String value) {
    Map<String, String> table =
        new HashMap<>(Map.of("mapping", "id=key", "columns", "id text", "primaryKey", "id"));
    table.put(setting, value);
    List<String> pairs = new ArrayList<>();
    table.forEach((name, text) -> pairs.addAll(List.of(T + name, text)));

    assertThat(errors(pairs.toArray(String[]::new)))
        .containsOnlyKeys(T + setting)
        .allSatisfy((key, messages) -> assertThat(messages.toString()).doesNotContain("DROP"));
  }

  @Test
  void aMappingIsLayoutEnough() {
    Map<String, String> settings = cassandra(T + "mapping", "id=key");
    settings.remove("layout");
    assertThat(errors(CassandraSinkConfig.validate(settings))).isEmpty();
    assertThat(CassandraSinkConfig.from(settings).pipeline().layout()).isEqualTo(Layout.TABLE);
    assertThat(CassandraSinkConfig.from(Map.of()).pipeline().layout()).isEqualTo(Layout.KAIROSDB);
    Map<String, String> collection = table(T + "mapping", "id=key", T + "key", "id");
    collection.remove("layout");
    assertThat(MongoSinkConfig.from(collection).pipeline().layout()).isEqualTo(Layout.TABLE);
  }

  @Test
  void theLayoutAndTheMappingsBelongTogether() {
    assertThat(errors()).containsOnlyKeys("layout");
    assertThat(errors("layout", "kairosdb", T + "mapping", "id=key"))
        .containsExactly(Map.entry(T + "mapping", List.of(T + "mapping needs layout to be table")));
  }

  @Test
  void everyListedTopicNeedsAMapping() {
    assertThat(
            errors(
                "topics",
                "t, u,sensors.a,v",
                T + "mapping",
                "id=key",
                "topic./sensors\\..*/.ks.${topic}.mapping",
                "id=key"))
        .containsExactly(
            Map.entry("topics", List.of("topics has some that no mapping is for: u, v")));
  }

  @Test
  void aTopicWithoutAMappingMayGetAnotherNameFromATransform() {
    assertThat(errors("topics", "u", "transforms", "rename", T + "mapping", "id=key")).isEmpty();
    assertThat(errors("topics", "u", "transforms", " ", T + "mapping", "id=key"))
        .containsOnlyKeys("topics");
  }

  @ParameterizedTest
  @CsvSource({
    "topic.t.ks.${topic}.mapping, needs a regular expression",
    "topic./a(b)/.ks.${2}.mapping, refers to group 2",
    "topic./a(b)/.ks.${name}.mapping, neither",
    "topic./a(b)/.ks.${1.mapping, without its",
  })
  void placesInNamesNeedAGroupOfThePattern(String key, String problem) {
    assertThat(errors(key, "id=key").get(key)).singleElement().asString().contains(problem);
  }

  @Test
  void twoSpellingsOfATableAreOneTable() {
    assertThat(errors(T + "mapping", "id=key", "topic.t.ks.\"tbl\".mapping", "id=key"))
        .containsOnlyKeys(T + "mapping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "locale | there is none here, take it out: a number in a text has a point and no grouping",
        "timeZone | here it is timestamp.zone, of all topics",
        "timestamp | there is none here, take it out: a time in a text is ISO 8601",
        "date | there is none here, take it out: a time in a text is ISO 8601",
        "time | there is none here, take it out: a time in a text is ISO 8601",
        "unit | here it is timestamp.unit, or timeUnit of the table",
      })
  void theCodecsOfTheDataStaxConnectorAreExplained(String codec, String advice) {
    for (String topic : List.of("t", "a.b")) {
      String name = "topic." + topic + ".codec." + codec;
      assertThat(errors(T + "mapping", "id=key", name, "x"))
          .containsExactly(
              Map.entry(
                  name, List.of(name + " is a setting of the DataStax connector; " + advice)));
    }
  }

  @Test
  void mongodbNeedsTheKeyOfADocument() {
    String mapping = "id=key.id, meta.site=value.site, n += value.n";
    assertThat(mongoErrors(T + "mapping", mapping)).containsOnlyKeys(T + "key");
    assertThat(mongoErrors(T + "mapping", mapping, T + "key", "id, meta.site")).isEmpty();
    assertThat(mongoErrors(T + "mapping", mapping, T + "key", "id,")).containsOnlyKeys(T + "key");
    assertThat(mongoErrors(T + "mapping", mapping, T + "key", "id, id"))
        .containsOnlyKeys(T + "key");
    assertThat(mongoErrors(T + "mapping", mapping, T + "key", "other"))
        .containsExactly(
            Map.entry(T + "key", List.of(T + "key has a field that is not mapped: other")));
    assertThat(mongoErrors(T + "mapping", mapping, T + "key", "n")).containsOnlyKeys(T + "key");
    assertThat(mongoErrors(T + "mapping", "* = value", T + "key", "other")).isEmpty();
    assertThat(mongoErrors(T + "mapping", "id=key, __ttl=value.t", T + "key", "id"))
        .containsOnlyKeys(T + "mapping");
    assertThat(mongoErrors(T + "mapping", "id=key", T + "key", "id", T + "ttl", "5"))
        .containsOnlyKeys(T + "ttl");
    assertThat(
            MongoSinkConfig.from(table(T + "mapping", mapping, T + "key", "id, meta.site"))
                .pipeline()
                .mapping()
                .targets("t")
                .get(0)
                .options()
                .mongo()
                .key())
        .containsExactly("id", "meta.site");
  }

  /** A record without a value could only be a bad one there, each time. */
  @Test
  void deletionsNeedAKeyThatIsNotOfTheValue() {
    String[] ofValue = {T + "mapping", "id=value.id, n=value.n", T + "key", "id"};
    MappingConfig off = MongoSinkConfig.from(table(ofValue)).pipeline().mapping();
    assertThat(off.targets("t").get(0).options().deletes()).isFalse();
    assertThat(off.warnings())
        .containsExactly(
            T
                + "deletesEnabled is off: the key takes id from the value, so that a record"
                + " without a value names no document to delete; behavior.on.null.values says what"
                + " becomes of it");
    assertThat(mongoErrors(with(ofValue, T + "deletesEnabled", "true")))
        .containsOnlyKeys(T + "deletesEnabled");
    assertThat(mongoErrors(with(ofValue, T + "deletesEnabled", "false"))).isEmpty();
    assertThat(
            MongoSinkConfig.from(table(with(ofValue, T + "deletesEnabled", "false")))
                .pipeline()
                .mapping()
                .warnings())
        .isEmpty();
    String[] ofKey = {T + "mapping", "id=key.id, n=value.n", T + "key", "id"};
    assertThat(mongoErrors(with(ofKey, T + "deletesEnabled", "true"))).isEmpty();
    assertThat(
            MongoSinkConfig.from(table(ofKey))
                .pipeline()
                .mapping()
                .targets("t")
                .get(0)
                .options()
                .deletes())
        .isTrue();
  }

  private static String[] with(String[] settings, String key, String value) {
    String[] all = Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = key;
    all[settings.length + 1] = value;
    return all;
  }

  @Test
  void objectIdsAreOfMongodbAlone() {
    String mapping = "id=key, owner=coalesce(objectid(value.owner), null)";
    assertThat(mongoErrors(T + "mapping", mapping, T + "key", "id")).isEmpty();
    assertThat(errors(T + "mapping", mapping))
        .isEqualTo(
            Map.of(
                T + "mapping",
                List.of(
                    T
                        + "mapping has objectid(), which only MongoDB has a type for: a text column"
                        + " takes the digits as they are")));
    assertThat(errors(T + "mapping", "id=uuid(key), owner=ejson(value.owner), n=decimal(value.n)"))
        .isEmpty();
  }

  @Test
  void whatAReplayChangesIsWarnedAbout() {
    assertThat(mapping(T + "mapping", "id=uuid(value.id)").warnings()).isEmpty();
    assertThat(mapping(T + "mapping", "id=uuid(), at=coalesce(value.t, now())").warnings())
        .singleElement()
        .asString()
        .startsWith(T + "mapping uses now() and uuid(): ");
    assertThat(mapping(T + "mapping", "id=key").warnings()).isEmpty();
  }

  @Test
  void headersThatTheDefaultConverterReadsAreWarnedAbout() {
    String other = "topic.u.ks.other.mapping";
    assertThat(mapping(T + "mapping", "id=key, h=lower(header.h)", other, "id=header.x").warnings())
        .containsExactly(
            "topic.t.ks.tbl.mapping reads headers, and header.converter is not set: unless the"
                + " worker has another, it is Connect's SimpleHeaderConverter, which takes the text"
                + " 007 for the number 7. Set it to"
                + " org.apache.kafka.connect.storage.StringConverter to keep texts as they are");
    assertThat(mapping(T + "mapping", "id=key", other, "* = header.x, id=key").warnings())
        .singleElement()
        .asString()
        .startsWith("topic.u.ks.other.mapping reads headers");
    for (String settled : List.of("StringConverter", "SimpleHeaderConverter")) {
      assertThat(
              mapping(
                      "header.converter",
                      "org.apache.kafka.connect.storage." + settled,
                      T + "mapping",
                      "id=header.h")
                  .warnings())
          .isEmpty();
    }
  }

  @Test
  void aTopicThatOnlyATransformCanGiveAMappingIsWarnedAbout() {
    assertThat(
            mapping("topics", "t, u,v", "transforms", "rename", T + "mapping", "id=key").warnings())
        .containsExactly(
            "topics has some that no mapping is for: u, v; each record of theirs that no transform"
                + " gives the name of a topic with a mapping is a bad one");
    assertThat(mapping("topics", "t", "transforms", "rename", T + "mapping", "id=key").warnings())
        .isEmpty();
    assertThat(
            CassandraSinkConfig.from(Map.of("topics", "u", "transforms", "rename"))
                .pipeline()
                .mapping()
                .warnings())
        .as("another layout")
        .isEmpty();
  }

  @Test
  void aLongMappingIsNotRepeated() {
    assertThat(errors(T + "mapping", "id=" + "x".repeat(60_000)).get(T + "mapping"))
        .singleElement()
        .asString()
        .hasSizeLessThan(300);
  }
}
