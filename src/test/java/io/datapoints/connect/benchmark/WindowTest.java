package io.datapoints.connect.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static final TopicPartition A = new TopicPartition("t", 0);
  private static final TopicPartition B = new TopicPartition("t", 1);

  @Test
  void reachesFromTheFirstCommitToTheLastBeforeTheEnd() {
    List<Sample> samples =
        List.of(
            at(0, Map.of()),
            at(1, Map.of(A, 100L)),
            at(2, Map.of(A, 200L)),
            at(3, Map.of(A, 200L)),
            at(4, Map.of(A, 400L)),
            at(5, Map.of(A, 410L)));

    Measurement measured = Window.in(samples, Map.of(A, 410L)).measurement("case", 10, Counts.NONE);

    assertThat(measured.rows()).isEqualTo(3000);
    assertThat(measured.elapsed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(measured.rowsPerSecond()).isEqualTo(1000, within(1e-6));
    assertThat(measured.clientMicrosPerRow()).isEqualTo(1000, within(1e-6));
    assertThat(measured.storeMicrosPerRow()).isEqualTo(2000, within(1e-6));
  }

  @Test
  void countsWhatATaskHasDoneSinceItsLastCommit() {
    List<Sample> samples =
        List.of(
            at(0, Map.of(A, 100L)),
            at(1, Map.of(A, 100L, B, 100L)),
            at(2, Map.of(A, 300L, B, 100L)),
            at(3, Map.of(A, 300L, B, 300L)),
            at(4, Map.of(A, 500L, B, 300L)),
            at(5, Map.of(A, 500L, B, 500L)));

    Measurement measured =
        Window.in(samples, Map.of(A, 1000L, B, 1000L)).measurement("case", 1, Counts.NONE);

    // Both go at 100 records a second; the window is that from second 1 to second 4.
    assertThat(measured.elapsed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(measured.rowsPerSecond()).isEqualTo(200, within(1e-6));
  }

  @Test
  void endsBeforeTheFirstPartitionRunsOut() {
    List<Sample> samples =
        List.of(
            at(1, Map.of(A, 100L, B, 100L)),
            at(2, Map.of(A, 200L, B, 200L)),
            at(3, Map.of(A, 250L, B, 300L)),
            at(4, Map.of(A, 250L, B, 400L)));

    Measurement measured =
        Window.in(samples, Map.of(A, 250L, B, 900L)).measurement("case", 1, Counts.NONE);

    assertThat(measured.elapsed()).isEqualTo(Duration.ofSeconds(1));
    assertThat(measured.rows()).isEqualTo(200);
  }

  @Test
  void refusesARunThatWasOverTooSoon() {
    List<Sample> samples = List.of(at(1, Map.of(A, 100L)), at(2, Map.of(A, 200L)));

    assertThatIllegalStateException()
        .isThrownBy(() -> Window.in(samples, Map.of(A, 200L)))
        .withMessageContaining("benchmark.rows");
    assertThatIllegalStateException()
        .isThrownBy(() -> Window.in(samples, Map.of(A, 900L, B, 900L)));
  }

  /** By then the worker has used as many seconds of processor time, and Cassandra twice that. */
  private static Sample at(int second, Map<TopicPartition, Long> committed) {
    return new Sample(
        second * 1_000_000_000L,
        committed,
        Map.of(),
        Duration.ofSeconds(second),
        Duration.ofSeconds(2L * second));
  }
}
