package io.datapoints.connect.http;

import io.datapoints.connect.config.door.ConnectionLimits;
import io.datapoints.connect.http.protocol.Answer;
import io.datapoints.connect.http.protocol.Offer;
import io.datapoints.connect.http.protocol.Protocol;
import io.datapoints.connect.intake.Admission;
import io.datapoints.connect.intake.BodyEncoding;
import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.intake.Reservation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;

/**
 * Takes bodies of points, by whichever protocol. Whatever can be refused before the body is read is
 * refused then. Thread safe.
 */
final class Ingestion {

  private final Intake intake;
  private final Answers answers;
  private final Health health;
  private final ConnectionLimits limits;

  /** Those that are not answered; the intake bounds their number. */
  private final Set<Upload> uploads = ConcurrentHashMap.newKeySet();

  private final LongAdder received = new LongAdder();
  private final LongAdder slow = new LongAdder();

  Ingestion(Intake intake, Answers answers, Health health, ConnectionLimits limits) {
    this.intake = intake;
    this.answers = answers;
    this.health = health;
    this.limits = limits;
  }

  /** Begins to read a body, or refuses it. */
  void take(Exchange exchange) {
    Offer offer = exchange.protocol().offer(exchange.request());
    if (offer instanceof Offer.Refused refused) {
      exchange.refuse(refused.answer());
    } else {
      take(exchange, ((Offer.Taken) offer).encoding());
    }
  }

  private void take(Exchange exchange, BodyEncoding encoding) {
    Request request = exchange.request();
    int maxBytes = intake.maxRequestBytes();
    if (request.getLength() > maxBytes) {
      exchange.refuse(Answers.tooLarge(maxBytes));
      return;
    }
    Admission admission = intake.admit(request.getLength());
    if (admission instanceof Admission.Refused refused) {
      exchange.refuse(answers.unavailable(refused.why()));
    } else if (admission instanceof Reservation reservation) {
      // The time that the log takes is bounded by the intake, and is no idleness.
      request.addIdleTimeoutListener(idle -> false);
      Pace pace = new Pace(limits, System.nanoTime());
      Upload upload = new Upload(this, exchange, reservation, encoding, maxBytes, pace);
      uploads.add(upload);
      upload.run();
    }
  }

  void submit(
      Reservation reservation,
      byte[] body,
      int length,
      BodyEncoding encoding,
      Consumer<Outcome> answer) {
    intake.submit(reservation, body, length, encoding, answer);
  }

  Answer answer(Outcome outcome, Protocol protocol) {
    health.learn(outcome);
    return answers.of(outcome, protocol);
  }

  Answer turnAway(Reservation reservation) {
    return answers.unavailable(intake.turnAway(reservation));
  }

  void received(int bytes) {
    received.add(bytes);
  }

  void slow() {
    slow.increment();
  }

  void ended(Upload upload) {
    uploads.remove(upload);
  }

  /** Ends bodies that come too slowly; now and then. */
  void check() {
    long now = System.nanoTime();
    uploads.forEach(upload -> upload.check(now));
  }

  /** Answers all that is not answered. */
  void abandon() {
    uploads.forEach(upload -> upload.abandon(answers.unknown()));
  }

  /** Whether all is answered. */
  boolean isIdle() {
    return uploads.isEmpty();
  }

  /** Bytes of bodies that came. */
  long receivedBytes() {
    return received.sum();
  }

  /** Bodies that came too slowly. */
  long slowBodies() {
    return slow.sum();
  }
}
