package io.datapoints.connect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.cassandra.CassandraStore;
import io.datapoints.connect.table.TableReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The mappings that the DataStax connector documents, one by one, as they are: each writes what it
 * writes there.
 */
@ExtendWith(ServersExtension.class)
class DataStaxMappingsIT {

  private static final long RECORD_TIME = 1_700_000_000_000L;
  private static final long PATIENCE_SECONDS = 120;

  private static final String STOCKS =
      "CREATE TABLE %s.stocks (symbol text, ts timestamp, exchange text, industry text, name text,"
          + " value double, PRIMARY KEY (symbol, ts))";
  private static final String APPLE =
      "{\"symbol\":\"APPL\",\"value\":208,\"exchange\":\"NASDAQ\",\"industry\":\"TECH\","
          + "\"ts\":\"2018-11-26T19:26:27.483Z\"}";
  private static final String OF_STOCKS =
      "symbol=value.symbol, ts=value.ts, exchange=value.exchange, industry=value.industry,"
          + " name=key, value=value.value";
  private static final String STORED_APPLE =
      "[symbol:'APPL', ts:'2018-11-26T19:26:27.483Z', exchange:'NASDAQ', industry:'TECH',"
          + " name:'APPLE', value:208.0]";

  /**
   * One mapping.
   *
   * @param what the kind of mapping; names the keyspace too
   * @param tables CQL
   * @param settings by the topic, the table and the name of the setting
   * @param rows what each query finds in the end
   */
  private record Documented(
      String what,
      List<String> tables,
      Map<String, String> settings,
      List<SinkRecord> records,
      Map<String, List<String>> rows) {

    String keyspace() {
      return "theirs_" + Integer.toHexString(what.hashCode());
    }

    String cql(String text) {
      return text.replace("%s", keyspace());
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Documented> documented() {
    return Stream.of(
        new Documented(
            "a key and a value",
            List.of("CREATE TABLE %s.world (recordid int PRIMARY KEY, continent text)"),
            Map.of("t world mapping", "recordid=key, continent=value"),
            List.of(record("t", 1, "AFRICA"), record("t", "2", "ASIA")),
            Map.of(
                "SELECT * FROM %s.world",
                List.of("[recordid:1, continent:'AFRICA']", "[recordid:2, continent:'ASIA']"))),
        new Documented(
            "a key beside fields of JSON",
            List.of(STOCKS),
            Map.of("t stocks mapping", OF_STOCKS),
            List.of(record("t", "APPLE", APPLE)),
            Map.of("SELECT * FROM %s.stocks", List.of(STORED_APPLE))),
        new Documented(
            "fields of JSON in the key",
            List.of(STOCKS),
            Map.of("t stocks mapping", OF_STOCKS.replace("=key,", "=key.name,")),
            List.of(record("t", "{\"name\":\"APPLE\"}", APPLE)),
            Map.of("SELECT * FROM %s.stocks", List.of(STORED_APPLE))),
        new Documented(
            "fields of a struct",
            List.of(
                "CREATE TABLE %s.users (userid text PRIMARY KEY, name text, favoritenumber int,"
                    + " favoritecolor text)"),
            Map.of(
                "t users mapping",
                "userid=key, name=value.name, favoritenumber=value.favorite_number,"
                    + " favoritecolor=value.favorite_color"),
            List.of(
                record(
                    "t",
                    "user0",
                    struct("name", "chris", "favorite_number", 14, "favorite_color", "blue"))),
            Map.of(
                "SELECT userid, name, favoritenumber, favoritecolor FROM %s.users",
                List.of(
                    "[userid:'user0', name:'chris', favoritenumber:14, favoritecolor:'blue']"))),
        new Documented(
            "headers, pseudo columns and now()",
            List.of(
                "CREATE TABLE %s.t (col1 text PRIMARY KEY, col2 text, col3 text, col4 timeuuid)"),
            Map.of(
                "t t mapping",
                "col1=key.f1, col2=value.f1, __ttl=value.f2, __timestamp=value.f3, col3=header.f4,"
                    + " col4=now()",
                "t t ttlTimeUnit",
                "HOURS",
                "t t timestampTimeUnit",
                "SECONDS"),
            List.of(
                withHeader(
                    record("t", "{\"f1\":\"k\"}", "{\"f1\":\"v\",\"f2\":2,\"f3\":1700000001}"),
                    "f4",
                    "h")),
            Map.of(
                "SELECT col1, col2, col3, ttl(col2) / 3500 AS life, writetime(col2) AS w FROM %s.t",
                List.of("[col1:'k', col2:'v', col3:'h', life:2, w:1700000001000000]"),
                "SELECT col1 FROM %s.t WHERE col4 > minTimeuuid('2020-01-01') ALLOW FILTERING",
                List.of("[col1:'k']"))),
        new Documented(
            "a record as a user defined type",
            List.of(
                "CREATE TYPE %s.stock (symbol text, ts timestamp, exchange text, industry text,"
                    + " value double)",
                "CREATE TABLE %s.stocks (name text PRIMARY KEY, stocks FROZEN<stock>)"),
            Map.of("t stocks mapping", "name=key, stocks=value"),
            List.of(record("t", "APPLE", APPLE)),
            Map.of(
                "SELECT * FROM %s.stocks",
                List.of(
                    "[name:'APPLE', stocks:{symbol:'APPL',ts:'2018-11-26T19:26:27.483Z',"
                        + "exchange:'NASDAQ',industry:'TECH',value:208.0}]"))),
        new Documented(
            "user defined types beside a field of the same record",
            List.of(
                "CREATE TYPE %s.myudt (udtmem1 int, udtmem2 text)",
                "CREATE TABLE %s.t (id bigint PRIMARY KEY, u FROZEN<myudt>, n int)"),
            Map.of("t t mapping", "id=key, u=value, n=value.udtmem1"),
            List.of(record("t", 7L, "{\"udtmem1\":42,\"udtmem2\":\"the answer\"}")),
            Map.of(
                "SELECT id, n, u FROM %s.t",
                List.of("[id:7, n:42, u:{udtmem1:42,udtmem2:'the answer'}]"))),
        new Documented(
            "one topic to several tables",
            List.of(
                STOCKS,
                STOCKS.replace("s.stocks ", "s.by_exchange ").replace("(symbol, ts)", "(exchange)"),
                STOCKS.replace("s.stocks ", "s.\"ByName\" ").replace("(symbol, ts)", "(name)")),
            Map.of(
                "t stocks mapping", OF_STOCKS,
                "t by_exchange mapping", OF_STOCKS,
                "t \"ByName\" mapping", OF_STOCKS),
            List.of(record("t", "APPLE", APPLE)),
            Map.of(
                "SELECT * FROM %s.stocks", List.of(STORED_APPLE),
                "SELECT symbol FROM %s.by_exchange WHERE exchange = 'NASDAQ'",
                    List.of("[symbol:'APPL']"),
                "SELECT symbol FROM %s.\"ByName\" WHERE name = 'APPLE'",
                    List.of("[symbol:'APPL']"))),
        new Documented(
            "several topics to several tables",
            List.of(
                STOCKS,
                "CREATE TABLE %s.team (team text, number int, city text, PRIMARY KEY (team,"
                    + " number))"),
            Map.of(
                "this.is.a_topic-name stocks mapping",
                OF_STOCKS,
                "baseball team mapping",
                "team=key, number=value.number, city=value.city"),
            List.of(
                record("this.is.a_topic-name", "APPLE", APPLE),
                record("baseball", "redsox", "{\"number\":50,\"city\":\"boston\"}")),
            Map.of(
                "SELECT * FROM %s.stocks", List.of(STORED_APPLE),
                "SELECT * FROM %s.team", List.of("[team:'redsox', number:50, city:'boston']"))),
        new Documented(
            "parts of a user defined type by a query",
            List.of(
                "CREATE TYPE %s.myudt (udtmem1 int, udtmem2 text)",
                "CREATE TABLE %s.t (id bigint PRIMARY KEY, u myudt)"),
            Map.of(
                "t t mapping", "id=key, udtcol1=value.udtmem1, udtcol2=value.udtmem2",
                "t t query", "UPDATE %s.t SET u.udtmem1=:udtcol1, u.udtmem2=:udtcol2 WHERE id=:id",
                "t t deletesEnabled", "false"),
            List.of(
                record("t", 7L, "{\"udtmem1\":42,\"udtmem2\":\"the answer\"}"),
                record("t", 7L, "{\"udtmem1\":43,\"udtmem2\":null}")),
            Map.of("SELECT * FROM %s.t", List.of("[id:7, u:{udtmem1:43,udtmem2:'the answer'}]"))),
        new Documented(
            "a query with a time to live",
            List.of("CREATE TABLE %s.t (pkey int, ccol int, x int, PRIMARY KEY (pkey, ccol))"),
            Map.of(
                "t t mapping", "pkey=key, ccol=value.c, x=value.x, input_ttl=value.t",
                "t t query",
                    "INSERT INTO %s.t (pkey, ccol, x) VALUES (:pkey, :ccol, :x) USING TTL"
                        + " :input_ttl;",
                "t t deletesEnabled", "false"),
            List.of(record("t", 1, "{\"c\":2,\"x\":3,\"t\":0}")),
            Map.of(
                "SELECT pkey, ccol, x, ttl(x) AS life FROM %s.t",
                List.of("[pkey:1, ccol:2, x:3, life:NULL]"))),
        new Documented(
            "a query with a write time",
            List.of("CREATE TABLE %s.t (pkey int, ccol int, x int, PRIMARY KEY (pkey, ccol))"),
            Map.of(
                "t t mapping", "pkey=key, ccol=value.c, x=value.x, input_ts=value.t",
                "t t query",
                    "INSERT INTO %s.t (pkey, ccol, x) VALUES (:pkey, :ccol, :x) USING TIMESTAMP"
                        + " :input_ts;",
                "t t deletesEnabled", "false"),
            List.of(record("t", 1, "{\"c\":2,\"x\":3,\"t\":77}")),
            Map.of(
                "SELECT pkey, ccol, x, writetime(x) AS w FROM %s.t",
                List.of("[pkey:1, ccol:2, x:3, w:77]"))),
        new Documented(
            "a query that adds to a list, and an entry that it does not use",
            List.of("CREATE TABLE %s.t (pkey int PRIMARY KEY, somelist list<int>)"),
            Map.of(
                "t t mapping", "pkey=key, newitem=value.n",
                "t t query", "UPDATE %s.t SET somelist = somelist + [1] WHERE pkey = :pkey;",
                "t t deletesEnabled", "false"),
            List.of(record("t", 1, "{\"n\":5}"), record("t", 1, "{\"n\":6}")),
            Map.of("SELECT * FROM %s.t", List.of("[pkey:1, somelist:[1,1]]"))),
        new Documented(
            "a query that deletes",
            List.of(
                "CREATE TABLE %s.t (pkey int, ccol int, PRIMARY KEY (pkey, ccol))",
                "INSERT INTO %s.t (pkey, ccol) VALUES (1, 1)",
                "INSERT INTO %s.t (pkey, ccol) VALUES (1, 2)",
                "INSERT INTO %s.t (pkey, ccol) VALUES (1, 3)",
                "INSERT INTO %s.t (pkey, ccol) VALUES (2, 1)"),
            Map.of(
                "one t mapping", "pkey=key, ccol=value.c",
                "one t query", "DELETE FROM %s.t WHERE pkey = :pkey AND ccol = :ccol;",
                "one t deletesEnabled", "false",
                "range t mapping", "pkey=key, ccol1=value.from, ccol2=value.to",
                "range t query",
                    "DELETE FROM %s.t WHERE pkey = :pkey AND ccol > :ccol1 AND ccol <= :ccol2;",
                "range t deletesEnabled", "false"),
            List.of(record("one", 2, "{\"c\":1}"), record("range", 1, "{\"from\":1,\"to\":3}")),
            Map.of("SELECT * FROM %s.t", List.of("[pkey:1, ccol:1]"))),
        new Documented(
            "times to live from the settings",
            List.of(
                "CREATE TABLE %s.hours (k int PRIMARY KEY, v int)",
                "CREATE TABLE %s.ever (k int PRIMARY KEY, v int) WITH default_time_to_live = 100",
                "CREATE TABLE %s.asis (k int PRIMARY KEY, v int) WITH default_time_to_live = 100",
                "CREATE TABLE %s.own (k int PRIMARY KEY, v int) WITH default_time_to_live = 100"),
            Map.of(
                "t hours mapping", "k=key, v=value",
                "t hours ttl", "2",
                "t hours ttlTimeUnit", "HOURS",
                "t ever mapping", "k=key, v=value",
                "t ever ttl", "0",
                "t asis mapping", "k=key, v=value",
                "t asis ttl", "-1",
                "t own mapping", "k=key, v=value, __ttl=value",
                "t own ttl", "50"),
            List.of(record("t", 1, -7)),
            Map.of(
                "SELECT k, v, ttl(v) / 3500 AS life FROM %s.hours", List.of("[k:1, v:-7, life:2]"),
                "SELECT k, v, ttl(v) AS life FROM %s.ever", List.of("[k:1, v:-7, life:NULL]"),
                "SELECT k, v, ttl(v) / 101 AS life FROM %s.asis", List.of("[k:1, v:-7, life:0]"),
                "SELECT k, v, ttl(v) AS life FROM %s.own", List.of("[k:1, v:-7, life:NULL]"))),
        new Documented(
            "now() in two columns",
            List.of("CREATE TABLE %s.t (k int PRIMARY KEY, a timeuuid, b timeuuid, c int)"),
            Map.of("t t mapping", "k=value.k, a=now(), b=now()"),
            List.of(record("t", null, "{\"k\":1}")),
            Map.of("SELECT k, c FROM %s.t", List.of("[k:1, c:NULL]"))),
        new Documented(
            "nothing but nulls, also beside now(), deletes",
            List.of(
                "CREATE TABLE %s.plain (my_pk bigint PRIMARY KEY, my_value boolean)",
                "INSERT INTO %s.plain (my_pk, my_value) VALUES (1234567, true) USING TIMESTAMP 1",
                "CREATE TABLE %s.timed (my_pk bigint PRIMARY KEY, my_value boolean, loaded_at"
                    + " timeuuid)",
                "INSERT INTO %s.timed (my_pk, my_value) VALUES (1234567, true) USING TIMESTAMP 1"),
            Map.of(
                "t plain mapping", "my_pk=value.my_pk, my_value=value.my_value",
                "t timed mapping", "my_pk=value.my_pk, my_value=value.my_value, loaded_at=now()"),
            List.of(record("t", null, "{\"my_pk\":1234567,\"my_value\":null}")),
            Map.of(
                "SELECT * FROM %s.plain", List.of(),
                "SELECT * FROM %s.timed", List.of())),
        new Documented(
            "a record without a value deletes",
            List.of(
                "CREATE TABLE %s.t (my_pk bigint PRIMARY KEY, my_value boolean)",
                "INSERT INTO %s.t (my_pk, my_value) VALUES (1234567, true) USING TIMESTAMP 1"),
            Map.of("t t mapping", "my_pk=key.my_pk, my_value=value.my_value"),
            List.of(record("t", "{\"my_pk\":1234567}", null)),
            Map.of("SELECT * FROM %s.t", List.of())),
        new Documented(
            "nulls that leave a column, and nulls that are written",
            List.of(
                "CREATE TABLE %s.unset (k int PRIMARY KEY, v text, w int)",
                "INSERT INTO %s.unset (k, v) VALUES (1, 'here') USING TIMESTAMP 1",
                "CREATE TABLE %s.written (k int PRIMARY KEY, v text, w int)",
                "INSERT INTO %s.written (k, v) VALUES (1, 'here') USING TIMESTAMP 1"),
            Map.of(
                "t unset mapping", "k=key, v=value.v",
                "t written mapping", "k=key, v=value.v",
                "t written nullToUnset", "false"),
            List.of(record("t", 1, "{\"v\":null}")),
            Map.of(
                "SELECT k, v FROM %s.unset", List.of("[k:1, v:'here']"),
                "SELECT k, v FROM %s.written", List.of("[k:1, v:NULL]"))),
        new Documented(
            "counters",
            List.of(
                "CREATE TABLE %s.t (c1 int, c2 int, c3 counter, c4 counter, PRIMARY KEY (c1,"
                    + " c2))"),
            // The one line that has to be added.
            Map.of(
                "t t mapping", "c1=value.f1, c2=value.f2, c3=value.f3, c4=value.f4",
                "t t counters", "true"),
            List.of(
                record("t", null, "{\"f1\":1,\"f2\":2,\"f3\":3,\"f4\":4}"),
                record("t", null, "{\"f1\":1,\"f2\":2,\"f3\":3,\"f4\":4}")),
            Map.of("SELECT * FROM %s.t", List.of("[c1:1, c2:2, c3:6, c4:8]"))),
        new Documented(
            "names that need quotes, and names that begin with a digit",
            List.of(
                "CREATE TABLE %s.\"2nd\" (\"Key\" int PRIMARY KEY, \"COL 1\" int, \"3rd\" text)"),
            Map.of(
                "t \"2nd\" mapping",
                "Key=\"key.My Id\", \"COL 1\"=\"value.INT FIELD\", 3rd=value.3rd"),
            List.of(record("t", "{\"My Id\":1}", "{\"INT FIELD\":5,\"3rd\":\"x\"}")),
            Map.of("SELECT * FROM %s.\"2nd\"", List.of("[\"Key\":1, \"3rd\":'x', \"COL 1\":5]"))),
        new Documented(
            "texts for columns of other types",
            List.of("CREATE TABLE %s.t (k int PRIMARY KEY, b boolean, n int, u uuid, s text)"),
            Map.of("t t mapping", "k=value.k, b=value.b, n=value.n, u=value.u, s=value.s"),
            List.of(
                record("t", null, "{\"k\":1,\"b\":\"Y\",\"n\":\"\",\"u\":\"\",\"s\":\"\"}"),
                record("t", null, "{\"k\":2,\"b\":\"f\",\"n\":\"7\",\"u\":null,\"s\":\"\"}"),
                record("t", null, "{\"k\":3,\"b\":\"1\",\"n\":\" \",\"u\":null,\"s\":\"Y\"}")),
            Map.of(
                "SELECT k, b, n, u, s FROM %s.t",
                List.of(
                    "[k:1, b:true, n:NULL, u:NULL, s:'']",
                    "[k:2, b:false, n:7, u:NULL, s:'']",
                    "[k:3, b:true, n:NULL, u:NULL, s:'Y']"))));
  }

  private static SinkRecord record(String topic, @Nullable Object key, @Nullable Object value) {
    return new SinkRecord(
        topic, 0, null, key, null, value, 0, RECORD_TIME, TimestampType.CREATE_TIME);
  }

  private static SinkRecord withHeader(SinkRecord record, String name, String value) {
    return record.newRecord(
        record.topic(),
        record.kafkaPartition(),
        null,
        record.key(),
        null,
        record.value(),
        record.timestamp(),
        new ConnectHeaders().addString(name, value));
  }

  private static Struct struct(Object... fields) {
    SchemaBuilder schema = SchemaBuilder.struct();
    for (int i = 0; i < fields.length; i += 2) {
      schema.field(
          (String) fields[i],
          fields[i + 1] instanceof Integer ? Schema.INT32_SCHEMA : Schema.STRING_SCHEMA);
    }
    Struct struct = new Struct(schema.build());
    for (int i = 0; i < fields.length; i += 2) {
      struct.put((String) fields[i], fields[i + 1]);
    }
    return struct;
  }

  private final Cassandra cassandra;

  DataStaxMappingsIT(Servers servers) {
    this.cassandra = servers.cassandra();
  }

  @ParameterizedTest
  @MethodSource("documented")
  void aMappingWritesWhatItWritesThere(Documented documented) {
    try (CqlSession session = cassandra.session()) {
      session.execute(
          documented.cql(
              "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy',"
                  + " 'replication_factor': 1}"));
      documented.tables().forEach(table -> session.execute(documented.cql(table)));
      write(documented);
      Map<String, List<String>> found = new LinkedHashMap<>();
      for (String query : documented.rows().keySet()) {
        found.put(
            query,
            session.execute(documented.cql(query)).all().stream()
                .map(Row::getFormattedContents)
                .sorted()
                .toList());
      }
      assertThat(found).isEqualTo(documented.rows());
      session.execute(documented.cql("DROP KEYSPACE %s"));
    }
  }

  /** Writes the records one by one, as a task that has no others. */
  private void write(Documented documented) {
    CassandraSinkConfig config = CassandraSinkConfig.from(settings(documented));
    TableReader reader = new TableReader(config.pipeline().mapping(), 1_000_000);
    try (Store store = new CassandraStore(config, "theirs", true, Clock.systemUTC())) {
      assertThat(await(store.open())).isEqualTo(Outcome.Durable.DURABLE);
      long offset = 0;
      for (SinkRecord record : documented.records()) {
        RecordOrigin origin = new RecordOrigin(record.topic(), 0, offset++, RECORD_TIME);
        for (Sample sample : samples(reader, record, origin)) {
          Plan plan = store.plan(sample);
          assertThat(plan).isInstanceOf(io.datapoints.connect.store.Row.class);
          io.datapoints.connect.store.Row row = (io.datapoints.connect.store.Row) plan;
          assertThat(await(store.write(List.of(row)))).isEqualTo(Outcome.Durable.DURABLE);
        }
      }
    }
  }

  private Map<String, String> settings(Documented documented) {
    Map<String, String> settings = new HashMap<>();
    settings.put("cassandra.contact.points", cassandra.contactPoint());
    settings.put("cassandra.local.datacenter", cassandra.localDatacenter());
    settings.put("cassandra.request.timeout.ms", "20000");
    settings.put("flush.timeout.ms", "60000");
    documented
        .settings()
        .forEach(
            (name, value) -> {
              int topic = name.indexOf(' ');
              int table = name.lastIndexOf(' ');
              settings.put(
                  String.join(
                      ".",
                      "topic",
                      name.substring(0, topic),
                      documented.keyspace(),
                      name.substring(topic + 1, table),
                      name.substring(table + 1)),
                  documented.cql(value));
            });
    return settings;
  }

  private static List<Sample> samples(TableReader reader, SinkRecord record, RecordOrigin origin) {
    List<Sample> samples = new ArrayList<>();
    reader.read(
        record,
        origin,
        new SampleSink() {
          @Override
          public void accept(Sample sample) {
            samples.add(sample);
          }

          @Override
          public void reject(Rule rule, String reason) {
            throw new AssertionError(reason);
          }
        });
    return samples;
  }

  private static Outcome await(CompletionStage<Outcome> outcome) {
    return outcome.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
