package io.datapoints.connect.http.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.config.format.InfluxConfig.Precision;
import io.datapoints.connect.intake.BodyFormat;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.model.Rule;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * InfluxDB's API for lines, of its first or second version. Where the lines go, such as a database
 * or a bucket, is said by the door's topic alone.
 */
public final class InfluxProtocol implements Protocol {

  private static final Map<String, Precision> SECOND =
      Map.of("ns", Precision.NS, "us", Precision.US, "ms", Precision.MS, "s", Precision.S);

  private static final Map<String, Precision> FIRST =
      Map.of(
          "n", Precision.NS,
          "ns", Precision.NS,
          "u", Precision.US,
          "us", Precision.US,
          "µ", Precision.US,
          "ms", Precision.MS,
          "s", Precision.S,
          "m", Precision.M,
          "h", Precision.H);

  private final boolean second;

  /**
   * @param second whether it is the second version
   */
  public InfluxProtocol(boolean second) {
    this.second = second;
  }

  /**
   * Those of the header, whose scheme Token stands for a name with a password or for a token; or,
   * as the first version has it, those of the query.
   */
  @Override
  public @Nullable String authorization(Request request) {
    String header = Protocol.super.authorization(request);
    if (header != null) {
      String token = header.strip();
      return token.toLowerCase(Locale.ROOT).startsWith("token ")
          ? token(token.substring("token ".length()).strip())
          : header;
    }
    Fields query = Request.extractQueryParameters(request, UTF_8);
    String user = query.getValue("u");
    return second || user == null ? null : basic(user + ":" + password(query));
  }

  private static String token(String token) {
    return token.indexOf(':') < 0 ? "Bearer " + token : basic(token);
  }

  private static String password(Fields query) {
    String password = query.getValue("p");
    return password == null ? "" : password;
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  @Override
  public Offer offer(Request request) {
    String unit = Request.extractQueryParameters(request, UTF_8).getValue("precision");
    Map<String, Precision> known = second ? SECOND : FIRST;
    Precision precision = unit == null || unit.isEmpty() ? Precision.NS : known.get(unit);
    return precision == null
        ? new Offer.Refused(
            Answer.error(
                400,
                "precision must be " + (second ? "ns, us, ms or s." : "ns, u, ms, s, m or h.")))
        : Encodings.offer(request.getHeaders(), new BodyFormat.Lines(precision));
  }

  @Override
  public Answer stored(long points) {
    return Answer.empty(204);
  }

  /** Senders look for the words "partial write", and do not repeat what is good already. */
  @Override
  public Answer rejected(Outcome.Rejected rejected) {
    if (rejected.rules().equals(Set.of(Rule.NO_VALUE))) {
      return stored(0);
    }
    return Answer.error(
        400,
        "partial write: " + Reasons.first(rejected.reasons()) + " dropped=" + rejected.parts());
  }

  @Override
  public Answer.Body errors(int status, List<String> reasons) {
    String text = String.join(" ", reasons);
    return Answer.Body.json(
        json -> {
          json.writeStartObject();
          if (second) {
            json.writeStringField("code", code(status));
            json.writeStringField("message", text);
          } else {
            json.writeStringField("error", text);
          }
          json.writeEndObject();
        });
  }

  private static String code(int status) {
    return switch (status) {
      case 401 -> "unauthorized";
      case 403 -> "forbidden";
      case 404 -> "not found";
      case 405 -> "method not allowed";
      case 413 -> "request too large";
      case 503 -> "unavailable";
      default -> status < 500 ? "invalid" : "internal error";
    };
  }
}
