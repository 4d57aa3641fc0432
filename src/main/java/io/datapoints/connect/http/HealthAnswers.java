package io.datapoints.connect.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.datapoints.connect.http.protocol.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** The door's health in the forms that monitors ask for. */
final class HealthAnswers {

  private static final String HEALTHY = "healthy";
  private static final String UNHEALTHY = "unhealthy";

  private HealthAnswers() {}

  /** With details: 200 if all is right, 503 otherwise. */
  static Answer details(Health health) {
    List<Health.Check> checks = health.checks();
    boolean ready = checks.stream().allMatch(Health.Check::holds);
    return Answer.json(ready ? 200 : 503, json -> write(json, ready, checks));
  }

  private static void write(JsonGenerator json, boolean ready, List<Health.Check> checks)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("status", ready ? HEALTHY : UNHEALTHY);
    json.writeStringField("service", "kafka-connect-datapoints");
    json.writeStringField("timestamp", Instant.now().toString());
    json.writeObjectFieldStart("checks");
    for (Health.Check check : checks) {
      json.writeObjectFieldStart(check.name());
      json.writeStringField("status", check.holds() ? HEALTHY : UNHEALTHY);
      if (check.fault() != null) {
        json.writeStringField("message", check.fault());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Whether the threads move. */
  static Answer live(Health health) {
    return health.live()
        ? Answer.json(200, "{\"status\":\"" + HEALTHY + "\"}")
        : Answer.error(503, "The threads of the door do not move.");
  }

  /** KairosDB's form, a text for each check. */
  static Answer status(Health health) {
    return Answer.json(
        200,
        "[\"Kafka-Producer: %s\",\"Buffer: %s\"]"
            .formatted(word(health.logWorks()), word(health.hasRoom())));
  }

  private static String word(boolean holds) {
    return holds ? "OK" : "FAIL";
  }
}
