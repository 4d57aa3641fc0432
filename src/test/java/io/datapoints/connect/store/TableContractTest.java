package io.datapoints.connect.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.table.TableReader;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the table layout promises beside, from the record to what is stored: missing is not null,
 * and null is not delete.
 */
abstract class TableContractTest extends StoreContractTest {

  /** Covers the table. */
  private static final String WHOLE = "id=key, a=value.a, b=value.place.b";

  private static final String FULL = "{\"a\":1,\"place\":{\"b\":2}}";

  private static final Map<String, Long> STORED = Map.of("a", 1L, "b", 2L);

  private int tables;

  TableContractTest(Servers servers, InetSocketAddress server) {
    super(servers, server, Samples.FLOWS);
  }

  abstract Stores stores();

  /** The settings that make a topic go to a table of an id, its key, and the numbers a and b. */
  abstract Map<String, String> target(String prefix);

  /** What stands before the name of each setting of a target. */
  abstract String prefix(String topic, String table);

  /** What lies in such a table: by id the numbers that are not null. */
  abstract Map<String, Map<String, Long>> rows(String table);

  /** Whether a record of which only the key is known makes a row, as an insert does. */
  abstract boolean makesRowsOfKeysAlone();

  @Override
  int largestBatch() {
    return stores().largestBatch();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRecordWithNoneOfTheFieldsChangesNothing(boolean nullToUnset) {
    try (Table table = whole(Map.of("nullToUnset", Boolean.toString(nullToUnset)))) {
      table.put("x", FULL);
      for (String other : List.of("{\"note\":\"n\"}", "{\"place\":5}", "{}")) {
        table.put("x", other);
        table.put("absent", other);
      }
      Map<String, Map<String, Long>> expected = new HashMap<>(Map.of("x", STORED));
      if (makesRowsOfKeysAlone()) {
        expected.put("absent", Map.of());
      }
      assertThat(table.rows()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFieldThatIsMissingLeavesWhatIsStored(boolean nullToUnset) {
    try (Table table = whole(Map.of("nullToUnset", Boolean.toString(nullToUnset)))) {
      table.put("x", FULL);
      table.put("x", "{\"a\":3}");
      assertThat(table.rows()).isEqualTo(Map.of("x", Map.of("a", 3L, "b", 2L)));
      table.put("x", "{\"place\":{\"b\":4}}");
      assertThat(table.rows()).isEqualTo(Map.of("x", Map.of("a", 3L, "b", 4L)));
    }
  }

  @Test
  void aNullLeavesWhatIsStoredUnlessItIsToBeWritten() {
    try (Table table = whole(Map.of())) {
      table.put("x", FULL);
      table.put("x", "{\"a\":null,\"place\":{\"b\":4}}");
      assertThat(table.rows()).isEqualTo(Map.of("x", Map.of("a", 1L, "b", 4L)));
    }
    try (Table table = whole(Map.of("nullToUnset", "false"))) {
      table.put("x", FULL);
      table.put("x", "{\"a\":null,\"place\":{\"b\":4}}");
      assertThat(table.rows()).isEqualTo(Map.of("x", Map.of("b", 4L)));
    }
  }

  @Test
  void aDefaultIsNeverStoredInPlaceOfANull() {
    Schema seven = SchemaBuilder.int32().optional().defaultValue(7).build();
    Schema place = SchemaBuilder.struct().field("b", Schema.INT32_SCHEMA).build();
    Schema schema = SchemaBuilder.struct().field("a", seven).field("place", place).build();
    Struct value = new Struct(schema).put("a", null).put("place", new Struct(place).put("b", 4));
    try (Table table = whole(Map.of())) {
      table.put("x", FULL);
      table.put("x", value);
      assertThat(table.rows()).isEqualTo(Map.of("x", Map.of("a", 1L, "b", 4L)));
    }
    try (Table table = whole(Map.of("nullToUnset", "false"))) {
      table.put("x", FULL);
      table.put("x", value);
      assertThat(table.rows()).isEqualTo(Map.of("x", Map.of("b", 4L)));
    }
  }

  @Test
  void aRecordWithoutAValueDeletesTheRowThatItsMappingCovers() {
    try (Table table = whole(Map.of())) {
      table.put("x", FULL);
      table.put("y", FULL);
      for (int replay = 0; replay < 2; replay++) {
        table.put("x", null);
        table.put("absent", null);
        assertThat(table.rows()).isEqualTo(Map.of("y", STORED));
      }
      table.put("x", "{\"a\":5}");
      assertThat(table.rows()).isEqualTo(Map.of("x", Map.of("a", 5L), "y", STORED));
    }
  }

  @Test
  void aRecordWithoutAValueDeletesItsOwnColumnsOfARowThatTopicsShare() {
    try (Table table =
        new Table(Map.of("first", "id=key, a=value.a", "second", "id=key, b=value.b"), Map.of())) {
      table.put("first", "x", "{\"a\":1}");
      table.put("second", "x", "{\"b\":2}");
      for (int replay = 0; replay < 2; replay++) {
        table.put("first", "x", null);
        table.put("first", "absent", null);
        assertThat(table.rows()).isEqualTo(Map.of("x", Map.of("b", 2L)));
      }
      table.put("first", "x", "{\"a\":3}");
      table.put("second", "x", null);
      assertThat(table.rows()).isEqualTo(Map.of("x", Map.of("a", 3L)));
    }
  }

  /** Deletions have write times as changes have. */
  @ParameterizedTest
  @CsvSource({"998, 999", "999, 1000", "123999, 124000"})
  void ofAChangeAndADeletionOfOneMillisecondTheLaterWins(long first, long second) {
    try (Table table = whole(Map.of())) {
      for (int replay = 0; replay < 2; replay++) {
        table.putAt(RECORD_TIME, first, "x", null);
        table.putAt(RECORD_TIME, second, "x", FULL);
        table.putAt(RECORD_TIME, first, "y", FULL);
        table.putAt(RECORD_TIME, second, "y", null);
        assertThat(table.rows()).isEqualTo(Map.of("x", STORED));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereDeletesAreOffNoRecordMakesARowVanish(boolean nullToUnset) {
    Map<String, String> options =
        Map.of("deletesEnabled", "false", "nullToUnset", Boolean.toString(nullToUnset));
    try (Table table = whole(options)) {
      table.put("x", FULL);
      // It is behavior.on.null.values that says what becomes of it.
      assertThat(table.plans("x", null)).containsExactly(Plan.Nothing.NOTHING);
      table.put("x", "{\"a\":null,\"place\":{\"b\":null}}");
      assertThat(table.rows()).isEqualTo(Map.of("x", nullToUnset ? STORED : Map.of()));
    }
  }

  /** What MongoDB has a type for is a number to Cassandra. */
  @Test
  void extendedJsonAndDecimalsAreNumbers() {
    try (Table table =
        new Table(
            Map.of("whole", "id=text(ejson(key)), a=ejson(value.a), b=decimal(value.place.b)"),
            Map.of())) {
      table.put("x", "{\"a\":{\"$numberLong\":\"1\"},\"place\":{\"b\":\"2\"}}");
      table.put("y", "{\"a\":{\"$numberInt\":\"1\"},\"place\":{\"b\":2.0}}");
      assertThat(table.rows()).isEqualTo(Map.of("x", STORED, "y", STORED));
    }
  }

  private Table whole(Map<String, String> options) {
    return new Table(Map.of("whole", WHOLE), options);
  }

  /** A table of its own, and a task's way of writing records to it. */
  private final class Table implements AutoCloseable {

    private final String name = "t" + tables++;
    private final TcpProxy proxy = proxy();
    private final TableReader decoder;
    private final Store store;
    private long offset;

    /**
     * @param mappings by topic
     * @param options of each mapping
     */
    Table(Map<String, String> mappings, Map<String, String> options) {
      Map<String, String> settings = new HashMap<>(Map.of("layout", "table"));
      mappings.forEach(
          (topic, mapping) -> {
            String prefix = prefix(topic, name);
            settings.put(prefix + "mapping", mapping);
            settings.putAll(target(prefix));
            options.forEach((option, value) -> settings.put(prefix + option, value));
          });
      decoder = new TableReader(stores().mapping(settings), 1_000_000);
      store = stores().store(proxy, settings);
      assertThat(await(store.open())).isEqualTo(DURABLE);
    }

    void put(String id, @Nullable Object value) {
      put("whole", id, value);
    }

    void put(String topic, String id, @Nullable Object value) {
      putAt(topic, RECORD_TIME + offset, offset++, id, value);
    }

    void putAt(long time, long at, String id, @Nullable Object value) {
      putAt("whole", time, at, id, value);
    }

    private void putAt(String topic, long time, long at, String id, @Nullable Object value) {
      for (Plan plan : plans(new RecordOrigin(topic, 0, at, time), id, value)) {
        if (plan instanceof Row row) {
          assertThat(await(store.write(List.of(row)))).isEqualTo(DURABLE);
        } else {
          assertThat(plan).isEqualTo(Plan.Nothing.NOTHING);
        }
      }
    }

    List<Plan> plans(String id, @Nullable Object value) {
      return plans(new RecordOrigin("whole", 0, offset, RECORD_TIME + offset++), id, value);
    }

    private List<Plan> plans(RecordOrigin origin, String id, @Nullable Object value) {
      List<Sample> samples = new ArrayList<>();
      SinkRecord record = new SinkRecord(origin.topic(), 0, null, id, null, value, origin.offset());
      decoder.read(
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
      return samples.stream().map(store::plan).toList();
    }

    Map<String, Map<String, Long>> rows() {
      return TableContractTest.this.rows(name);
    }

    @Override
    public void close() {
      store.close();
      proxy.close();
    }
  }
}
