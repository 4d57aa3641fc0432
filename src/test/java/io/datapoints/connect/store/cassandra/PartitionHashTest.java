package io.datapoints.connect.store.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Colliding;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.cassandra.kairosdb.RowKeyCache;
import io.datapoints.connect.store.cassandra.table.TablePartition;
import io.datapoints.connect.store.cassandra.table.TopicTable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Partitions whose contents Java gives one hash: hardly two of them have the same one. */
class PartitionHashTest {

  private static final int KEYS = 1_000;
  private static final long DISTINCT = KEYS - 10;

  private final List<String> texts = Colliding.texts(KEYS);

  @Test
  void rowKeysSpread() {
    RowKeyCache cache = new RowKeyCache(Map.of());
    assertSpread(texts.stream().map(name -> cache.of(new Series(name, Tags.of(Map.of())), 0, "t")));
    Series series = new Series("m", Tags.of(Map.of()));
    assertSpread(Colliding.numbers(KEYS).mapToObj(time -> cache.of(series, time, "t")));
  }

  @Test
  void partitionsOfTablesSpread() {
    TopicTable table =
        TestTables.unopened(
            new ScriptedSession().session(),
            TestTables.target("ks", "table", TestTables.Wish.PLAIN, TestTables.set("a")));
    List<ByteBuffer> columns = texts.stream().map(PartitionHashTest::reversed).toList();
    assertThat(columns.stream().mapToInt(ByteBuffer::hashCode).distinct().count()).isEqualTo(1);
    assertSpread(columns.stream().map(column -> new TablePartition(table, column)));
    assertSpread(columns.stream().map(column -> new TablePartition(table, bytes("a"), column)));
    assertThat(new TablePartition(table, bytes("a"), bytes("b")))
        .isEqualTo(new TablePartition(table, bytes("a"), bytes("b")))
        .hasSameHashCodeAs(new TablePartition(table, bytes("a"), bytes("b")));
  }

  /** Buffers are hashed from their end. */
  private static ByteBuffer reversed(String text) {
    return bytes(new StringBuilder(text).reverse().toString());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static void assertSpread(Stream<? extends PartitionKey> keys) {
    assertThat(keys.map(PartitionKey::hashCode).distinct().count()).isGreaterThan(DISTINCT);
  }
}
