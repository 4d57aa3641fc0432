package io.datapoints.connect.http;

import io.datapoints.connect.config.door.ConnectionLimits;
import io.datapoints.connect.intake.Admission;
import io.datapoints.connect.intake.Compression;
import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.intake.Reservation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Takes bodies of data points. Whatever can be refused before the body is read is refused then.
 * Thread safe.
 */
final class Ingestion {

  private static final String GZIP = "gzip";
  private static final String GZIP_TYPE = "application/gzip";

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
  void take(Exchange exchange, boolean gzipPath) {
    Request request = exchange.request();
    Compression compression = gzipPath ? Compression.GZIP : compression(request.getHeaders());
    if (compression == null) {
      exchange.refuse(Answers.unknownEncoding());
      return;
    }
    int maxBytes = intake.maxRequestBytes();
    if (request.getLength() > maxBytes) {
      exchange.refuse(Answers.tooLarge(maxBytes));
      return;
    }
    Admission admission = intake.admit(request.getLength());
    if (admission instanceof Admission.Refused refused) {
      exchange.refuse(answers.of(refused.why()));
    } else if (admission instanceof Reservation reservation) {
      // The time that the log takes is bounded by the intake, and is no idleness.
      request.addIdleTimeoutListener(idle -> false);
      Pace pace = new Pace(limits, System.nanoTime());
      Upload upload = new Upload(this, exchange, reservation, compression, maxBytes, pace);
      uploads.add(upload);
      upload.run();
    }
  }

  /**
   * As KairosDB tells it: gzip by this word alone, or by the type of the content. Null for an
   * encoding that is not known here.
   */
  private static @Nullable Compression compression(HttpFields headers) {
    String type = headers.get(HttpHeader.CONTENT_TYPE);
    if (type != null && type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals(GZIP_TYPE)) {
      return Compression.GZIP;
    }
    List<String> encodings = headers.getValuesList(HttpHeader.CONTENT_ENCODING);
    if (encodings.isEmpty() || encodings.equals(List.of("identity"))) {
      return Compression.NONE;
    }
    return encodings.size() == 1 && encodings.get(0).equalsIgnoreCase(GZIP)
        ? Compression.GZIP
        : null;
  }

  void submit(
      Reservation reservation,
      byte[] body,
      int length,
      Compression compression,
      Consumer<Outcome> answer) {
    intake.submit(reservation, body, length, compression, answer);
  }

  Answer answer(Outcome outcome) {
    health.learn(outcome);
    return answers.of(outcome);
  }

  Answer turnAway(Reservation reservation) {
    return answers.of(intake.turnAway(reservation));
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
