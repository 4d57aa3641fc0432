package io.datapoints.connect.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.Intakes;
import io.datapoints.connect.intake.MemoryLog;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.intake.Reservation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final Outcome FAILED =
      new Outcome.Unavailable(Outcome.Cause.DEADLINE, "No answer in time.");

  private final MemoryLog log = new MemoryLog();
  private final Intake intake = new Intake(Intakes.config(1_000_000, 10, Intakes.NEVER), log);
  private final AtomicLong now = new AtomicLong(5);
  private final Health health = new Health(intake, now::get);

  @AfterEach
  void close() {
    intake.close();
  }

  private void pass(int seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void halfAMinuteOfFailuresIsAFault() {
    health.learn(FAILED);
    pass(29);
    health.learn(FAILED);
    assertThat(health.ready()).isTrue();

    pass(1);
    health.learn(FAILED);
    assertThat(health.ready()).isFalse();

    health.learn(new Outcome.Stored(1));
    assertThat(health.ready()).isTrue();
  }

  @Test
  void aFaultThatNobodyMeetsAnyMoreIsForgotten() {
    health.learn(FAILED);
    pass(30);
    health.learn(FAILED);
    assertThat(health.ready()).isFalse();

    pass(30);
    assertThat(health.ready()).isTrue();
  }

  @Test
  void refusalsForWantOfRoomAreNoFaultOfTheLog() {
    Outcome noRoom = new Outcome.Unavailable(Outcome.Cause.BYTES, "No room.");
    health.learn(noRoom);
    pass(31);
    health.learn(noRoom);

    assertThat(health.logWorks()).isTrue();
  }

  @Test
  void aMemoryThatWasFullMustBecomeEmptierThanItWas() {
    Reservation most = (Reservation) intake.admit(-1);
    Reservation more = (Reservation) intake.admit(-1);
    assertThat(most.charge(800_000)).isTrue();
    assertThat(health.ready()).isTrue();

    assertThat(more.charge(150_000)).isTrue();
    assertThat(health.ready()).isFalse();
    assertThat(health.hasRoom()).isFalse();

    more.release();
    assertThat(health.ready()).isFalse();

    most.release();
    assertThat(health.ready()).isTrue();
  }

  @Test
  void threadsThatDoNotMoveAreNotLive() {
    pass(9);
    assertThat(health.live()).isTrue();
    pass(1);
    assertThat(health.live()).isFalse();
    health.moved();
    assertThat(health.live()).isTrue();
  }

  @Test
  void aDoorThatClosesIsNotReady() {
    health.drain();

    assertThat(health.ready()).isFalse();
    assertThat(health.live()).isTrue();
  }
}
