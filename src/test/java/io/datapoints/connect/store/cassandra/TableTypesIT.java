package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestTables.cells;
import static io.datapoints.connect.store.cassandra.TestTables.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.WrittenValue;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every type of CQL with every form that a value can have, written and read back, or refused. */
@ExtendWith(ServersExtension.class)
class TableTypesIT {

  private static final String KEYSPACE = "table_types";
  private static final String RANDOM = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
  private static final String TIMED = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  private static final String NUMBERS = "byte short int long big float double decimal '1' utf8";

  /** The forms, each with the name that the table of expectations gives it. */
  private static final Map<String, Object> FORMS = new LinkedHashMap<>();

  static {
    FORMS.put("true", true);
    FORMS.put("byte", (byte) 1);
    FORMS.put("short", (short) 1);
    FORMS.put("int", 1);
    FORMS.put("long", 1L);
    FORMS.put("big", BigInteger.ONE);
    FORMS.put("float", 1f);
    FORMS.put("double", 1.0);
    FORMS.put("decimal", BigDecimal.ONE);
    FORMS.put("half", 1.5);
    FORMS.put("'1'", "1");
    FORMS.put("'true'", "true");
    FORMS.put("'y'", "y");
    FORMS.put("'T'", "T");
    FORMS.put("'F'", "F");
    FORMS.put("'é'", "é");
    FORMS.put("'random'", RANDOM);
    FORMS.put("'timed'", TIMED);
    FORMS.put("'ip'", "10.0.0.1");
    FORMS.put("'ip6'", "2001:db8::1");
    FORMS.put("'day'", "2026-11-21");
    FORMS.put("'noon'", "12:00:00");
    FORMS.put("'instant'", "2026-11-21T13:00:00.5+01:00");
    FORMS.put("'span'", "P1DT2H");
    FORMS.put("'hex'", "0x0102");
    FORMS.put("''", "");
    FORMS.put("' '", " ");
    FORMS.put("bytes", ByteBuffer.wrap(new byte[] {1, (byte) 0xFF}).asReadOnlyBuffer());
    FORMS.put("utf8", ByteBuffer.wrap(new byte[] {'1'}).asReadOnlyBuffer());
    FORMS.put("instant", Instant.parse("2026-11-21T12:00:00.5Z"));
    FORMS.put("day", LocalDate.parse("2026-11-21"));
    FORMS.put("noon", LocalTime.NOON);
    FORMS.put("random", UUID.fromString(RANDOM));
    FORMS.put("timed", UUID.fromString(TIMED));
    FORMS.put("micros", new WrittenValue(1_795_262_400_500_000L, FORMS.get("instant")));
    FORMS.put("days", new WrittenValue(20_778, FORMS.get("day")));
    FORMS.put("nanos", new WrittenValue(43_200_000_000_000L, LocalTime.NOON));
    FORMS.put("year", new WrittenValue(2026, Year.of(2026)));
    FORMS.put("zoned", new WrittenValue("2026-11-21T13:00:00.5+01:00", FORMS.get("instant")));
    FORMS.put("span", new WrittenValue(93_600_000_000L, Duration.ofHours(26)));
    FORMS.put("'[1]'", "[1]");
    FORMS.put("list", List.of(1));
    FORMS.put("two", Arrays.asList(1, null));
    FORMS.put("object", Map.of("a", 1));
  }

  /** By CQL type: what is stored (as the driver writes it) for which forms; no others are taken. */
  private static final Map<String, Map<String, String>> STORED = new LinkedHashMap<>();

