package io.datapoints.connect.http;

import io.datapoints.connect.config.door.AnswerConfig;
import io.datapoints.connect.http.protocol.Answer;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of some origins write from a browser. Without an origin in the settings no answer says
 * so, and browsers refuse.
 */
final class Cors {

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ONE_DAY = "86400";

  private final boolean any;
  private final List<String> origins;

  Cors(AnswerConfig config) {
    this.any = config.anyOrigin();
    this.origins = config.corsOrigins();
  }

  /** Adds to an answer what a browser looks for. */
  void addTo(HttpFields.Mutable answer, HttpFields request) {
    if (any) {
      answer.put(ALLOW_ORIGIN, "*");
    } else if (!origins.isEmpty()) {
      answer.add("Vary", "Origin");
      String origin = request.get("Origin");
      if (origin != null && origins.contains(origin)) {
        answer.put(ALLOW_ORIGIN, origin);
      }
    }
  }

  /** What OPTIONS is answered; KairosDB's misspelt header beside the right one. */
  Answer preflight(Endpoint endpoint, HttpFields request) {
    Answer answer = Answer.empty(200).with("Allow", endpoint.allowed());
    if (!any && origins.isEmpty()) {
      return answer;
    }
    answer =
        answer
            .with("Access-Control-Max-Age", ONE_DAY)
            .with("Access-Control-Allow-Methods", "POST, GET, OPTIONS");
    answer =
        echo(answer, "Access-Control-Allow-Headers", request.get("Access-Control-Request-Headers"));
    return echo(
        answer, "Access-Control-Allow_Method", request.get("Access-Control-Request-Method"));
  }

  private static Answer echo(Answer answer, String name, @Nullable String value) {
    return value == null ? answer : answer.with(name, value);
  }
}
