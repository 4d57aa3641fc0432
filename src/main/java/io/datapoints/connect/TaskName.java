package io.datapoints.connect;

import java.util.Map;

/**
 * A task's connector and number.
 *
 * @param connector the connector's name
 * @param id the task's number, from 0
 */
record TaskName(String connector, String id) {

  static TaskName of(Map<String, String> properties) {
    return new TaskName(
        properties.getOrDefault("name", "datapoints"),
        properties.getOrDefault(DatapointSinkConnector.TASK_ID, "0"));
  }

  /** Whether this is the one task that creates missing tables in the store. */
  boolean first() {
    return id.equals("0");
  }

  @Override
  public String toString() {
    return connector + "-" + id;
  }
}
