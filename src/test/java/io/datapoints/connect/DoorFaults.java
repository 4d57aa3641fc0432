package io.datapoints.connect;

import io.datapoints.connect.config.door.DoorConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** What the door has against its properties. */
final class DoorFaults {

  private DoorFaults() {}

  /** One text with each fault; none if it would open. */
  static List<String> of(Map<String, String> properties) {
    try {
      DoorConfig.of(properties);
      return List.of();
    } catch (ConfigException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
