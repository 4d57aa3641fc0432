package io.datapoints.connect.store.cassandra.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.payload.JsonTexts;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.cassandra.BindingStore;
import io.datapoints.connect.store.cassandra.TestTables;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which rows share a partition. */
class PartitionMemoTest {

  private final BindingStore store = BindingStore.ofTable();
  private long offset;

  private TablePartition partition(Object device) {
    MappedRecord cells = TestTables.cells(offset++, device, offset, 1, 0.5, 7L, "on", true);
    return (TablePartition) ((Row) store.plan(cells)).partition();
  }

  @Test
  void rowsOfEqualKeysShareTheirPartition() {
    TablePartition first = partition("a");
    assertThat(partition(new String("a"))).isSameAs(first);
    assertThat(partition("b")).isNotEqualTo(first);
    assertThat(partition("a")).isSameAs(first);
  }

  @Test
  void aForgottenPartitionEqualsItsSuccessor() {
    TablePartition first = partition("first");
    for (int i = 0; i < 400_000; i++) {
      partition("device " + i);
    }
    assertThat(partition("first")).isNotSameAs(first).isEqualTo(first).hasSameHashCodeAs(first);
  }

  @Test
  void keysThatCollideStayApart() {
    List<String> texts = List.of("AaAa", "BBBB", "AaBB", "BBAa");
    assertThat(texts.stream().map(String::hashCode).distinct()).hasSize(1);
    List<TablePartition> partitions = texts.stream().map(this::partition).toList();
    assertThat(partitions).doesNotHaveDuplicates();
    assertThat(texts.stream().map(this::partition)).containsExactlyElementsOf(partitions);
  }

  /** In a column of texts a JSON number is its literal. */
  @Test
  void equalNumbersWithOtherLiteralsStayApart() {
    JsonTexts json = new JsonTexts(100);
    Object lower = Objects.requireNonNull(json.parse("1e3"));
    Object upper = Objects.requireNonNull(json.parse("1E3"));
    assertThat(lower).isEqualTo(upper);
    assertThat(partition(lower)).isNotEqualTo(partition(upper));
    assertThat(partition(upper)).isNotEqualTo(partition(lower));
  }

  @Test
  void whatMayChangeIsNotKept() {
    assertThat(PartitionMemo.isKeepable(ByteBuffer.allocate(1))).isFalse();
    assertThat(PartitionMemo.isKeepable(List.of(1))).isFalse();
    assertThat(PartitionMemo.isKeepable(Map.of())).isFalse();
    assertThat(PartitionMemo.isKeepable(MappedRecord.MISSING)).isFalse();
    assertThat(PartitionMemo.isKeepable(1L)).isTrue();
    ByteBuffer device = ByteBuffer.wrap(new byte[] {'a'});
    TablePartition first = partition(device);
    assertThat(partition(device)).isEqualTo(first).isNotSameAs(first);
  }
}
