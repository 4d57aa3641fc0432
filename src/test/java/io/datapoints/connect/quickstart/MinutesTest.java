package io.datapoints.connect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MinutesTest {

  private static final long END = 1_700_000_000_000L;

  @Test
  void gathersByTheMinute() {
    Minutes minutes = new Minutes(END);
    minutes.add(END - 3_600_000, 1);
    minutes.add(END - 3_540_001, 2);
    minutes.add(END - 1, 7);

    assertThat(minutes.sums()).hasSize(60).startsWith(3, 0).endsWith(0, 7);
    assertThat(minutes.averages()).startsWith(1.5, 0).endsWith(0, 7);
    assertThat(minutes.count()).isEqualTo(3);
  }

  @Test
  void leavesOutWhatIsNotOfTheHour() {
    Minutes minutes = new Minutes(END);
    minutes.add(END - 3_600_001, 1);
    minutes.add(END, 1);

    assertThat(minutes.sums()).containsOnly(0);
    assertThat(minutes.count()).isZero();
  }
}
