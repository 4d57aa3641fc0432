package io.datapoints.connect.store.cassandra.table;

import static io.datapoints.connect.store.cassandra.TestTables.cells;
import static io.datapoints.connect.store.cassandra.TestTables.set;
import static io.datapoints.connect.store.cassandra.TestTables.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.cassandra.BindingStore;
import io.datapoints.connect.store.cassandra.TestTables.Wish;
import io.datapoints.connect.store.cassandra.codec.ValueBytes;
import io.datapoints.connect.store.cassandra.schema.TableDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a row that waits still knows when its table has changed. */
class RowEncodingTest {

  private static final MappedTarget TARGET =
      target("ks", "t", Wish.PLAIN, set("a"), set("b"), set("c"));

  private static RowPlanner planner(DataType b, DataType c) {
    return BindingStore.planner(
        TARGET,
        List.of(
            TableDefinition.partitionKey("a", "text"),
            TableDefinition.regular("b", b.asCql(false, true)),
            TableDefinition.regular("c", c.asCql(false, true))),
        List.of(0),
        DataTypes.TEXT.getProtocolCode(),
        b.getProtocolCode(),
        c.getProtocolCode(),
        DataTypes.BIGINT.getProtocolCode(),
        DataTypes.INT.getProtocolCode());
  }

  private static TableRow row(RowPlanner planner, @Nullable Object... values) {
    Plan plan = planner.plan(cells(1, values), 1, new PartitionMemo(), new ValueBytes());
    assertThat(plan).isInstanceOf(TableRow.class);
    return (TableRow) plan;
  }

