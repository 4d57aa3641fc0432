package io.datapoints.connect.http.protocol;

import io.datapoints.connect.intake.BodyEncoding;
import io.datapoints.connect.intake.BodyFormat;
import io.datapoints.connect.intake.Compression;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** How the headers of a request say that its body is compressed, and of which type it is. */
final class Encodings {

  private static final String GZIP = "gzip";
  private static final String GZIP_TYPE = "application/gzip";

  private Encodings() {}

  /** A body in this format that is gzip compressed or not, as the headers say. */
  static Offer offer(HttpFields headers, BodyFormat format) {
    Compression compression = compression(headers);
    return compression == null
        ? new Offer.Refused(unknown(GZIP))
        : new Offer.Taken(new BodyEncoding(format, compression));
  }

  /** As KairosDB tells it: gzip by this word alone, or by the type of the content. */
  private static @Nullable Compression compression(HttpFields headers) {
    if (type(headers).equals(GZIP_TYPE)) {
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

  /** The type of the content in lower case, without parameters; empty for none. */
  static String type(HttpFields headers) {
    String type = headers.get(HttpHeader.CONTENT_TYPE);
    return type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
  }

  static Answer unknown(String known) {
    return Answer.error(415, "A body may have the Content-Encoding " + known + ", or none.")
        .with("Accept-Encoding", known);
  }
}
