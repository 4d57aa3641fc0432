package io.datapoints.connect.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.delivery.offsets.OffsetLedger;
import io.datapoints.connect.delivery.offsets.OffsetRange;
import io.datapoints.connect.delivery.offsets.PendingRecord;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionBufferTest {

  private static final PartitionKey PARTITION = new ScriptedStore.Partition("p");

  private int partitions = 1;

  private final OffsetLedger ledger = new OffsetLedger();
  private final PartitionBuffer buffer = new PartitionBuffer(PARTITION, EngineFixture.BATCHING);

  /** A row of a store that keeps the write of the latest time, not the latest write. */
  private record TimedRow(long key, long time) implements Row {

    @Override
    public PartitionKey partition() {
      return PARTITION;
    }

    @Override
    public int bytes() {
      return 1;
    }

    @Override
    public int heapBytes() {
      return 10;
    }

    @Override
    public int compareClusteringKey(Row other) {
      return Long.compare(key, ((TimedRow) other).key);
    }

    @Override
    public boolean replaces(Row earlier) {
      return time >= ((TimedRow) earlier).time;
    }
  }

  @Test
  void theRowThatTheStoreWouldKeepIsWrittenWhateverCameLast() {
    add(1, 30);
    add(1, 10);
    add(2, 5);
    add(1, 20);
    assertThat(taken()).containsExactly(new TimedRow(1, 30), new TimedRow(2, 5));
  }

  @Test
  void ofOneKafkaPartitionTheLaterRecordIsWrittenHoweverOldItsTimestampIs() {
    add(buffer, new TimedRow(1, 30), 0, 7);
    add(buffer, new TimedRow(1, 10), 0, 9);
    add(buffer, new TimedRow(1, 20), 0, 8);
    assertThat(taken()).containsExactly(new TimedRow(1, 10));
  }

  @Test
  void allRowsThatWereReplacedStandBehindTheOneThatIsWritten() {
    add(1, 10);
    add(1, 30);
    add(1, 20);
    BufferedRow written = buffer.sent(0).entries().get(0);
    List<Row> behind = new ArrayList<>();
    for (BufferedRow next = written.replaced; next != null; next = next.replaced) {
      behind.add(next.row);
    }
    assertThat(written.row).isEqualTo(new TimedRow(1, 30));
    assertThat(behind).containsExactly(new TimedRow(1, 10), new TimedRow(1, 20));
  }

  @Test
  void rowsThatHaveWaitedLongestAreTakenFirstAndInTheOrderOfTheirKeys() {
    for (long key = 9; key > 0; key--) {
      add(key, 0);
    }
    assertThat(taken()).extracting(TimedRow::key).containsExactly(6L, 7L, 8L, 9L);
    assertThat(taken()).extracting(TimedRow::key).containsExactly(2L, 3L, 4L, 5L);
    assertThat(taken()).extracting(TimedRow::key).containsExactly(1L);
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void aStoreThatDoesNotAnswerIsGivenHalfAndNeverLessThanASixteenth() {
    PartitionBuffer large =
        new PartitionBuffer(
            PARTITION,
            new BatchingConfig(
                64, 1_000, Duration.ofMillis(1), 1_000, 1_000, 3, Duration.ofMillis(1)));
    List<Integer> sizes = new ArrayList<>();
    for (long key = 0; key < 64; key++) {
      add(large, key, 0);
    }
    for (int failures = 0; failures < 6; failures++) {
      List<BufferedRow> taken = large.sent(0).entries();
      sizes.add(taken.size());
      large.restore(taken);
      large.tooMuch(taken.size());
    }
    assertThat(sizes).containsExactly(64, 32, 16, 8, 4, 4);
    large.sent(0);
    large.widen();
    assertThat(large.sent(0).entries()).hasSize(8);
  }

  /** A refused row is sought one by one, and an outage in between does not begin that anew. */
  @Test
  void aStoreThatDoesNotAnswerWidensNothing() {
    buffer.narrow(2);
    buffer.tooMuch(1);
    add(1, 0);
    add(2, 0);
    assertThat(taken()).hasSize(1);
  }

  private void add(long key, long time) {
    add(buffer, key, time);
  }

  /** Of a Kafka partition of its own. */
  private void add(PartitionBuffer buffer, long key, long time) {
    add(buffer, new TimedRow(key, time), partitions++, 0);
  }

  private void add(PartitionBuffer buffer, TimedRow row, int partition, long offset) {
    OffsetRange range = ledger.received("t", partition, offset, 0);
    buffer.add(
        new BufferedRow(row, new PendingRecord(EngineFixture.record(partition, offset), range, 1)));
  }

  private List<TimedRow> taken() {
    return buffer.sent(0).entries().stream().map(entry -> (TimedRow) entry.row).toList();
  }
}
