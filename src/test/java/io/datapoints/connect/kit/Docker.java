package io.datapoints.connect.kit;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.function.BooleanSupplier;
import org.testcontainers.DockerClientFactory;

/** Whether containers can be started here. */
public final class Docker {

  private Docker() {}

  /** Whether a Docker answers; asked once a run. */
  static boolean answers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /**
   * Lets the test that calls this be skipped, with the reason on the console, where there is none.
   *
   * @param test what the line on the console calls the test
   */
  public static void assume(String test) {
    assume(test, Docker::answers);
  }

  static void assume(String test, BooleanSupplier docker) {
    if (!docker.getAsBoolean()) {
      String reason = test + " skipped: it runs in containers, and no Docker answers here";
      System.out.println(reason);
      abort(reason);
    }
  }
}
