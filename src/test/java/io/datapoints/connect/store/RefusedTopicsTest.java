package io.datapoints.connect.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.model.Rule;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefusedTopicsTest {

  private final HandSetClock clock = new HandSetClock();
  private final RefusedTopics refused = new RefusedTopics(Set.of("named"), clock);

  @Test
  void onlyTopicsThatMatchAPatternMayBeRefused() {
    assertThat(refused.mayRefuse("named")).isFalse();
    assertThat(refused.mayRefuse("matched")).isTrue();
  }

  @Test
  void aRefusalHoldsForTenSecondsAndRejectsUntilItIsLookedAtAgain() {
    refused.refuse("t", "no table");
    assertThat(refused.plan("t")).isEqualTo(new Plan.Rejected(Rule.MAPPING, "no table"));
    clock.forward(Duration.ofMillis(9_999));
    assertThat(refused.holds("t")).isTrue();
    clock.forward(Duration.ofMillis(1));
    assertThat(refused.holds("t")).isFalse();
    assertThat(refused.plan("t")).isNotNull();
    refused.accept("t");
    assertThat(refused.plan("t")).isNull();
  }

  @Test
  void aClockThatIsSetBackDelaysNoLook() {
    refused.refuse("t", "no table");
    clock.forward(Duration.ofHours(-1));
    assertThat(refused.holds("t")).isFalse();
  }

  @Test
  void theOldestAreForgottenWhereATransformMakesUpNames() {
    for (int i = 0; i < 1_200; i++) {
      refused.makeRoom();
      refused.refuse("t" + i, "no table");
      clock.forward(Duration.ofMillis(1));
    }
    assertThat(refused.plan("t199")).isNull();
    assertThat(refused.plan("t200")).isNotNull();
    assertThat(refused.plan("t1199")).isNotNull();
  }
}
