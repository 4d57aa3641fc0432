package io.datapoints.connect.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.intake.MemoryLog;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.influx.InfluxApiVersion;
import io.micrometer.influx.InfluxConfig;
import io.micrometer.influx.InfluxMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sender of InfluxDB's protocol as it is, in both versions of its API. */
class InfluxSendersTest {

  private static final Pattern TIME = Pattern.compile("\\[\\[\\d{13},");

  /** Settings, with the address of the door. */
  private record Settings(Map<String, String> values) implements InfluxConfig {

    @Override
    public @Nullable String get(String key) {
      return values.get(key);
    }
  }

  private static Settings settings(OpenDoor door, InfluxApiVersion version) {
    Map<String, String> common =
        Map.of(
            "influx.uri", door.address().toString(), "influx.step", "1h", "influx.db", "metrics");
    return version == InfluxApiVersion.V1
        ? new Settings(common)
        : new Settings(
            Map.of(
                "influx.uri",
                door.address().toString(),
                "influx.step",
                "1h",
                "influx.org",
                "example",
                "influx.bucket",
                "metrics",
                "influx.token",
                "t0ken"));
  }

  private static String point(String name, String type, String tag, String value) {
    return "{\"name\":\"%s\",\"tags\":{\"metric_type\":\"%s\",%s},\"datapoints\":[[T,%s,\"double\"]]}"
        .formatted(name, type, tag, value);
  }

  @ParameterizedTest
  @EnumSource(InfluxApiVersion.class)
  void micrometersRegistryPublishes(InfluxApiVersion version) {
    try (OpenDoor door = OpenDoor.with()) {
      InfluxMeterRegistry registry = new InfluxMeterRegistry(settings(door, version), Clock.SYSTEM);
      Gauge.builder("room temperature", () -> 21.5).tag("room", "the, kitchen=").register(registry);
      Counter.builder("requests").tag("path", "/a b").register(registry).increment(3);
      registry.timer("answer", "step", "a=b").record(1_500, TimeUnit.MILLISECONDS);
      registry.close();

      assertThat(door.log.records().stream().map(MemoryLog.Sent::value).map(TIME::matcher))
          .extracting(value -> value.replaceAll("[[T,"))
          .containsExactlyInAnyOrder(
              point("room temperature.value", "gauge", "\"room\":\"the, kitchen=\"", "21.5"),
              point("requests.value", "counter", "\"path\":\"/a b\"", "3.0"),
              point("answer.sum", "histogram", "\"step\":\"a=b\"", "1500.0"),
              point("answer.count", "histogram", "\"step\":\"a=b\"", "1.0"),
              point("answer.mean", "histogram", "\"step\":\"a=b\"", "1500.0"),
              point("answer.upper", "histogram", "\"step\":\"a=b\"", "1500.0"));
    }
  }
}
