package io.datapoints.connect.http.protocol;

import io.datapoints.connect.intake.BodyEncoding;
import io.datapoints.connect.intake.BodyFormat;
import io.datapoints.connect.intake.Compression;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.model.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Prometheus' remote write 1.0. Senders of 2.0 fall back to it when they are answered 415; those of
 * VictoriaMetrics' own protocol do the same.
 */
public final class RemoteWriteProtocol implements Protocol {

  private static final String TYPE = "application/x-protobuf";
  private static final String SNAPPY = "snappy";
  private static final String TEXT = "text/plain;charset=utf-8";

  @Override
  public Offer offer(Request request) {
    HttpFields headers = request.getHeaders();
    String type = Encodings.type(headers);
    if (!type.isEmpty() && (!type.equals(TYPE) || isSecond(headers))) {
      return new Offer.Refused(
          Answer.error(
              415, "A body is " + TYPE + " of remote write 1.0 (prometheus.WriteRequest)."));
    }
    List<String> encodings = headers.getValuesList(HttpHeader.CONTENT_ENCODING);
    boolean snappy = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase(SNAPPY);
    return snappy || encodings.isEmpty()
        ? new Offer.Taken(new BodyEncoding(BodyFormat.Plain.REMOTE_WRITE, Compression.NONE))
        : new Offer.Refused(Encodings.unknown(SNAPPY));
  }

  /** A parameter of the type names the message. */
  private static boolean isSecond(HttpFields headers) {
    String type = headers.get(HttpHeader.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).contains("io.prometheus.write.v2");
  }

  @Override
  public Answer stored(long points) {
    return Answer.empty(204);
  }

  /**
   * Values that are no number are counted, and no error: idle summaries have them in every request,
   * and each of those would be an error in the log of the sender, for ever.
   */
  @Override
  public Answer rejected(Outcome.Rejected rejected) {
    return Set.of(Rule.VALUE, Rule.NO_VALUE).containsAll(rejected.rules())
        ? stored(rejected.stored())
        : Answer.errors(400, rejected.reasons());
  }

  /** The sender logs the first line. */
  @Override
  public Answer.Body errors(int status, List<String> reasons) {
    return Answer.Body.text(TEXT, Reasons.first(reasons));
  }
}