  static {
    String everyText =
        "'1' 'true' 'y' 'T' 'F' 'random' 'timed' 'ip' 'ip6' 'day' 'noon' 'instant' 'span' 'hex'"
            + " ''";
    for (String text : List.of("text", "varchar", "ascii")) {
      Map<String, String> stored = expect(text);
      for (String form : everyText.split(" ", -1)) {
        stored.put(form, "'" + FORMS.get(form) + "'");
      }
      stored.put("' '", "' '");
      if (!text.equals("ascii")) {
        stored.put("'é'", "'é'");
      }
      for (String form : "true byte short int long big half decimal random timed".split(" ", -1)) {
        stored.put(form, "'" + FORMS.get(form) + "'");
      }
      stored.put("utf8", "'1'");
      stored.put("float", "'1.0'");
      stored.put("double", "'1.0'");
      stored.put("instant", "'2026-11-21T12:00:00.500Z'");
      stored.put("day", "'2026-11-21'");
      stored.put("noon", "'12:00'");
      stored.put("micros", "'2026-11-21T12:00:00.500Z'");
      stored.put("days", "'2026-11-21'");
      stored.put("nanos", "'12:00'");
      stored.put("year", "'2026'");
      stored.put("zoned", "'2026-11-21T13:00:00.5+01:00'");
      stored.put("span", "'PT26H'");
      stored.put("'[1]'", "'[1]'");
    }
    for (String whole : List.of("tinyint", "smallint", "int", "bigint", "varint")) {
      expect(whole, "1", NUMBERS + " true");
    }
    for (String whole : List.of("bigint", "varint")) {
      expect(whole, "1795262400500", "instant zoned");
      expect(whole, "1795262400500000", "micros");
      expect(whole, "43200000000000", "nanos");
      expect(whole, "93600000000", "span");
    }
    for (String whole : List.of("smallint", "int", "bigint", "varint", "decimal")) {
      expect(whole, "20778", "days");
      expect(whole, "2026", "year");
    }
    expect("decimal", "1795262400500000", "micros");
    expect("decimal", "43200000000000", "nanos");
    expect("decimal", "93600000000", "span");
    for (String real : List.of("float", "double")) {
      expect(real, "1.0", NUMBERS + " true");
      expect(real, "1.5", "half");
      expect(real, "20778.0", "days");
      expect(real, "2026.0", "year");
    }
    expect("float", "1.79526237E15", "micros");
    expect("float", "4.3200002E13", "nanos");
    expect("float", "9.3599998E10", "span");
    expect("double", "1.7952624005E15", "micros");
    expect("double", "4.32E13", "nanos");
    expect("double", "9.36E10", "span");
    expect("decimal", "1", "byte short int long big decimal '1' utf8 true");
    expect("decimal", "1.0", "float double");
    expect("decimal", "1.5", "half");
    expect("boolean", "true", NUMBERS + " true 'true' 'y' 'T'");
    expect("boolean", "false", "'F'");
    expect("blob", "0x0102", "'hex'");
    expect("blob", "0x01ff", "bytes");
    expect("blob", "0x31", "utf8");
    expect("blob", "0x", "''");
    expect("blob", "0xb6bb9e", "'true'");
    expect("blob", "0x3f50d3d8", "'span'");
    expect("uuid", RANDOM, "random 'random'");
    expect("uuid", TIMED, "timed 'timed'");
    expect("timeuuid", TIMED, "timed 'timed'");
    expect("inet", "'10.0.0.1'", "'ip'");
    expect("inet", "'2001:db8:0:0:0:0:0:1'", "'ip6'");
    expect("timestamp", "'1970-01-01T00:00:00.001Z'", NUMBERS + " half");
    expect("timestamp", "'2026-11-21T12:00:00.500Z'", "instant 'instant' micros zoned");
    expect("timestamp", "'2026-11-21T00:00:00.000Z'", "day 'day' days");
    expect("timestamp", "'2026-01-01T00:00:00.000Z'", "year");
    expect("date", "'1970-01-01'", NUMBERS + " half");
    expect("date", "'2026-11-21'", "day 'day' instant 'instant' days micros zoned");
    expect("date", "'2026-01-01'", "year");
    expect("time", "'00:00:00.001000000'", NUMBERS);
    expect("time", "'00:00:00.001500000'", "half");
    expect("time", "'12:00:00.000000000'", "noon 'noon' nanos");
    expect("duration", "1d2h", "'span'");
    expect("duration", "26h", "span");
    for (String list : List.of("list<int>", "frozen<list<int>>")) {
      expect(list, "[1]", "list '[1]'");
    }
    expect("list<text>", "['1']", "list '[1]'");
    expect("set<smallint>", "{1}", "list '[1]'");
    expect("frozen<set<text>>", "{'1'}", "list '[1]'");
    expect("map<text, double>", "{'a':1.0}", "object");
    expect("frozen<map<ascii, tinyint>>", "{'a':1}", "object");
    expect("tuple<bigint>", "(1)", "list '[1]'");
    expect("pair", "{a:1,b:NULL}", "object two");
    expect("frozen<pair>", "{a:1,b:NULL}", "object two");
    expect("vector<float, 1>", "[1.0]", "list '[1]'");
    expect("vector<int, 1>", "[1]", "list '[1]'");
    expect("vector<text, 1>", "['1']", "list '[1]'");
  }

