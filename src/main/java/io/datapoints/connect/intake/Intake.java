package io.datapoints.connect.intake;

import io.datapoints.connect.config.door.IntakeConfig;

/** Takes requests into the log. */
public final class Intake implements AutoCloseable {

  /** An intake in front of a log. */
  public Intake(IntakeConfig config, Log log) {}

  @Override
  public void close() {}
}
