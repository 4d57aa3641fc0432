package io.datapoints.connect.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.door.ConnectionLimits;
import io.datapoints.connect.config.door.HttpSettings;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final ConnectionLimits limits =
      HttpSettings.of(
              Map.of(
                  "listeners", "http://127.0.0.1:0",
                  "min.body.bytes.per.s", "100",
                  "body.timeout.ms", "60000"))
          .limits();
  private final Pace pace = new Pace(limits, at(0));

  private static long at(int seconds) {
    return Long.MAX_VALUE - 5 + TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void aSteadyBodyHasItsTime() {
    for (int second = 10; second <= 60; second += 10) {
      pace.came(1_000);
      assertThat(pace.isTooSlow(at(second))).isFalse();
    }
    pace.came(1_000_000);
    assertThat(pace.isTooSlow(at(61))).isTrue();
  }

  @Test
  void whatCameFastDoesNotMakeUpForWhatTricklesAfterwards() {
    pace.came(1_000_000);
    assertThat(pace.isTooSlow(at(10))).isFalse();

    pace.came(999);
    assertThat(pace.isTooSlow(at(19))).isFalse();
    assertThat(pace.isTooSlow(at(20))).isTrue();
  }
}
