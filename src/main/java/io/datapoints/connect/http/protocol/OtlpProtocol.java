package io.datapoints.connect.http.protocol;

import io.datapoints.connect.format.protobuf.MessageWriter;
import io.datapoints.connect.intake.BodyFormat;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.model.Rule;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/** OpenTelemetry's OTLP over HTTP, which answers in the form of the request. */
public enum OtlpProtocol implements Protocol {
  PROTOBUF("application/x-protobuf", BodyFormat.Plain.OTLP_PROTO),
  JSON("application/json", BodyFormat.Plain.OTLP_JSON);

  /** What tells that a request could not be decoded, or not from some place on. */
  private static final Set<Rule> DAMAGE = Set.of(Rule.SHAPE, Rule.JSON, Rule.GZIP);

  /** {@code ExportMetricsServiceResponse.partial_success}, and its fields. */
  private static final int PARTIAL_SUCCESS = 1;

  private static final int REJECTED_POINTS = 1;
  private static final int ERROR_MESSAGE = 2;

  /** The fields of {@code google.rpc.Status}. */
  private static final int CODE = 1;

  private static final int MESSAGE = 2;

  private final String type;
  private final BodyFormat.Plain format;

  OtlpProtocol(String type, BodyFormat.Plain format) {
    this.type = type;
    this.format = format;
  }

  /** As the type of the content says; Protobuf unless it is JSON. */
  public static OtlpProtocol of(Request request) {
    return Encodings.type(request.getHeaders()).equals(JSON.type) ? JSON : PROTOBUF;
  }

  @Override
  public Offer offer(Request request) {
    return Encodings.type(request.getHeaders()).equals(type)
        ? Encodings.offer(request.getHeaders(), format)
        : new Offer.Refused(
            Answer.error(415, "A body is " + PROTOBUF.type + " or " + JSON.type + "."));
  }

  @Override
  public Answer stored(long points) {
    return Answer.of(
        200, this == JSON ? Answer.Body.text(type, "{}") : new Answer.Body(type, new byte[0]));
  }

  /** The sender must not repeat: neither what is stored nor what is bad. */
  @Override
  public Answer rejected(Outcome.Rejected rejected) {
    if (rejected.rules().equals(Set.of(Rule.NO_VALUE))) {
      return stored(0);
    }
    if (rejected.stored() == 0 && !Collections.disjoint(rejected.rules(), DAMAGE)) {
      return Answer.errors(400, rejected.reasons());
    }
    String message = Reasons.first(rejected.reasons());
    return Answer.of(200, partial(rejected.parts(), message));
  }

  private Answer.Body partial(long parts, String message) {
    if (this == PROTOBUF) {
      MessageWriter response = new MessageWriter();
      int start = response.begin(PARTIAL_SUCCESS);
      response.varint(REJECTED_POINTS, parts);
      response.text(ERROR_MESSAGE, message);
      response.end(start);
      return new Answer.Body(type, response.copy());
    }
    return Answer.Body.json(
        type,
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("partialSuccess");
          json.writeStringField("rejectedDataPoints", Long.toString(parts));
          json.writeStringField("errorMessage", message);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  @Override
  public Answer.Body errors(int status, List<String> reasons) {
    String message = Reasons.first(reasons);
    if (this == PROTOBUF) {
      MessageWriter answer = new MessageWriter();
      answer.varint(CODE, code(status));
      answer.text(MESSAGE, message);
      return new Answer.Body(type, answer.copy());
    }
    return Answer.Body.json(
        type,
        json -> {
          json.writeStartObject();
          json.writeNumberField("code", code(status));
          json.writeStringField("message", message);
          json.writeEndObject();
        });
  }

  /** gRPC's number for a status. */
  private static int code(int status) {
    return switch (status) {
      case 401 -> 16;
      case 403 -> 7;
      case 404 -> 5;
      case 405 -> 12;
      case 408 -> 4;
      case 413 -> 8;
      case 503 -> 14;
      default -> status < 500 ? 3 : 13;
    };
  }
}
