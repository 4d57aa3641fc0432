package io.datapoints.connect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChartTest {

  @Test
  void aRisingLineRisesByEighths() {
    assertThat(Chart.draw(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 1))
        .containsExactly("       7.0 ┤▁▂▃▄▅▆▇█");
  }

  @Test
  void theHighestFillsAllLinesAndTheLowestIsStillSeen() {
    assertThat(Chart.draw(new double[] {-10, 90, 40}, 3))
        .containsExactly("      90.0 ┤ █ ", "           ┤ █▅", "     -10.0 ┤▁██");
  }

  @Test
  void aConstantLiesInTheMiddle() {
    assertThat(Chart.draw(new double[] {5, 5}, 2))
        .containsExactly("       5.0 ┤  ", "       5.0 ┤██");
  }

  @Test
  void saysWhenThereIsNothing() {
    assertThat(Chart.draw(new double[0], 3)).containsExactly("(no values)");
  }
}
