package io.datapoints.connect.config.door;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a Kafka client by Kafka's own names. The text of this record has the names alone,
 * since values may be secrets.
 */
public record ClientSettings(Map<String, String> values) {

  /** Takes a copy. */
  public ClientSettings {
    values = Map.copyOf(values);
  }

  /** These settings with others laid over them. */
  ClientSettings with(ClientSettings others) {
    Map<String, String> all = new TreeMap<>(values);
    all.putAll(others.values);
    return new ClientSettings(all);
  }

  @Override
  public String toString() {
    return new TreeMap<>(values).keySet().toString();
  }
}
