package io.datapoints.connect.http;

import io.datapoints.connect.config.door.HttpSettings;
import io.datapoints.connect.config.door.IntakeConfig;
import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.Intakes;
import io.datapoints.connect.intake.MemoryLog;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A door in front of a log in memory. */
final class OpenDoor implements AutoCloseable {

  static final String POINT =
      "[{\"name\":\"load\",\"datapoints\":[[1600000000000,1]],\"tags\":{\"host\":\"a\"}}]";

  final MemoryLog log = new MemoryLog();
  final Intake intake;
  final HttpDoor door;

  private OpenDoor(IntakeConfig config, Map<String, String> properties) {
    this.intake = new Intake(config, log);
    try {
      this.door = HttpDoor.open(HttpSettings.of(properties), intake, "1.2.3");
    } catch (RuntimeException e) {
      intake.close();
      throw e;
    }
  }

  /**
   * At a free port of this machine.
   *
   * @param namesAndValues of properties, without {@code datapoints.http.}
   */
  static OpenDoor with(String... namesAndValues) {
    return with(Intakes.config(64 << 20, 1_000, Intakes.NEVER), namesAndValues);
  }

  static OpenDoor with(IntakeConfig config, String... namesAndValues) {
    Map<String, String> properties = new HashMap<>();
    properties.put("listeners", "http://127.0.0.1:0");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new OpenDoor(config, properties);
  }

  URI address() {
    return door.addresses().get(0);
  }

  RawConnection connect() throws IOException {
    return new RawConnection(address());
  }

  /** One request on a connection of its own. */
  RawConnection.Answered ask(String method, String path, String headers) throws IOException {
    try (RawConnection connection = connect()) {
      return connection.request(method, path, headers).answer();
    }
  }

  RawConnection.Answered get(String path) throws IOException {
    return ask("GET", path, "");
  }

  RawConnection.Answered post(String path, String headers, byte[] body) throws IOException {
    try (RawConnection connection = connect()) {
      return connection.post(path, headers, body).answer();
    }
  }

  /** The value of a metric in Prometheus' form, by its name and labels. */
  double metric(String name) throws IOException {
    return metric(name, "none");
  }

  /** The same with a token. */
  double metric(String name, String token) throws IOException {
    return ask("GET", "/metrics", "Authorization: Bearer " + token + "\r\n")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IOException("no metric " + name));
  }

  @Override
  public void close() {
    door.close();
    intake.close();
  }
}
