package io.datapoints.connect.http;

import io.datapoints.connect.config.door.AnswerConfig;
import io.datapoints.connect.http.protocol.Answer;
import io.datapoints.connect.http.protocol.Protocol;
import io.datapoints.connect.intake.Outcome;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The answers that the door gives, most of them in KairosDB's words. Thread safe. */
final class Answers {

  private final AnswerConfig config;

  Answers(AnswerConfig config) {
    this.config = config;
  }

  /** What became of a body that came by this protocol. */
  Answer of(Outcome outcome, Protocol protocol) {
    if (outcome instanceof Outcome.Stored stored) {
      return protocol.stored(stored.points());
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      return protocol.rejected(rejected);
    }
    if (outcome instanceof Outcome.TooLarge tooLarge) {
      return Answer.error(413, tooLarge.reason());
    }
    return outcome instanceof Outcome.Unavailable why
        ? unavailable(why)
        : Answer.error(500, "The server failed; some of the points may be stored.");
  }

  /** Nothing is known to be stored. */
  Answer unavailable(Outcome.Unavailable why) {
    Answer answer = repeat(why.reason());
    return why.cause() == Outcome.Cause.DRAINING ? answer.closing() : answer;
  }

  /** The client shall come again, and not all clients at once. */
  Answer repeat(String reason) {
    int seconds = ThreadLocalRandom.current().nextInt(config.retryAfterSeconds()) + 1;
    return Answer.error(503, reason).with("Retry-After", Integer.toString(seconds));
  }

  /** At the end of the time to drain. */
  Answer unknown() {
    return repeat("Not all points are known to be stored; send the request again.").closing();
  }

  /** The health check of KairosDB, which has no body. */
  Answer check(boolean ready) {
    if (ready) {
      return Answer.empty(204);
    }
    return Answer.empty(config.exact() ? 500 : 503);
  }

  static Answer notAuthenticated(List<String> challenges) {
    Answer answer = Answer.error(401, "Valid credentials are needed.");
    for (String challenge : challenges) {
      answer = answer.with("WWW-Authenticate", challenge);
    }
    return answer;
  }

  static Answer disabled(String kind) {
    return Answer.json(
        403,
        "{\"errors\": [\"Forbidden: "
            + kind
            + " API methods are disabled on this KairosDB instance.\"]}");
  }

  static Answer notFound() {
    return Answer.error(404, "There is nothing at this path.");
  }

  static Answer notAllowed(Endpoint endpoint) {
    return Answer.error(405, "This path takes " + endpoint.allowed() + ".")
        .with("Allow", endpoint.allowed());
  }

  static Answer tooLarge(int maxBytes) {
    return Answer.error(413, "A body may have " + maxBytes + " bytes at most.").closing();
  }

  static Answer tooSlow() {
    return Answer.error(408, "The body came too slowly.").closing();
  }

  static Answer incomplete() {
    return Answer.error(400, "The body could not be read to its end.").closing();
  }

  static Answer damagedQuery() {
    return Answer.error(400, "The query of the URI cannot be read.");
  }

  /** The version is that of the protocol. */
  static Answer influxPing() {
    return Answer.empty(204).with("X-Influxdb-Build", "OSS").with("X-Influxdb-Version", "1.8.10");
  }

  static Answer longUri() {
    return Answer.error(414, "The URI is too long.").closing();
  }
}