  /** A blank text stands for null where the type is neither text nor bytes. */
  private static String unlisted(String type, String form) {
    boolean blank = FORMS.get(form) instanceof String text && text.isBlank();
    if (!blank || type.equals("blob")) {
      return "refused";
    }
    // A collection that is null is read as an empty one.
    return type.contains("list<") ? "[]" : type.matches(".*(set|map)<.*") ? "{}" : "NULL";
  }

  private static Map<String, String> expect(String type) {
    return STORED.computeIfAbsent(type, key -> new LinkedHashMap<>());
  }

  private static void expect(String type, String stored, String forms) {
    for (String form : forms.split(" ", -1)) {
      assertThat(FORMS).containsKey(form);
      expect(type).put(form, stored);
    }
  }

  private final Cassandra cassandra;

  TableTypesIT(Servers servers) {
    this.cassandra = servers.cassandra();
  }

  @Test
  void everyFormIsStoredOrRefused() {
    List<String> types = List.copyOf(STORED.keySet());
    try (CqlSession session = cassandra.session();
        CassandraStore store = TestTables.store(cassandra, targets(types))) {
      createTable(session, types);
      for (int type = 0; type < types.size(); type++) {
        assertThat(store.covers("c" + type)).isFalse();
      }
      assertThat(TestStores.open(store)).isEqualTo(Outcome.Durable.DURABLE);
      List<String> differences = new ArrayList<>();
      for (int type = 0; type < types.size(); type++) {
        for (String form : FORMS.keySet()) {
          String expected =
              expect(types.get(type)).getOrDefault(form, unlisted(types.get(type), form));
          String actual = stored(session, store, types.get(type), type, form);
          if (!actual.equals(expected)) {
            differences.add(
                types.get(type) + " from " + form + ": " + actual + " and not " + expected);
          }
        }
      }
      assertThat(differences).isEmpty();
    }
  }

  private static String stored(
      CqlSession session, CassandraStore store, String type, int column, String form) {
    String id = type + " " + form;
    MappedRecord sample = cells("c" + column, 1, id, FORMS.get(form));
    if (store.plan(sample) instanceof Plan.Rejected rejected) {
      assertThat(rejected.reason()).startsWith(KEYSPACE + ".everything.c" + column);
      return "refused";
    }
    List<Outcome> outcomes = TestStores.write(store, sample);
    if (!outcomes.equals(List.of(Outcome.Durable.DURABLE))) {
      return outcomes.toString();
    }
    Row row =
        session
            .execute("SELECT c" + column + " FROM " + KEYSPACE + ".everything WHERE id = ?", id)
            .one();
    String contents = row.getFormattedContents();
    return contents.substring(contents.indexOf(':') + 1, contents.length() - 1);
  }

  private static Map<String, List<MappedTarget>> targets(List<String> types) {
    Map<String, List<MappedTarget>> targets = new LinkedHashMap<>();
    for (int type = 0; type < types.size(); type++) {
      targets.put(
          "c" + type,
          List.of(
              TestTables.target(
                  KEYSPACE, "everything", TestTables.Wish.PLAIN, set("id"), set("c" + type))));
    }
    return targets;
  }

  private static void createTable(CqlSession session, List<String> types) {
    session.execute(
        "CREATE KEYSPACE "
            + KEYSPACE
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute("CREATE TYPE " + KEYSPACE + ".pair (a int, b text)");
    List<String> columns = new ArrayList<>();
    for (int type = 0; type < types.size(); type++) {
      columns.add("c" + type + " " + types.get(type));
    }
    session.execute(
        columns.stream()
            .collect(
                Collectors.joining(
                    ", ", "CREATE TABLE " + KEYSPACE + ".everything (id text PRIMARY KEY, ", ")")));
  }
}
