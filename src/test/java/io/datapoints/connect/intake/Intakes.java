package io.datapoints.connect.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.door.IntakeConfig;
import io.datapoints.connect.config.format.FormatConfig;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Makes intakes for tests, and hands them bodies. */
public final class Intakes {

  /** Longer than any test waits. */
  public static final Duration NEVER = Duration.ofMinutes(5);

  private Intakes() {}

  /** Settings with so much room. */
  public static IntakeConfig config(long bytes, int requests, Duration answerTimeout) {
    return config(false, bytes, requests, answerTimeout);
  }

  /** Settings with much room, and with the types of extensions. */
  static IntakeConfig extended() {
    return config(true, 64 << 20, 1_000, NEVER);
  }

  private static IntakeConfig config(
      boolean extendedTypes, long bytes, int requests, Duration answerTimeout) {
    return new IntakeConfig(
        new KairosConfig(
            extendedTypes,
            false,
            new Times(TimestampUnit.MS, null),
            new KairosConfig.Ttl(0, false, false)),
        FormatConfig.ofRequests(Map.of()),
        1 << 20,
        bytes,
        requests,
        answerTimeout);
  }

  /** An intake with much room and time. */
  public static Intake of(Log log) {
    return new Intake(config(64 << 20, 1_000, NEVER), log);
  }

  /** Submits a body whose room must be there, and returns its coming answer. */
  static CompletableFuture<Outcome> submit(Intake intake, byte[] body, BodyEncoding encoding) {
    if (!(intake.admit(body.length) instanceof Reservation reservation)) {
      throw new IllegalStateException("there is no room");
    }
    if (!reservation.charge(body.length)) {
      throw new IllegalStateException("there is no room for the body");
    }
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    intake.submit(reservation, body, body.length, encoding, answer::complete);
    return answer;
  }

  static CompletableFuture<Outcome> submit(Intake intake, String body) {
    return submit(intake, body.getBytes(UTF_8), BodyEncoding.ofKairosDb(Compression.NONE));
  }
}
