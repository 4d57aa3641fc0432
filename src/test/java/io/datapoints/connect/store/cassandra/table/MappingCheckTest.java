package io.datapoints.connect.store.cassandra.table;

import static io.datapoints.connect.store.cassandra.TestTables.add;
import static io.datapoints.connect.store.cassandra.TestTables.set;
import static io.datapoints.connect.store.cassandra.TestTables.target;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.clustering;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.partitionKey;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.regular;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.store.cassandra.TestTables.Wish;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a mapping asks of a table that it cannot do. */
class MappingCheckTest {

  private static final LiveTable TABLE =
      new LiveTable(
          "ks",
          "t",
          "id",
          List.of(
              partitionKey("id", "text"),
              clustering("ts", "timestamp"),
              regular("list", "list<int>"),
              regular("value", "double")),
          Map.of(),
          "");

  @Test
  void allComplaintsAreMadeAtOnce() {
    assertThat(check(set("ID"), add("list"), set("value"), set("value")).complaints())
        .containsExactly(
            "topic.t.ks.t.mapping: table ks.t has no column ID; it has id, and case counts",
            "topic.t.ks.t.mapping: += is not for the list list: a replay would add its elements"
                + " again",
            "topic.t.ks.t.mapping: column value is assigned twice",
            "topic.t.ks.t.mapping: primary key column id of ks.t is not mapped",
            "topic.t.ks.t.mapping: primary key column ts of ks.t is not mapped");
  }

  @Test
  void aMappingThatFitsIsLeftAlone() {
    assertThat(check(set("id"), set("ts"), set("value")).complaints()).isEmpty();
  }

  /** CQL can only raise a counter, so an assignment means nothing else. */
  @Test
  void aCounterIsRaisedByEitherSign() {
    LiveTable counters =
        new LiveTable(
            "ks",
            "t",
            "id",
            List.of(partitionKey("id", "text"), regular("n", "counter")),
            Map.of(),
            "");
    for (Assignment raising : List.of(set("n"), add("n"))) {
      MappedTarget off = target("ks", "t", Wish.PLAIN, set("id"), raising);
      MappedTarget on = target("ks", "t", Wish.COUNTERS, set("id"), raising);
      assertThat(new MappingCheck(off, counters).complaints())
          .containsExactly(
              "topic.t.ks.t.mapping: a counter can only be raised where topic.t.ks.t.counters is"
                  + " true, since a replay raises it again");
      assertThat(new MappingCheck(on, counters).complaints()).isEmpty();
      assertThat(TableForm.slots(on, counters)).last().matches(TableSlot::adds);
    }
  }

  /** The server lists such a type by its name, and its columns with the quotes. */
  @Test
  void aFieldOfATypeWhoseNameNeedsQuotesIsFound() {
    LiveTable table =
        new LiveTable(
            "ks",
            "t",
            "id",
            List.of(partitionKey("id", "text"), regular("place", "\"Address\"")),
            Map.of("Address", List.of("city")),
            "");
    assertThat(
            new MappingCheck(target("ks", "t", Wish.PLAIN, set("id"), set("place", "city")), table)
                .complaints())
        .isEmpty();
  }

  private static MappingCheck check(Assignment... assignments) {
    return new MappingCheck(target("ks", "t", Wish.PLAIN, assignments), TABLE);
  }
}
