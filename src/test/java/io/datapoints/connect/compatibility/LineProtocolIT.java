package io.datapoints.connect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lines as Telegraf writes them to Kafka, which a KairosDB answers as its own points. */
@ExtendWith(ServersExtension.class)
class LineProtocolIT {

  private static final long NOON = 1_700_000_000_000L;

  @Test
  void telegrafsLinesAreKairosdbsPoints(Servers servers) throws IOException {
    try (Pipeline pipeline =
        new Pipeline(servers, servers.worker(), "line-protocol")
            .with("record.format", "influx")
            .withDeadLetters()
            .deploy()) {
      pipeline.deliver(
          """
          cpu,cpu=cpu0,host=web\\ 1 usage_idle=98.5,usage_user=1i 1700000000123456789
          cpu,cpu=cpu0,host=web\\ 1 usage_idle=97.25,usage_user=2i 1700000010000000000
          """,
          """
          disk,host=web\\ 1 used=18446744073709551615u,path="/var" 1700000000000000000
          disk,host=web\\ 1 used= 1700000010000000000
          """);

      try (KairosServer kairos = servers.kairos(pipeline.keyspace())) {
        Points points = new Points(kairos);
        assertThat(points.of("cpu.usage_idle"))
            .isEqualTo(Map.of(NOON + 123, "98.5", NOON + 10_000, "97.25"));
        assertThat(points.of("cpu.usage_user"))
            .isEqualTo(Map.of(NOON + 123, "1", NOON + 10_000, "2"));
        assertThat(points.of("disk.used")).isEqualTo(Map.of(NOON, "1.8446744073709552E19"));
        assertThat(points.of("disk.path")).isEqualTo(Map.of(NOON, "\"/var\""));
      }
      assertThat(pipeline.reasons())
          .singleElement()
          .asString()
          .contains("line 2 has a field without a value.");
    }
  }
}
