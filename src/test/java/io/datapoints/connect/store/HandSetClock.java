package io.datapoints.connect.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that the test sets forward. */
public final class HandSetClock extends Clock {

  private volatile Instant now = Instant.now();

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  /** Lets time pass; one thread sets it. */
  public void forward(Duration time) {
    now = now.plus(time);
  }
}
