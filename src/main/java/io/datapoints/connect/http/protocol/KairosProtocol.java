package io.datapoints.connect.http.protocol;

import io.datapoints.connect.intake.BodyEncoding;
import io.datapoints.connect.intake.BodyFormat;
import io.datapoints.connect.intake.Compression;
import io.datapoints.connect.intake.Outcome;
import java.util.List;
import org.eclipse.jetty.server.Request;

/** KairosDB's API: 204 or a list of errors. */
public final class KairosProtocol implements Protocol {

  private final boolean exact;
  private final boolean gzipOnly;

  /**
   * @param exact whether what cannot be converted is KairosDB's 500
   * @param gzipOnly whether the body is compressed, whatever its headers say
   */
  public KairosProtocol(boolean exact, boolean gzipOnly) {
    this.exact = exact;
    this.gzipOnly = gzipOnly;
  }

  @Override
  public Offer offer(Request request) {
    return gzipOnly
        ? new Offer.Taken(BodyEncoding.ofKairosDb(Compression.GZIP))
        : Encodings.offer(request.getHeaders(), BodyFormat.Plain.KAIROSDB);
  }

  @Override
  public Answer stored(long points) {
    return Answer.empty(204);
  }

  @Override
  public Answer rejected(Outcome.Rejected rejected) {
    return Answer.errors(exact && rejected.unconverted() ? 500 : 400, rejected.reasons());
  }

  @Override
  public Answer.Body errors(int status, List<String> reasons) {
    return Answer.Body.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("errors");
          for (String reason : reasons) {
            json.writeString(reason);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
