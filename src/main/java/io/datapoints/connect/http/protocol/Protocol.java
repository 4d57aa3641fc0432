package io.datapoints.connect.http.protocol;

import io.datapoints.connect.intake.Outcome;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** How one kind of sender speaks. Thread safe. */
public interface Protocol {

  /** The credentials that a request has, as in the header {@code Authorization}; null for none. */
  default @Nullable String authorization(Request request) {
    return request.getHeaders().get(HttpHeader.AUTHORIZATION);
  }

  /** Tells, before the body is read, what it is. */
  Offer offer(Request request);

  /** What a sender is told whose points are all stored. */
  Answer stored(long points);

  /** What a sender is told of whose request parts were refused, and the others stored. */
  Answer rejected(Outcome.Rejected rejected);

  /** The form of all other answers that are no success. */
  Answer.Body errors(int status, List<String> reasons);
}
