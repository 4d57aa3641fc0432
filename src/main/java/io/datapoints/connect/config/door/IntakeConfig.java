package io.datapoints.connect.config.door;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import io.datapoints.connect.config.setting.SettingGroup;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What the intake takes at a time.
 *
 * @param maxInFlightBytes bytes that are read and not yet acknowledged
 */
public record IntakeConfig(
    int maxRequestBytes,
    long maxInFlightBytes,
    int maxInFlightRequests,
    Duration answerTimeout,
    boolean strict,
    boolean extendedTypes) {

  static final String MAX_IN_FLIGHT_BYTES = "datapoints.http.max.in.flight.bytes";

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "Intake")
        .add(
            MAX_IN_FLIGHT_BYTES,
            ConfigDef.Type.LONG,
            67_108_864L,
            atLeast(1),
            Importance.MEDIUM,
            "Bytes in flight",
            "Bytes that are read and not yet acknowledged.");
  }

  static IntakeConfig from(AbstractConfig config) {
    return new IntakeConfig(
        16_777_216,
        Math.min(config.getLong(MAX_IN_FLIGHT_BYTES), Runtime.getRuntime().maxMemory() / 4),
        1_000,
        Duration.ofSeconds(9),
        false,
        false);
  }
}
