package io.datapoints.connect.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RecentWritesTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Percentage NEARLY = Percentage.withPercentage(1);

  private long now = -5 * SECOND;
  private final RecentWrites recent = new RecentWrites(now);

  private RecentWrites.Summary after(int seconds) {
    now += seconds * SECOND;
    recent.summarise(now);
    return recent.summary();
  }

  @Test
  void nothingIsNoNumber() {
    assertThat(recent.summary()).isEqualTo(RecentWrites.Summary.NOTHING);
    assertThat(after(1)).isEqualTo(RecentWrites.Summary.NOTHING);
  }

  @Test
  void percentilesAreThoseOfWhatWasMeasured() {
    for (int millis = 1; millis <= 100; millis++) {
      recent.answered(millis * 1_000L, now);
    }
    RecentWrites.Summary summary = after(1);
    assertThat(summary.p50()).isCloseTo(50, NEARLY);
    assertThat(summary.p95()).isCloseTo(95, NEARLY);
    assertThat(summary.p99()).isCloseTo(99, NEARLY);
  }

  @Test
  void whatIsOlderThanAMinuteIsForgottenSliceBySlice() {
    recent.written(100, now);
    recent.answered(80_000, now);
    assertThat(after(30).batchRows()).isEqualTo(100);
    recent.written(50, now);
    recent.answered(20_000, now);
    assertThat(after(1).batchRows()).isEqualTo(75);
    RecentWrites.Summary later = after(30);
    assertThat(later.batchRows()).isEqualTo(50);
    assertThat(later.p99()).isCloseTo(20, NEARLY);
    assertThat(after(30)).isEqualTo(RecentWrites.Summary.NOTHING);
  }

  @Test
  void aLongPauseForgetsEverythingAndGoesOn() {
    recent.written(1, now);
    assertThat(after(100_000)).isEqualTo(RecentWrites.Summary.NOTHING);
    recent.written(3, now);
    assertThat(after(5).batchRows()).isEqualTo(3);
    assertThat(after(50).batchRows()).isEqualTo(3);
    assertThat(after(10)).isEqualTo(RecentWrites.Summary.NOTHING);
  }

  /** The last summary may be as old as the interval of flushes. */
  @Test
  void whatIsRecordedLongAfterTheLastSummaryIsNotForgottenWithIt() {
    recent.answered(80_000, now);
    recent.written(100, now);
    now += 60 * SECOND;
    recent.answered(20_000, now);
    now += 60 * SECOND;
    recent.answered(10_000, now);
    recent.written(50, now);
    RecentWrites.Summary summary = after(55);
    assertThat(summary.p99()).isCloseTo(10, NEARLY);
    assertThat(summary.batchRows()).isEqualTo(50);
    assertThat(after(5)).isEqualTo(RecentWrites.Summary.NOTHING);
  }

  @Test
  void whatIsBeyondTheScaleIsAtItsEnd() {
    recent.answered(0, now);
    assertThat(after(0).p50()).isCloseTo(0.001, within(1e-9));
    recent.answered(Long.MAX_VALUE, now);
    assertThat(after(0).p99()).isCloseTo(3_600_000, NEARLY);
  }

  @Test
  void itIsSummedUpOnceASecondUnlessThatIsAskedFor() {
    recent.written(1, now);
    recent.summariseNowAndThen(now + SECOND - 1);
    assertThat(recent.summary()).isEqualTo(RecentWrites.Summary.NOTHING);
    recent.summariseNowAndThen(now + SECOND);
    assertThat(recent.summary().batchRows()).isEqualTo(1);
  }
}
