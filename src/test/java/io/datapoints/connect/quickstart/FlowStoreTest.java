package io.datapoints.connect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.quickstart.CollectedFlow.Pair;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowStoreTest {

  @Test
  void aTableIsAsWideAsItsAddresses() {
    Pair pair = new Pair("2001:db8::1", "192.0.2.1", "udp");
    Instant instant = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(FlowStore.table(pair, List.of(new FlowStore.Stored(instant, 50_000, 53, 1_234.0))))
        .containsExactly(
            "timestamp                 source         port  dest         port  protocol         bytes",
            "2026-01-01T00:00:00.000Z  2001:db8::1   50000  192.0.2.1      53  udp              1,234");
  }
}
