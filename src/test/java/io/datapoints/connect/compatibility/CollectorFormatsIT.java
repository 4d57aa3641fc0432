package io.datapoints.connect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic of each format of texts, in one keyspace, which a KairosDB answers as its own points. */
@ExtendWith(ServersExtension.class)
class CollectorFormatsIT {

  private static final String KEYSPACE = "collector_formats";
  private static final long NOON = 1_700_000_000_000L;

  @Test
  void whatCollectorsWriteIsKairosdbsPoints(Servers servers) throws IOException {
    List<String> reasons =
        List.of(
            reason(
                servers,
                "opentsdb_json",
                Map.of(),
                """
                [{"metric":"sys.load","timestamp":1700000000,"value":18,"tags":{"host":"a b"}},
                 {"metric":"sys.load","timestamp":1700000010123,"value":"1.5","tags":{"host":"a b"}},
                 {"metric":"sys.load","timestamp":1700000020,"value":"x","tags":{"host":"a b"}}]
                """),
            reason(
                servers,
                "telegraf_json",
                Map.of("telegraf.timestamp.unit", "ms"),
                """
                {"fields":{"idle":98.5,"note":"12","up":true},"name":"cpu","tags":{"host":"a"},\
                "timestamp":1700000000123}
                """,
                """
                {"fields":{"idle":97,"big":9007199254740993},"name":"cpu","tags":{"host":"a"},\
                "timestamp":1700000010000}
                {"fields":{"idle":1},"name":"cpu","tags":{"host":"a"}}
                """),
            reason(
                servers,
                "graphite",
                Map.of("graphite.templates", "servers.* .host.resource.measurement*"),
                """
                servers.web1.disk.used.bytes 42 1700000000\r
                plain;host=a 1 1700000000.5\r
                servers.web1.disk.used.bytes nan 1700000010\r
                """),
            reason(
                servers,
                "collectd_json",
                Map.of(),
                """
                [{"values":[1.5,null],"dstypes":["derive","derive"],"dsnames":["rx","tx"],\
                "time":1700000000.250,"interval":10.000,"host":"a","plugin":"interface",\
                "plugin_instance":"eth0","type":"if_octets","type_instance":""},\
                {"values":[1,2],"dstypes":["gauge"],"dsnames":["value"],"time":1700000000.000,\
                "host":"a","plugin":"load","plugin_instance":"","type":"load","type_instance":""}]\
                """),
            reason(
                servers,
                "prometheus_json",
                Map.of(),
                """
                {"labels":{"__name__":"up","job":"a"},"name":"up",\
                "timestamp":"2023-11-14T22:13:20Z","value":"1"}
                {"labels":{"__name__":"up","job":"a"},"name":"up",\
                "timestamp":"2023-11-14T22:13:30Z","value":"NaN"}
                {"labels":{"__name__":"up","job":"a"},"name":"up",\
                "timestamp":"2023-11-14T22:13:40Z","value":"+Inf"}
                """));

    try (KairosServer kairos = servers.kairos(KEYSPACE)) {
      Points points = new Points(kairos);
      assertThat(points.of("sys.load", Map.of("host", "a b")))
          .isEqualTo(Map.of(NOON, "18", NOON + 10_123, "1.5"));
      assertThat(points.of("cpu.idle")).isEqualTo(Map.of(NOON + 123, "98.5", NOON + 10_000, "97"));
      assertThat(points.of("cpu.big")).isEqualTo(Map.of(NOON + 10_000, "9007199254740993"));
      assertThat(points.of("cpu.note")).isEqualTo(Map.of(NOON + 123, "\"12\""));
      assertThat(points.of("cpu.up")).isEqualTo(Map.of(NOON + 123, "\"true\""));
      assertThat(points.of("used.bytes", Map.of("host", "web1", "resource", "disk")))
          .isEqualTo(Map.of(NOON, "42"));
      assertThat(points.of("plain", Map.of("host", "a"))).isEqualTo(Map.of(NOON + 500, "1"));
      assertThat(points.of("interface.if_octets.rx", Map.of("plugin_instance", "eth0")))
          .isEqualTo(Map.of(NOON + 250, "1.5"));
      assertThat(points.of("interface.if_octets.tx")).isEmpty();
      assertThat(points.of("up", Map.of("job", "a"))).isEqualTo(Map.of(NOON, "1"));
      assertThat(points.tags("up").has("__name__")).isFalse();
    }
    assertThat(reasons)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("metric[2](name=sys.load).value is not a finite"),
            reason -> assertThat(reason).contains("metric[1](name=cpu).timestamp is missing."),
            reason ->
                assertThat(reason).contains("line 3 has a value that is not a finite number."),
            reason -> assertThat(reason).contains(".values has another length than .dsnames."),
            reason -> assertThat(reason).contains("metric[2](name=up).value is not a finite"));
  }

  /** Delivers records to a topic of their own; returns the reason of its one dead letter. */
  private static String reason(
      Servers servers, String format, Map<String, String> settings, String... records)
      throws IOException {
    Pipeline pipeline =
        new Pipeline(servers, servers.worker(), "collector-" + format.replace('_', '-'))
            .with("cassandra.keyspace", KEYSPACE)
            .with("record.format", format)
            .withDeadLetters();
    settings.forEach(pipeline::with);
    try (Pipeline running = pipeline.deploy()) {
      running.deliver(records);
      assertThat(running.reasons()).hasSize(1);
      return running.reasons().get(0);
    }
  }
}
