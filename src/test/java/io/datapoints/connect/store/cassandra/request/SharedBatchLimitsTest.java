package io.datapoints.connect.store.cassandra.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.cassandra.SharedBatches;
import io.datapoints.connect.store.SharedLimits;
import org.junit.jupiter.api.Test;

class SharedBatchLimitsTest {

  private final SharedBatchLimits limits = new SharedBatchLimits(new SharedBatches(10, 5_000));

  @Test
  void theSettingsHoldUntilAServerRefuses() {
    assertThat(limits.current()).isEqualTo(new SharedLimits(10, 5_000));
  }

  @Test
  void halfOfWhatWasRefusedMayBeSentFromThenOn() {
    limits.tooLarge(8, 4_000);
    assertThat(limits.current()).isEqualTo(new SharedLimits(4, 2_000));
    limits.tooLarge(3, 1_500);
    assertThat(limits.current()).isEqualTo(new SharedLimits(1, 750));
  }

  /** They were under way when the first was refused. */
  @Test
  void whatMayNotBeSentAnyMoreTeachesNothing() {
    limits.tooLarge(10, 4_000);
    limits.tooLarge(9, 3_000);
    limits.tooLarge(4, 2_500);
    limits.tooLarge(6, 1_000);
    assertThat(limits.current()).isEqualTo(new SharedLimits(5, 2_000));
  }
}
