package io.datapoints.connect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineMetricsTest {

  @Test
  void knowsEveryCoreAndTheMemory() {
    List<Point> sample = new MachineMetrics().sample(1_700_000_000_000L);
    assertThat(sample)
        .filteredOn(each -> each.name().equals("machine.cpu.load"))
        .hasSize(Runtime.getRuntime().availableProcessors())
        .allMatch(each -> each.value().doubleValue() >= 0 && each.value().doubleValue() <= 1);
    assertThat(sample)
        .filteredOn(each -> each.name().equals("machine.memory.bytes"))
        .hasSize(2)
        .allMatch(each -> each.value().longValue() > 0);
    assertThat(sample).allMatch(each -> each.timestamp() == 1_700_000_000_000L);
  }

  @Test
  void samplesNeverShareAnInstant() {
    MachineMetrics metrics = new MachineMetrics();
    long first = metrics.sample(1_000).get(0).timestamp();
    long second = metrics.sample(1_000).get(0).timestamp();
    assertThat(second).isGreaterThan(first);
  }
}
