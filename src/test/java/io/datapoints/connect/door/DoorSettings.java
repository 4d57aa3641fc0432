package io.datapoints.connect.door;

import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.WorkerSettings;

/** Workers that have the archive, with a door and without. */
final class DoorSettings {

  static final String EXTENSION = "io.datapoints.connect.DatapointsRestExtension";

  private DoorSettings() {}

  /** A worker that has the archive and names no extension. */
  static WorkerSettings closed(String group) {
    return WorkerSettings.defaults().archive(Servers.archive().orElseThrow()).group(group);
  }

  /** A worker with a door on this port of the machine. */
  static WorkerSettings open(String group, int port, String topic) {
    return closed(group)
        .property("rest.extension.classes", EXTENSION)
        .property("datapoints.http.listeners", "http://127.0.0.1:" + port)
        .property("datapoints.http.topic", topic);
  }
}
