package io.datapoints.connect.kit;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Which MongoDB tests run against: the one whose connection string stands in the environment
 * variable {@code DATAPOINTS_TEST_MONGODB_URI}; else a container, where Docker answers; else the
 * emulator, unless {@code DATAPOINTS_TEST_MONGODB_REQUIRE=real} forbids that.
 */
public final class MongoChoice {

  static final String URI = "DATAPOINTS_TEST_MONGODB_URI";
  static final String REQUIRE = "DATAPOINTS_TEST_MONGODB_REQUIRE";

  /** The kinds in the order of preference. */
  enum Kind {
    GIVEN,
    CONTAINER,
    EMULATOR
  }

  private MongoChoice() {}

  /** A MongoDB that is yet to be started. */
  public static Mongo make(Path directory, MavenClasspath maven, FreePorts ports) {
    Map<String, String> environment = System.getenv();
    return switch (kind(environment, Docker::answers)) {
      case GIVEN -> new GivenMongo(environment.getOrDefault(URI, ""));
      case CONTAINER -> new MongoInContainer();
      case EMULATOR -> new MongoEmulator(directory, maven, ports, MongoEmulator.TEST);
    };
  }

  /**
   * The kind that the environment asks for.
   *
   * @throws IllegalStateException if only the emulator is at hand, and a real one is required
   */
  static Kind kind(Map<String, String> environment, BooleanSupplier docker) {
    if (!environment.getOrDefault(URI, "").isEmpty()) {
      return Kind.GIVEN;
    }
    if (docker.getAsBoolean()) {
      return Kind.CONTAINER;
    }
    if ("real".equals(environment.get(REQUIRE))) {
      throw new IllegalStateException(
          REQUIRE + " asks for a real MongoDB: set " + URI + ", or make Docker available");
    }
    return Kind.EMULATOR;
  }
}
