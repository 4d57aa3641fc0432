package io.datapoints.connect.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StretchTest {

  private final List<Sample> samples =
      List.of(
          at(0, Map.of()),
          at(1, Map.of("A", counts(0))),
          at(2, Map.of("A", counts(10), "B", counts(0))),
          at(3, Map.of("A", counts(100), "B", counts(20))),
          at(4, Map.of("A", counts(300), "B", counts(220))),
          at(5, Map.of("A", counts(400), "B", counts(400))),
          at(6, Map.of("A", counts(600), "B", counts(420))));

  @Test
  void beginsOnceEachTaskHasWrittenAndEndsBeforeOneHasWrittenTooMuch() {
    Measurement cold = Stretch.between("cold", samples, 2, 0, 600).orElseThrow();

    assertThat(cold.rows()).isEqualTo(400);
    assertThat(cold.elapsed()).isEqualTo(Duration.ofSeconds(1));
    assertThat(cold.clientCpu()).isEqualTo(Duration.ofSeconds(1));
    assertThat(cold.storeCpu()).isEqualTo(Duration.ofSeconds(2));
    assertThat(cold.counts()).isEqualTo(counts(400));
  }

  @Test
  void beginsOnceEachTaskHasWrittenItsShare() {
    Measurement steady = Stretch.between("steady", samples, 2, 400, 1000).orElseThrow();

    assertThat(steady.rows()).isEqualTo(280);
    assertThat(steady.elapsed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void findsNothingWhereItWentByBetweenTwoLooks() {
    assertThat(Stretch.between("steady", samples, 2, 450, 800)).isEmpty();
    assertThat(Stretch.between("of three tasks", samples, 3, 0, 800)).isEmpty();
  }

  @Test
  void countsPartitionsAndIndexRows() {
    assertThat(counts(60).rowsPerRequest()).isEqualTo(4);
    assertThat(counts(60).partitionsPerRequest()).isEqualTo(2);
    assertThat(counts(60).indexRowsPerRow()).isEqualTo(2);
    assertThat(Counts.NONE.rowsPerRequest()).isNaN();
  }

  /** Two rows a batch, two batches a request, two index rows a row. */
  private static Counts counts(double rows) {
    return new Counts(rows, rows / 2, rows / 4, 2 * rows);
  }

  private static Sample at(int second, Map<String, Counts> tasks) {
    return new Sample(
        second * 1_000_000_000L,
        Map.of(),
        tasks,
        Duration.ofSeconds(second),
        Duration.ofSeconds(2L * second));
  }
}
