package io.datapoints.connect.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SinkMetricsTest {

  private long now = 1_000;
  private final SinkMetrics metrics =
      new SinkMetrics(Clock.systemUTC(), () -> TimeUnit.MILLISECONDS.toNanos(now));

  private long age() {
    return metrics.value(Metric.OLDEST_UNWRITTEN_AGE_MS).longValue();
  }

  @Test
  void aRecordOnWhichTheTaskThreadHangsHasAnAge() {
    metrics.received(0);
    now += 7_000;
    assertThat(age()).as("nothing came").isZero();
    metrics.received(1);
    now += 5_000;
    assertThat(age()).isEqualTo(5_000);
    metrics.oldestUnwritten(-1);
    assertThat(age()).as("it was done with").isZero();
  }

  @Test
  void anOlderRecordKeepsItsAge() {
    metrics.oldestUnwritten(3_000);
    metrics.received(1);
    now += 5_000;
    assertThat(age()).isEqualTo(8_000);
  }
}
