package io.datapoints.connect.http.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.datapoints.connect.intake.BodyFormat;
import io.datapoints.connect.intake.Outcome;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * OpenTSDB's {@code POST /api/put}. Its answers have counts with the parameter {@code summary}, and
 * a text for each bad data point as well with {@code details}; the data point itself is not
 * repeated.
 */
public enum OpenTsdbProtocol implements Protocol {
  /** A status, and an error where there is one. */
  BRIEF,
  /** Counts. */
  SUMMARY,
  /** Counts and texts. */
  DETAILS;

  /** As the query of the request has it, with or without a value. */
  public static OpenTsdbProtocol of(Request request) {
    Fields query = Request.extractQueryParameters(request, UTF_8);
    if (query.getNames().contains("details")) {
      return DETAILS;
    }
    return query.getNames().contains("summary") ? SUMMARY : BRIEF;
  }

  @Override
  public Offer offer(Request request) {
    return Encodings.offer(request.getHeaders(), BodyFormat.Plain.OPENTSDB);
  }

  @Override
  public Answer stored(long points) {
    return this == BRIEF
        ? Answer.empty(204)
        : Answer.json(200, json -> count(json, points, 0, List.of()));
  }

  @Override
  public Answer rejected(Outcome.Rejected rejected) {
    if (this == BRIEF) {
      return Answer.errors(400, rejected.reasons());
    }
    return Answer.json(
        400, json -> count(json, rejected.stored(), rejected.parts(), rejected.reasons()));
  }

  private void count(JsonGenerator json, long good, long bad, List<String> reasons)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("failed", bad);
    json.writeNumberField("success", good);
    if (this == DETAILS) {
      json.writeArrayFieldStart("errors");
      for (String reason : reasons) {
        json.writeStartObject();
        json.writeStringField("error", reason);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  @Override
  public Answer.Body errors(int status, List<String> reasons) {
    return Answer.Body.json(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("error");
          json.writeNumberField("code", status);
          json.writeStringField("message", Reasons.first(reasons));
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
