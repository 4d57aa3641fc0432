package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestStores.await;
import static io.datapoints.connect.store.cassandra.TestStores.open;
import static io.datapoints.connect.store.cassandra.TestStores.row;
import static io.datapoints.connect.store.cassandra.TestStores.write;
import static io.datapoints.connect.store.cassandra.TestTables.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestTables.add;
import static io.datapoints.connect.store.cassandra.TestTables.cells;
import static io.datapoints.connect.store.cassandra.TestTables.rest;
import static io.datapoints.connect.store.cassandra.TestTables.set;
import static io.datapoints.connect.store.cassandra.TestTables.store;
import static io.datapoints.connect.store.cassandra.TestTables.target;
import static io.datapoints.connect.store.cassandra.TestTables.tombstone;
import static io.datapoints.connect.store.cassandra.TestTables.withRest;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.CassandraOptions;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Function;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.parser.MappingParser;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.HandSetClock;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.cassandra.TestTables.Wish;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** What lies in mapped tables of a real Cassandra, and what becomes of tables that change. */
@ExtendWith(ServersExtension.class)
class TableStoreIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;
  private static final Duration BOUND = Duration.ofMinutes(1);

  private final Cassandra cassandra;
  private final HandSetClock clock = new HandSetClock();
  private CqlSession session;

  /** Each test has its own. */
  private String keyspace;

  TableStoreIT(Servers servers) {
    this.cassandra = servers.cassandra();
  }

  @BeforeEach
  void openSession(TestInfo test) {
    session = cassandra.session();
    keyspace =
        "table_" + Integer.toHexString(test.getTestMethod().orElseThrow().getName().hashCode());
    session.execute(
        "CREATE KEYSPACE "
            + keyspace
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
  }

  @AfterEach
  void closeSession() {
    session.execute("DROP KEYSPACE IF EXISTS " + keyspace);
    session.close();
  }

  @Test
  void aRowHasItsValuesItsTimestampAndTheLifeOfItsTable() {
    create("(a text, b int, c text, d int, PRIMARY KEY (a, b)) WITH default_time_to_live = 5000");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"), set("c"))) {
      assertThat(write(store, cells(1, "x", 1, "one"), cells(2, "x", 2, null)))
          .containsExactly(DURABLE);
    }
    assertThat(select("SELECT a, b, c, writetime(c), d FROM %s.t"))
        .containsExactly(
            "[a:'x', b:1, c:'one', \"writetime(c)\":1700000000000001, d:NULL]",
            "[a:'x', b:2, c:NULL, \"writetime(c)\":NULL, d:NULL]");
    assertThat(session.execute(cql("SELECT ttl(c) AS life FROM %s.t LIMIT 1")).one().getInt("life"))
        .isBetween(1, 5000);
  }

  /** As in CQL, where each row gets one of its own. */
  @Test
  void nowFillsATimeuuid() {
    create("(a text, b timeuuid, c timestamp, PRIMARY KEY (a, b))");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), now("b"), now("c"))) {
      Instant evaluated = Instant.ofEpochMilli(1_700_000_000_000L);
      assertThat(
              write(
                  store, cells(1, "x", evaluated, evaluated), cells(2, "x", evaluated, evaluated)))
          .containsExactly(DURABLE);
    }
    assertThat(session.execute(cql("SELECT b FROM %s.t")).all())
        .hasSize(2)
        .allMatch(row -> row.getUuid(0).version() == 1);
    assertThat(session.execute(cql("SELECT c FROM %s.t")).all())
        .allMatch(row -> row.getInstant(0).toEpochMilli() == 1_700_000_000_000L);
  }

  private static Assignment now(String column) {
    return new Assignment(
        List.of(column), Assignment.Operation.SET, new Expression.Call(Function.NOW, List.of()));
  }

  @Test
  void whatIsAbsentStaysAndWhatIsNullGoes() {
    create("(a text PRIMARY KEY, b int, c int)");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"), set("c"))) {
      write(store, cells(1, "x", 1, 2));
      assertThat(write(store, cells(2, "x", null, 3))).containsExactly(DURABLE);
      assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'x', b:1, c:3]");
      assertThat(write(store, cells(3, "x", MappedRecord.NULL, 4))).containsExactly(DURABLE);
      assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'x', b:NULL, c:4]");
    }
    try (CassandraStore store = opened(Wish.NULLS, set("a"), set("b"), set("c"))) {
      assertThat(write(store, cells(4, "x", 5, null))).containsExactly(DURABLE);
    }
    assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'x', b:5, c:NULL]");
  }

  @Test
  void aRecordWithoutValueOrWithNothingButNullsDeletesItsRow() {
    create("(a text PRIMARY KEY, b int)");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"))) {
      write(store, cells(5, "x", 1), cells(6, "y", 2), cells(7, "z", 3));
      assertThat(write(store, tombstone(8, "x", null), cells(9, "y", (Object) null)))
          .containsOnly(DURABLE);
      // An earlier record than the row's.
      assertThat(write(store, tombstone(4, "z", null))).containsOnly(DURABLE);
      assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'z', b:3]");
      assertThat(store.plan(tombstone(10, null, null)))
          .isEqualTo(
              new Plan.Rejected(keyspace + ".t.a (text): a primary key column must not be null"));
    }
    try (CassandraStore store = opened(Wish.NO_DELETES, set("a"), set("b"))) {
      assertThat(store.plan(tombstone(11, "z", null))).isEqualTo(Plan.Nothing.NOTHING);
      assertThat(write(store, cells(12, "z", (Object) null))).containsExactly(DURABLE);
    }
    assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'z', b:3]");
  }

  /** They are not what the record says, so they cannot keep a row of which it says nothing. */
  @Test
  void whatNoRecordContainsDoesNotKeepARow() {
    create("(a text PRIMARY KEY, b int, c timeuuid, d text, e bigint)");
    Mapping mapping = MappingParser.parse("a=value.a, b=value.b, c=now(), d='constant', e=offset");
    Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
    try (CassandraStore store = opened(target(keyspace, "t", Wish.PLAIN, mapping))) {
      assertThat(write(store, cells(1, "x", 1, now, "constant", 1), cells(2, "y", 1, now, "z", 2)))
          .containsOnly(DURABLE);
      assertThat(write(store, cells(3, "x", null, now, "constant", 3))).containsOnly(DURABLE);
      assertThat(write(store, cells(4, "y", MappedRecord.MISSING, now, "constant", 4)))
          .containsOnly(DURABLE);
    }
    assertThat(select("SELECT a, b, d, e FROM %s.t"))
        .containsExactly("[a:'y', b:1, d:'constant', e:4]");
    Mapping noContent = MappingParser.parse("a=value.a, b=1, c=now(), d='constant', e=offset");
    try (CassandraStore store = opened(target(keyspace, "t", Wish.PLAIN, noContent))) {
      assertThat(write(store, cells(5, "z", 1, now, "constant", 5))).containsOnly(DURABLE);
    }
    assertThat(select("SELECT b FROM %s.t WHERE a = 'z'")).containsExactly("[b:1]");
  }

  @Test
  void aBlankTextIsNullWhereTheColumnIsNoText() {
    session.execute(cql("CREATE TYPE %s.place (x int, name text)"));
    create("(a text PRIMARY KEY, b int, c text, u place)");
    try (CassandraStore store = opened(Wish.NULLS, set("a"), set("b"), set("c"), set("u"))) {
      write(store, cells(1, "x", 1, "c", Map.of("x", 1, "name", "n")));
      assertThat(write(store, cells(2, "x", "", "", Map.of("x", " ", "name", ""))))
          .containsExactly(DURABLE);
      assertThat(select("SELECT * FROM %s.t"))
          .containsExactly("[a:'x', b:NULL, c:'', u:{x:NULL,name:''}]");
    }
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"), set("c"), set("u"))) {
      write(store, cells(3, "x", 3, "c", null));
      assertThat(write(store, cells(4, "x", " ", null, ""))).containsExactly(DURABLE);
      assertThat(select("SELECT a, b FROM %s.t")).containsExactly("[a:'x', b:3]");
    }
  }

  @Test
  void nothingButNullsDeletesOnlyWhereEveryColumnIsMapped() {
    create("(a text PRIMARY KEY, b int, c int)");
    session.execute(cql("INSERT INTO %s.t (a, c) VALUES ('x', 1) USING TIMESTAMP 1"));
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"))) {
      assertThat(write(store, cells(1, "x", (Object) null))).containsExactly(DURABLE);
    }
    assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'x', b:NULL, c:1]");
  }

  @Test
  void aRecordThatSaysNothingOfAColumnLeavesTheRowAsItIs() {
    create("(a text PRIMARY KEY, b int, c int)");
    for (Wish wish : List.of(Wish.PLAIN, Wish.NULLS)) {
      try (CassandraStore store = opened(wish, set("a"), set("b"), set("c"))) {
        write(store, cells(1, "x", 1, 2));
        assertThat(write(store, cells(2, "x", MappedRecord.MISSING, MappedRecord.MISSING)))
            .containsExactly(DURABLE);
        assertThat(write(store, cells(3, "x", MappedRecord.MISSING, 2))).containsExactly(DURABLE);
        assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'x', b:1, c:2]");
      }
    }
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"), set("c"))) {
      write(store, cells(4, "y", 1, 2));
      assertThat(write(store, cells(5, "y", null, MappedRecord.MISSING))).containsExactly(DURABLE);
      assertThat(write(store, cells(6, "x", null, null))).containsExactly(DURABLE);
      assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'y', b:1, c:2]");
    }
  }

  @Test
  void whatTheTableDoesNotKnowYetDeletesNothing() {
    create("(a text PRIMARY KEY, b int)");
    try (CassandraStore store = opened(withRest(keyspace, "t", Set.of(), set("a")))) {
      write(store, rest(1, Map.of("b", 1), "x"));
      // Known to have no column, until the schema is looked at again.
      assertThat(write(store, rest(2, Map.of("note", 1, "c", 1), "x"))).containsExactly(DURABLE);
      session.execute(cql("ALTER TABLE %s.t ADD c int"));
      Map<String, @Nullable Object> fields = new HashMap<>();
      fields.put("b", null);
      fields.put("c", 5);
      assertThat(write(store, rest(3, Map.of("c", 5), "x"), rest(4, fields, "x")))
          .containsExactly(DURABLE);
      assertThat(select("SELECT a, b FROM %s.t")).containsExactly("[a:'x', b:1]");
      fields.put("c", null);
      clock.forward(Duration.ofSeconds(11));
      until(store, rest(5, fields, "z"));
      assertThat(write(store, rest(6, fields, "x"))).containsExactly(DURABLE);
      assertThat(select("SELECT a FROM %s.t WHERE a = 'x'")).isEmpty();
    }
  }

  @Test
  void topicsThatFillOneRowLiveTogether() {
    session.execute(cql("CREATE TYPE %s.place (x int, y int)"));
    create("(a text PRIMARY KEY, b int, c int, m set<int>, u place)");
    try (CassandraStore first = opened(Wish.PLAIN, set("a"), set("b"));
        CassandraStore second = opened(Wish.PLAIN, set("a"), set("c"), add("m"), set("u", "x"))) {
      write(first, cells(1, "x", 1));
      write(second, cells(2, "x", 2, List.of(1), 3));
      session.execute(cql("UPDATE %s.t SET u.y = 4 WHERE a = 'x'"));
      // An earlier record than what is there, and one for a row that is not.
      assertThat(write(second, tombstone(0, "x", null, null, null))).containsExactly(DURABLE);
      assertThat(write(first, tombstone(3, "y", (Object) null))).containsExactly(DURABLE);
      assertThat(select("SELECT a, b, c, m, u FROM %s.t"))
          .containsExactly("[a:'x', b:1, c:2, m:{1}, u:{x:3,y:4}]");
      for (int replay = 0; replay < 2; replay++) {
        assertThat(write(second, tombstone(4, "x", null, null, null))).containsExactly(DURABLE);
        assertThat(select("SELECT a, b, c, m, u FROM %s.t"))
            .containsExactly("[a:'x', b:1, c:NULL, m:{}, u:{x:NULL,y:4}]");
      }
    }
  }

  @Test
  void aRecordWithoutAValueIsWrittenWhereItsKeySaysEverything() {
    create("(id int PRIMARY KEY, name text)");
    for (boolean deletes : new boolean[] {true, false}) {
      Mapping mapping = MappingParser.parse("id=key.id, name=key.name");
      try (CassandraStore store =
          opened(target(keyspace, "t", deletes ? Wish.PLAIN : Wish.NO_DELETES, mapping))) {
        assertThat(write(store, tombstone(1, 7, "n"))).containsExactly(DURABLE);
        assertThat(select("SELECT * FROM %s.t")).containsExactly("[id:7, name:'n']");
      }
    }
  }

  @Test
  void everyColumnThatDoesNotFitIsNamed() {
    create("(a text PRIMARY KEY, b int, c int, d int)");
    try (CassandraStore store =
        opened(Wish.PLAIN, set("a"), set("b"), set("c"), set("d"), set(Assignment.TTL))) {
      String t = keyspace + ".t.";
      assertThat(store.plan(cells(1, null, "one", 2, "three", "soon")))
          .isEqualTo(
              new Plan.Rejected(
                  String.join(
                      "; ",
                      t + "a (text): a primary key column must not be null",
                      t + "b (int): must be a number",
                      t + "d (int): must be a number",
                      t + "__ttl (int): must be a number")));
    }
  }

  @Test
  void timesToLiveAndTimestampsComeFromSettingsAndRecords() {
    create("(a text PRIMARY KEY, b int) WITH default_time_to_live = 99");
    try (CassandraStore store =
        opened(
            Wish.ttl(5000), set("a"), set("b"), set(Assignment.TTL), set(Assignment.TIMESTAMP))) {
      assertThat(
              write(
                  store,
                  cells(1, "static", 1, null, null),
                  cells(2, "own", 1, 9000, 77L),
                  cells(3, "ever", 1, 0, "78"),
                  cells(4, "future", 1, null, Long.MAX_VALUE),
                  cells(5, "negative", 1, -1, null),
                  cells(6, "part", 1, 8000.9, null)))
          .containsOnly(DURABLE);
      assertThat(store.plan(cells(5, "x", 1, null, "soon")))
          .isEqualTo(new Plan.Rejected(keyspace + ".t.__timestamp (bigint): must be a number"));
    }
    assertThat(life("static")).isBetween(1, 5000);
    assertThat(life("own")).isBetween(5001, 9000);
    assertThat(life("part")).isBetween(5001, 8000);
    assertThat(List.of(life("ever"), life("negative"))).containsOnly(0);
    assertThat(writeTime("static")).isEqualTo(RECORD_TIME * 1000 + 1);
    assertThat(writeTime("own")).isEqualTo(77);
    assertThat(writeTime("ever")).isEqualTo(78);
    assertThat(writeTime("future")).isEqualTo((clock.millis() + 86_400_000) * 1000);
  }

  @Test
  void aTimeToLiveOfZeroIsForEverWhateverTheTableSays() {
    create("(a text PRIMARY KEY, b int) WITH default_time_to_live = 5000");
    for (int seconds : new int[] {0, CassandraOptions.TTL_OF_TABLE}) {
      try (CassandraStore store = opened(Wish.ttl(seconds), set("a"), set("b"))) {
        assertThat(write(store, cells(1, "by " + seconds, 1))).containsExactly(DURABLE);
      }
    }
    assertThat(life("by 0")).isZero();
    assertThat(life("by -1")).isBetween(1, 5000);
  }

  private int life(String key) {
    return session
        .execute(cql("SELECT ttl(b) AS life FROM %s.t WHERE a = ?"), key)
        .one()
        .getInt("life");
  }

  private long writeTime(String key) {
    return session
        .execute(cql("SELECT writetime(b) AS written FROM %s.t WHERE a = ?"), key)
        .one()
        .getLong("written");
  }

  @Test
  void mapsAndSetsGrowAndFieldsOfTypesAreWrittenAlone() {
    session.execute(cql("CREATE TYPE %s.place (x int, y int)"));
    create("(a text PRIMARY KEY, m map<text, int>, s set<int>, u place)");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), add("m"), add("s"), set("u", "x"))) {
      Sample[] records = {
        cells(1, "k", Map.of("one", 1), List.of(1), 5),
        cells(2, "k", Map.of("two", 2), List.of(1, 2), null),
        cells(3, "k", null, null, null),
      };
      assertThat(records).extracting(record -> row(store, record)).doesNotHaveDuplicates();
      assertThat(write(store, records)).containsExactly(DURABLE);
      session.execute(cql("UPDATE %s.t SET u.y = 6 WHERE a = 'k'"));
      // A replay.
      assertThat(write(store, records)).containsExactly(DURABLE);
    }
    assertThat(select("SELECT a, m, s, u FROM %s.t"))
        .containsExactly("[a:'k', m:{'one':1,'two':2}, s:{1,2}, u:{x:5,y:6}]");
  }

  /** A part that is dropped would leave a null in place of what the author of the record wrote. */
  @Test
  void aFieldThatATypeLacksIsNamedUnlessTheTypeJustGotIt() {
    session.execute(cql("CREATE TYPE %s.place (x int, y int)"));
    create("(a text PRIMARY KEY, u frozen<place>)");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("u"))) {
      String reason =
          keyspace + ".t.u (" + keyspace + ".place): has the field z, which the type lacks";
      Sample lacking = cells(1, "k", Map.of("x", 1, "z", 2));
      assertThat(write(store, lacking)).containsExactly(new Outcome.Refused(reason));
      assertThat(store.plan(lacking)).isEqualTo(new Plan.Rejected(reason));
      assertThat(select("SELECT * FROM %s.t")).isEmpty();

      session.execute(cql("ALTER TYPE %s.place ADD w int"));
      assertThat(write(store, cells(2, "k", Map.of("x", 1, "w", 3)))).containsExactly(DURABLE);
      assertThat(write(store, cells(3, "l", List.of(4, 5, 6)))).containsExactly(DURABLE);
    }
    assertThat(select("SELECT a, u FROM %s.t"))
        .containsExactlyInAnyOrder("[a:'k', u:{x:1,y:NULL,w:3}]", "[a:'l', u:{x:4,y:5,w:6}]");
  }

  @Test
  void aFieldGoesToTheOnlyColumnWhoseNameDiffersInCase() {
    create("(a text PRIMARY KEY, temperature int, \"Both\" int, both int)");
    Mapping mapping = MappingParser.parse("a=key, * = value");
    try (CassandraStore store = opened(target(keyspace, "t", Wish.PLAIN, mapping))) {
      assertThat(write(store, rest(1, Map.of("Temperature", 5, "BOTH", 6), "k")))
          .containsExactly(DURABLE);
    }
    assertThat(select("SELECT a, temperature, \"Both\", both FROM %s.t"))
        .containsExactly("[a:'k', temperature:5, \"Both\":NULL, both:NULL]");
  }

  @Test
  void countersAreRaisedBehindTheSwitch() {
    create("(a text PRIMARY KEY, n counter)");
    assertThat(refusal(Wish.PLAIN, set("a"), add("n")))
        .isEqualTo(
            "topic.t."
                + keyspace
                + ".t.mapping: a counter can only be raised where topic.t."
                + keyspace
                + ".t.counters is true, since a replay raises it again");
    for (Assignment raising : List.of(add("n"), set("n"))) {
      try (CassandraStore store = opened(Wish.COUNTERS, set("a"), raising)) {
        assertThat(write(store, cells(1, "x", 2), cells(2, "x", 3), cells(3, "x", (Object) null)))
            .containsExactly(DURABLE);
        assertThat(store.plan(tombstone(4, "x", null))).isInstanceOf(Plan.Rejected.class);
      }
    }
    assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'x', n:10]");
  }

  @Test
  void staticColumnsCanBeWrittenWithAndWithoutARow() {
    create("(a text, b int, s text STATIC, c int, PRIMARY KEY (a, b))");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("s"))) {
      assertThat(write(store, cells(1, "x", "one"), cells(2, "y", "two"))).containsOnly(DURABLE);
      assertThat(write(store, tombstone(3, "y", null))).containsOnly(DURABLE);
    }
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"), set("s"), set("c"))) {
      assertThat(write(store, cells(4, "x", 1, "more", 7))).containsOnly(DURABLE);
    }
    assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'x', b:1, s:'more', c:7]");
  }

  @Test
  void rowsOfOneKeyAreMergedAsTheServerWouldMergeThem() {
    create("(a text, b int, c int, d int, PRIMARY KEY (a, b))");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"), set("c"), set("d"))) {
      Row first = row(store, cells(1, "x", 1, 1, null));
      Row second = row(store, cells(2, "x", 1, 2, null));
      Row other = row(store, cells(3, "x", 1, null, 3));
      Row gone = row(store, tombstone(0, "x", 1, null, null));
      assertThat(first.compareClusteringKey(second)).isZero();
      assertThat(second.replaces(first)).isTrue();
      assertThat(first.replaces(second)).isFalse();
      assertThat(first.compareClusteringKey(other)).isNotZero();
      assertThat(first.compareClusteringKey(gone)).isNotZero();
      assertThat(first.partition()).isEqualTo(other.partition()).isEqualTo(gone.partition());
      assertThat(await(store.write(List.of(other, second, gone)))).isEqualTo(DURABLE);
    }
    assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'x', b:1, c:2, d:3]");
  }

  @Test
  void redeliveryChangesNothing() {
    create("(a text, b int, c int, m set<int>, PRIMARY KEY (a, b))");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"), set("c"), set("m"))) {
      Sample[] records = {
        cells(998, "x", 1, 1, List.of(2, 1)),
        cells(999, "x", 2, 1, null),
        tombstone(1000, "x", 2, null, null),
        cells(1500, "x", 1, 3, null),
      };
      for (Sample record : records) {
        assertThat(write(store, record)).containsExactly(DURABLE);
      }
      String everything = "SELECT a, b, c, m, writetime(c) FROM %s.t";
      List<String> before = select(everything);
      assertThat(before).hasSize(1);
      for (Sample record : records) {
        assertThat(write(store, record)).containsExactly(DURABLE);
      }
      assertThat(select(everything)).isEqualTo(before);
    }
  }

  @Test
  void keysThatCassandraCannotHoldAreRejected() {
    create("(a text, b text, c int, PRIMARY KEY (a, b))");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"), set("c"))) {
      String long64 = "k".repeat(66_000);
      assertThat(store.plan(cells(1, "", "", 1)))
          .isEqualTo(new Plan.Rejected(keyspace + ".t: a makes an empty partition key"));
      assertThat(store.plan(cells(1, long64, "", 1))).isInstanceOf(Plan.Rejected.class);
      assertThat(store.plan(cells(1, "x", long64, 1))).isInstanceOf(Plan.Rejected.class);
      assertThat(store.plan(cells(1, "x", MappedRecord.NULL, 1))).isInstanceOf(Plan.Rejected.class);
      assertThat(write(store, cells(1, "x", "", 1))).containsExactly(DURABLE);
    }
  }

  @Test
  void aStatementOfTheUsersIsExecutedRecordByRecord() {
    create("(a text, b int, c int, PRIMARY KEY (a, b))");
    String query =
        cql("INSERT INTO %s.t (a, b, c) VALUES (:k, :b, :\"C\") USING TIMESTAMP :\"__timestamp\";");
    try (CassandraStore store = opened(Wish.query(query), set("k"), set("b"), set("C"))) {
      MappedRecord[] records = {cells(1, "x", 1, 1), cells(2, "x", 1, 2), cells(3, "x", 2, null)};
      assertThat(write(store, records)).containsExactly(DURABLE);
      assertThat(store.plan(cells(4, null, 1, 1))).isInstanceOf(Plan.Rejected.class);
      Row earlier = (Row) store.plan(cells(5, "x", 9, 1));
      Row later = (Row) store.plan(cells(6, "x", 1, null));
      assertThat(earlier.compareClusteringKey(later)).as("the order of the log").isNegative();
      assertThat(store.plan(tombstone(4, "x", 1, null))).isInstanceOf(Plan.Rejected.class);
    }
    assertThat(select("SELECT a, b, c, writetime(c) FROM %s.t"))
        .containsExactly(
            "[a:'x', b:1, c:2, \"writetime(c)\":1700000000000002]",
            "[a:'x', b:2, c:NULL, \"writetime(c)\":NULL]");
    assertThat(refusal(Wish.query(query), set("k"), set("b"), set("C"), set("d"))).isNull();
    assertThat(refusal(Wish.query(query), set("k"), set("b"), set("C"), add("d")))
        .contains("d cannot be with query, whose variables take whole values by =");
    assertThat(refusal(Wish.query(query), set("k"), set("b"))).contains("C is not in the mapping");
  }

  @Test
  void aMappingThatDoesNotFitTheTableIsFatal() {
    create("(a text, b int, \"Cc\" int, l list<int>, f frozen<set<int>>, PRIMARY KEY (a, b))");
    assertThat(refusal(Wish.PLAIN, set("a")))
        .isEqualTo(prefix() + "primary key column b of " + keyspace + ".t is not mapped");
    assertThat(refusal(Wish.PLAIN, set("a"), set("b"), set("cc")))
        .isEqualTo(
            prefix() + "table " + keyspace + ".t has no column cc; it has Cc, and case counts");
    assertThat(refusal(Wish.PLAIN, set("a"), set("b"), add("l"))).contains("list l");
    assertThat(refusal(Wish.PLAIN, set("a"), set("b"), add("f"))).contains("not frozen");
    assertThat(refusal(Wish.PLAIN, set("a"), set("b"), set("l", "x")))
        .contains("field of column l");
    assertThat(refusal(Wish.PLAIN, set("a"), set("b"), set("b"))).contains("assigned twice");
  }

  /** The decoder rejects its records, each by itself; there is nothing to make ready for them. */
  @Test
  void aTopicWithoutAMappingNeedsNoTable() {
    create("(a text, PRIMARY KEY (a))");
    MappedTarget target = target(keyspace, "t", Wish.PLAIN, set("a"));
    try (CassandraStore store = store(cassandra, Map.of("t", List.of(target)))) {
      assertThat(store.covers("other")).isTrue();
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(store.covers("t")).isFalse();
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(store.covers("other")).isTrue();
      assertThat(write(store, cells(1, "x"))).containsExactly(DURABLE);
    }
  }

  private String prefix() {
    return "topic.t." + keyspace + ".t.mapping: ";
  }

  @Test
  void aMissingTableIsCreatedByTheFirstTask() {
    session.execute("DROP KEYSPACE " + keyspace);
    Wish wish =
        Wish.create(
            "a text, day date, ts timestamp, \"V\" double",
            "(a, day), ts DESC",
            "default_time_to_live = 86400");
    MappedTarget wanted = target(keyspace, "t", wish, set("a"), set("day"), set("ts"), set("V"));
    try (CassandraStore other =
            store(cassandra, Map.of("t", List.of(wanted)), false, Clock.systemUTC());
        CassandraStore first = store(cassandra, Map.of("t", List.of(wanted)))) {
      other.covers("t");
      first.covers("t");
      assertThat(open(other)).isInstanceOf(Outcome.Unavailable.class);
      assertThat(open(first)).isEqualTo(DURABLE);
      assertThat(open(other)).isEqualTo(DURABLE);
      assertThat(
              write(other, cells(1, "x", "2026-11-21", 1, 0.5), cells(2, "x", "2026-11-21", 2, 1)))
          .containsExactly(DURABLE);
    }
    assertThat(select("SELECT * FROM %s.t"))
        .containsExactly(
            "[a:'x', day:'2026-11-21', ts:'1970-01-01T00:00:00.002Z', \"V\":1.0]",
            "[a:'x', day:'2026-11-21', ts:'1970-01-01T00:00:00.001Z', \"V\":0.5]");
    assertThat(refusal(Wish.PLAIN, "other", set("a"))).endsWith("other is missing");
  }

  @Test
  void theRestFollowsTheColumnsOfTheTable() {
    create("(a text PRIMARY KEY, b int)");
    try (CassandraStore store = opened(withRest(keyspace, "t", Set.of("no"), set("a")))) {
      MappedRecord early = rest(1, Map.of("b", 1, "a", "other", "c", "early"), "x");
      assertThat(write(store, early)).containsExactly(DURABLE);
      // Planned before the column is there, written after.
      Row waiting = row(store, rest(2, Map.of("b", 2, "c", "two", "d", "new"), "y"));
      session.execute(cql("ALTER TABLE %s.t ADD d text"));
      assertThat(await(store.write(List.of(waiting)))).isEqualTo(DURABLE);
      assertThat(select("SELECT a, b, d FROM %s.t"))
          .containsExactlyInAnyOrder("[a:'x', b:1, d:NULL]", "[a:'y', b:2, d:'new']");
      // A name that was there before its column is looked up again every so often.
      session.execute(cql("ALTER TABLE %s.t ADD c text"));
      clock.forward(Duration.ofSeconds(11));
      assertThat(write(store, early)).containsExactly(DURABLE);
      session.execute(cql("ALTER TABLE %s.t DROP b"));
      until(store, rest(3, Map.of("b", 3, "c", "three"), "z"));
      assertThat(select("SELECT * FROM %s.t"))
          .containsExactlyInAnyOrder(
              "[a:'x', c:'early', d:NULL]",
              "[a:'y', c:NULL, d:'new']",
              "[a:'z', c:'three', d:NULL]");
    }
  }

  @Test
  void aMappedColumnThatIsDroppedHasAMinuteToComeBack() {
    create("(a text PRIMARY KEY, b int)");
    MappedTarget target = target(keyspace, "t", Wish.PLAIN, set("a"), set("b"));
    try (CassandraStore store = TestTables.named(cassandra, Map.of("t", List.of(target)), clock)) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, cells(1, "x", 1))).containsExactly(DURABLE);
      session.execute(cql("ALTER TABLE %s.t DROP b"));
      assertThat(write(store, cells(2, "y", 2))).hasOnlyElementsOfType(Outcome.Unavailable.class);
      session.execute(cql("ALTER TABLE %s.t ADD b int"));
      until(store, cells(2, "y", 2));
      session.execute(cql("ALTER TABLE %s.t DROP b"));
      assertThat(write(store, cells(3, "y", 2))).hasOnlyElementsOfType(Outcome.Unavailable.class);
      clock.forward(Duration.ofMinutes(2));
      assertThat(write(store, cells(3, "y", 2)))
          .singleElement()
          .extracting(outcome -> ((Outcome.Fatal) outcome).reason())
          .isEqualTo(
              "the schema has changed: " + prefix() + "table " + keyspace + ".t has no column b");
    }
  }

  @Test
  void aTableThatIsMadeAnewTakesTheRowsThatWaited() {
    create("(a text PRIMARY KEY, b int)");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"))) {
      assertThat(write(store, cells(1, "x", 1))).containsExactly(DURABLE);
      Row good = row(store, cells(2, "y", 2));
      Row misfit = row(store, cells(3, "y", 300));
      session.execute(cql("DROP TABLE %s.t"));
      assertThat(await(store.write(List.of(good)))).isInstanceOf(Outcome.Unavailable.class);
      create("(a text PRIMARY KEY, b tinyint)");
      Await.until(
          "the table to be taken",
          BOUND,
          () -> await(store.write(List.of(good, misfit))) instanceof Outcome.Mixed);
      assertThat(await(store.write(List.of(good, misfit))))
          .isEqualTo(
              new Outcome.Mixed(
                  List.of(
                      DURABLE,
                      new Outcome.Refused(keyspace + ".t.b (tinyint): must be from -128 to 127"))));
      assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'y', b:2]");
    }
  }

  @Test
  void aTopicThatOnlyMatchesAPatternIsRefusedAloneUntilItsTableIsThere() {
    create("(a text PRIMARY KEY, b int)");
    Wish made = Wish.create("a text, b int", "a", "");
    Map<String, List<MappedTarget>> targets =
        Map.of(
            "t", List.of(target(keyspace, "t", Wish.PLAIN, set("a"), set("b"))),
            "missing", List.of(target(keyspace, "missing", Wish.PLAIN, set("a"), set("b"))),
            "no-name", List.of(target(keyspace, "no-name", made, set("a"), set("b"))),
            "misfit", List.of(target(keyspace, "t", Wish.PLAIN, set("a"), set("c"))),
            "endless", List.of(target(keyspace, "t", Wish.ttl(630_000_000), set("a"))));
    try (CassandraStore store = store(cassandra, targets, true, clock)) {
      for (String topic : List.of("missing", "no-name", "misfit", "endless", "t")) {
        assertThat(store.covers(topic)).isFalse();
        assertThat(open(store)).isEqualTo(DURABLE);
        assertThat(store.covers(topic)).isTrue();
      }
      assertThat(refused(store, "missing")).endsWith(keyspace + ".missing is missing");
      assertThat(refused(store, "no-name")).contains(keyspace + ".no-name cannot be created: ");
      assertThat(refused(store, "misfit")).endsWith("has no column c");
      assertThat(refused(store, "endless")).contains("ttl ends after the last date");
      assertThat(write(store, cells(1, "x", 1))).containsExactly(DURABLE);

      session.execute(cql("CREATE TABLE %s.missing (a text PRIMARY KEY, b int)"));
      clock.forward(Duration.ofSeconds(10));
      assertThat(store.covers("missing")).isFalse();
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(store.covers("missing")).isTrue();
      assertThat(write(store, cells("missing", 1, "y", 2))).containsExactly(DURABLE);
    }
    assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'x', b:1]");
    assertThat(select("SELECT * FROM %s.missing")).containsExactly("[a:'y', b:2]");
  }

  private static String refused(CassandraStore store, String topic) {
    return ((Plan.Rejected) store.plan(cells(topic, 1, "x", 1))).reason();
  }

  @Test
  void aTableOfAPatternThatIsDroppedForGoodCostsItsTopicAloneUntilItIsBack() {
    create("(a text PRIMARY KEY, b int)");
    try (CassandraStore store = opened(Wish.PLAIN, set("a"), set("b"))) {
      assertThat(write(store, cells(1, "x", 1))).containsExactly(DURABLE);
      Row first = row(store, cells(2, "y", 2));
      Row second = row(store, cells(3, "y", 3));
      session.execute(cql("DROP TABLE %s.t"));
      assertThat(await(store.write(List.of(first)))).isInstanceOf(Outcome.Unavailable.class);
      assertThat(store.plan(cells(4, "z", 4))).isInstanceOf(Row.class);
      clock.forward(Duration.ofMinutes(2));
      String reason = "the schema has changed: " + prefix() + "table " + keyspace + ".t is missing";
      assertThat(await(store.write(List.of(first, second))))
          .isEqualTo(
              new Outcome.Mixed(List.of(new Outcome.Refused(reason), new Outcome.Refused(reason))));
      assertThat(refused(store, "t")).isEqualTo(reason);
      assertThat(store.covers("t")).isTrue();

      clock.forward(Duration.ofSeconds(10));
      assertThat(store.covers("t")).isFalse();
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(refused(store, "t")).isEqualTo(reason);

      create("(a text PRIMARY KEY, b int)");
      clock.forward(Duration.ofSeconds(10));
      assertThat(store.covers("t")).isFalse();
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, cells(5, "z", 5))).containsExactly(DURABLE);
    }
    assertThat(select("SELECT * FROM %s.t")).containsExactly("[a:'z', b:5]");
  }

  private void until(CassandraStore store, Sample sample) {
    Await.until("the row to be written", BOUND, () -> write(store, sample).contains(DURABLE));
  }

  private void create(String columns) {
    session.execute("CREATE TABLE " + keyspace + ".t " + columns);
  }

  private CassandraStore opened(Wish wish, Assignment... assignments) {
    return opened(target(keyspace, "t", wish, assignments));
  }

  private CassandraStore opened(MappedTarget target) {
    CassandraStore store = store(cassandra, Map.of("t", List.of(target)), true, clock);
    assertThat(open(store)).isEqualTo(DURABLE);
    assertThat(store.covers("t")).isFalse();
    assertThat(open(store)).isEqualTo(DURABLE);
    assertThat(store.covers("t")).isTrue();
    return store;
  }

  /** Why a store cannot be opened, once and for all. */
  private @Nullable String refusal(Wish wish, Assignment... assignments) {
    return refusal(wish, "t", assignments);
  }

  private @Nullable String refusal(Wish wish, String table, Assignment... assignments) {
    MappedTarget target = target(keyspace, table, wish, assignments);
    try (CassandraStore store = TestTables.named(cassandra, Map.of("t", List.of(target)), clock)) {
      return open(store) instanceof Outcome.Fatal fatal ? fatal.reason() : null;
    }
  }

  private String cql(String text) {
    return text.formatted(keyspace);
  }

  private List<String> select(String text) {
    return session.execute(cql(text)).all().stream()
        .map(com.datastax.oss.driver.api.core.cql.Row::getFormattedContents)
        .toList();
  }
}
