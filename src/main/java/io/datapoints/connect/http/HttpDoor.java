package io.datapoints.connect.http;

import io.datapoints.connect.config.door.HttpConfig;
import io.datapoints.connect.intake.Intake;
import java.net.URI;
import java.util.List;

/** The listeners. */
public final class HttpDoor implements AutoCloseable {

  private HttpDoor() {}

  /** Opens the listeners. */
  public static HttpDoor open(HttpConfig config, Intake intake, String version) {
    return new HttpDoor();
  }

  /** Where it listens. */
  public List<URI> addresses() {
    return List.of();
  }

  @Override
  public void close() {}
}
