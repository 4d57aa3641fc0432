package io.datapoints.connect.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StretchTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 0);
  private static final Map<TopicPartition, Long> ENDS = Map.of(PARTITION, 2_000L);

  private final List<Sample> samples =
      List.of(
          at(0, 0, Map.of()),
          at(1, 0, Map.of("A", counts(0))),
          at(2, 0, Map.of("A", counts(20), "B", counts(0))),
          at(3, 100, Map.of("A", counts(100), "B", counts(20))),
          at(4, 100, Map.of("A", counts(300), "B", counts(220))),
          at(5, 1_000, Map.of("A", counts(600), "B", counts(400))),
          at(6, 2_000, Map.of("A", counts(1_200), "B", counts(820))));

  @Test
  void beginsWithTheFirstRowsAndEndsBeforeTooManyAreWritten() {
    Measurement cold = Stretch.between("cold", samples, ENDS, 0, 600).orElseThrow();

    assertThat(cold.rows()).isEqualTo(500);
    assertThat(cold.elapsed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(cold.clientCpu()).isEqualTo(Duration.ofSeconds(2));
    assertThat(cold.storeCpu()).isEqualTo(Duration.ofSeconds(4));
    assertThat(cold.counts()).isEqualTo(counts(500));
  }

  @Test
  void beginsOnceSoManyAreWrittenAndEndsBeforeAPartitionRunsOut() {
    Measurement steady = Stretch.between("steady", samples, ENDS, 500, 5_000).orElseThrow();

    assertThat(steady.rows()).isEqualTo(480);
    assertThat(steady.elapsed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void findsNothingWhereItWentByBetweenTwoLooks() {
    assertThat(Stretch.between("steady", samples, ENDS, 450, 800)).isEmpty();
    assertThat(Stretch.between("late", samples, ENDS, 9_000, 9_999)).isEmpty();
  }

  @Test
  void knowsWhenEachPartitionHasBeenCommittedSoFar() {
    assertThat(Stretch.rowsOnceCommitted(samples, ENDS, 100)).isEqualTo(120);
    assertThat(Stretch.rowsOnceCommitted(samples, ENDS, 101)).isEqualTo(1_000);
    assertThat(Stretch.rowsOnceCommitted(samples, ENDS, 2_001)).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void countsPartitionsAndIndexRows() {
    assertThat(counts(60).rowsPerRequest()).isEqualTo(4);
    assertThat(counts(60).partitionsPerRequest()).isEqualTo(2);
    assertThat(counts(60).indexRowsPerRow()).isEqualTo(2);
    assertThat(Counts.NONE.rowsPerRequest()).isNaN();
  }

  /** Two rows of a partition, two partitions a request, two index rows a row. */
  private static Counts counts(double rows) {
    return new Counts(rows, rows / 2, rows / 4, 2 * rows);
  }

  private static Sample at(int second, long committed, Map<String, Counts> tasks) {
    return new Sample(
        second * 1_000_000_000L,
        Map.of(PARTITION, committed),
        tasks,
        Duration.ofSeconds(second),
        Duration.ofSeconds(2L * second));
  }
}