  private static List<@Nullable ByteBuffer> bound(TableRow row) {
    BoundStatement statement = row.bound();
    List<@Nullable ByteBuffer> values = new ArrayList<>();
    for (int variable = 0; variable < 3; variable++) {
      values.add(
          statement.isSet(variable) ? statement.getBytesUnsafe(variable) : ByteBuffer.allocate(99));
    }
    return values;
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(DataTypes.ASCII, "x"),
        Arguments.of(DataTypes.BIGINT, Long.MIN_VALUE),
        Arguments.of(DataTypes.BLOB, ByteBuffer.wrap(new byte[] {1, 2})),
        Arguments.of(DataTypes.BOOLEAN, true),
        Arguments.of(DataTypes.DATE, LocalDate.of(1999, 12, 31)),
        Arguments.of(DataTypes.DECIMAL, new BigDecimal("-1.50")),
        Arguments.of(DataTypes.DOUBLE, 0.1),
        Arguments.of(DataTypes.DURATION, "1mo2d3ns"),
        Arguments.of(DataTypes.FLOAT, 1.5f),
        Arguments.of(DataTypes.INET, "2001:db8:0:0:0:0:0:1"),
        Arguments.of(DataTypes.INET, "192.0.2.1"),
        Arguments.of(DataTypes.INT, 7),
        Arguments.of(DataTypes.SMALLINT, (short) -7),
        Arguments.of(DataTypes.TEXT, "é".repeat(1_000)),
        Arguments.of(DataTypes.TIME, LocalTime.of(1, 2, 3, 4)),
        Arguments.of(DataTypes.TIMESTAMP, Instant.ofEpochMilli(1_700_000_000_123L)),
        Arguments.of(DataTypes.TIMEUUID, new UUID(0x0000_0000_0000_1000L, 5)),
        Arguments.of(DataTypes.TINYINT, (byte) 7),
        Arguments.of(DataTypes.UUID, new UUID(1, 2)),
        Arguments.of(DataTypes.VARINT, BigInteger.ONE.shiftLeft(100)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void theValuesOfARowAreThoseOfItsRecord(DataType type, Object value) {
    MappedRecord known = row(planner(DataTypes.INT, type), "key", 1, value).record();
    assertThat(known.value(0)).isEqualTo("key");
    assertThat(known.value(1)).isEqualTo(1);
    assertThat(known.value(2)).isEqualTo(value);
  }

  @Test
  void theThreeKindsOfNothingStayApart() {
    RowPlanner planner = planner(DataTypes.INT, DataTypes.INT);
    assertThat(row(planner, "key", 1, null).record().value(2)).isNull();
    assertThat(row(planner, "key", 1, MappedRecord.NULL).record().value(2))
        .isSameAs(MappedRecord.NULL);
    assertThat(row(planner, "key", 1, MappedRecord.MISSING).record().value(2))
        .isSameAs(MappedRecord.MISSING);
  }

  /** Bytes are what a converter of headers leaves of a text. */
  @Test
  void aBlankTextIsNullForATypeThatIsNoText() {
    ByteBuffer noBytes = ByteBuffer.allocate(0);
    for (Object blank : List.of("", " \t", noBytes)) {
      assertThat(row(planner(DataTypes.TEXT, DataTypes.INT), "key", "x", blank).record().value(2))
          .isNull();
    }
    assertThat(row(planner(DataTypes.INT, DataTypes.TEXT), "key", 1, " ").record().value(2))
        .isEqualTo(" ");
    assertThat(row(planner(DataTypes.INT, DataTypes.ASCII), "key", 1, "").record().value(2))
        .isEqualTo("");
    assertThat(row(planner(DataTypes.INT, DataTypes.BLOB), "key", 1, noBytes).record().value(2))
        .isEqualTo(noBytes);
  }

  @Test
  void aRowIsTheSameForAVersionOfTheSameTypes() {
    TableRow row = row(planner(DataTypes.BIGINT, DataTypes.TEXT), "key", 42L, "x".repeat(300));
    TableRow again = (TableRow) planner(DataTypes.BIGINT, DataTypes.TEXT).again(row);
    assertThat(bound(again)).isEqualTo(bound(row));
    assertThat(again.partition()).hasToString(row.partition().toString());
    assertThat(again.writeTimestamp()).isEqualTo(row.writeTimestamp());
    assertThat(again.compareClusteringKey(row)).isZero();
  }

  @Test
  void aColumnOfAnotherTypeGetsTheValueInThatType() {
    TableRow row = row(planner(DataTypes.INT, DataTypes.TEXT), "key", 42, "7");
    TableRow again = (TableRow) planner(DataTypes.TEXT, DataTypes.INT).again(row);
    assertThat(bound(again))
        .containsExactly(
            ByteBuffer.wrap("key".getBytes(StandardCharsets.UTF_8)),
            ByteBuffer.wrap(new byte[] {'4', '2'}),
            ByteBuffer.allocate(4).putInt(0, 7));
  }

  @Test
  void aValueThatNoLongerFitsIsRejectedWithItsColumn() {
    TableRow row = row(planner(DataTypes.INT, DataTypes.TEXT), "key", 42, "seven");
    assertThat(planner(DataTypes.INT, DataTypes.INT).again(row))
        .isEqualTo(new Plan.Rejected("ks.t.c (int): must be a number"));
  }

  /** Lengths are one byte up to some size, and five from there on. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 249, 250, 251, 252, 255, 256, 70_000})
  void aTextOfAnyLengthIsBoundAsItIs(int length) {
    String text = "t".repeat(length);
    TableRow row = row(planner(DataTypes.TEXT, DataTypes.TEXT), "key", text, null);
    assertThat(row.record().value(1)).isEqualTo(text);
    assertThat(bound(row).get(1))
        .isEqualTo(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** A server counts each against its limits for batches, besides the bytes of the values. */
  @ParameterizedTest
  @CsvSource({
    "blob, 1",
    "frozen<set<int>>, 1",
    "set<int>, 4",
    "'map<int, int>', 4",
    "list<int>, 4",
  })
  void theElementsOfACollectionThatIsNotFrozenAreCells(String type, int cells) {
    int blob = DataTypes.BLOB.getProtocolCode();
    RowPlanner planner =
        BindingStore.planner(
            TARGET,
            List.of(
                TableDefinition.partitionKey("a", "text"),
                TableDefinition.regular("b", type),
                TableDefinition.regular("c", "int")),
            List.of(0),
            DataTypes.TEXT.getProtocolCode(),
            blob,
            DataTypes.INT.getProtocolCode(),
            DataTypes.BIGINT.getProtocolCode(),
            DataTypes.INT.getProtocolCode());
    ByteBuffer three = ByteBuffer.allocate(300).putInt(0, 3);
    assertThat(cellsOf(planner, three, MappedRecord.MISSING)).isEqualTo(cells);
    assertThat(cellsOf(planner, three, MappedRecord.NULL)).isEqualTo(cells + 1);
    assertThat(cellsOf(planner, null, 5)).isEqualTo(1);
    assertThat(row(planner, "key", three, 5).bytes())
        .isEqualTo(row(planner, "key", three, null).bytes() + 4 + 20);
  }

  private static int cellsOf(RowPlanner planner, @Nullable Object b, @Nullable Object c) {
    return planner.encoding().cells(row(planner, "key", b, c).encoded());
  }
}
