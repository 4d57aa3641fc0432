package io.datapoints.connect.http;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request that waits for its answer. It gets the first one that comes, on any thread. */
final class Exchange {

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Responder responder;
  private final AtomicBoolean answered = new AtomicBoolean();

  Exchange(Request request, Response response, Callback callback, Responder responder) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.responder = responder;
  }

  Request request() {
    return request;
  }

  /** Answers, unless that is done. Does not block. */
  void answer(Answer answer) {
    if (answered.compareAndSet(false, true)) {
      responder.write(request, response, callback, answer);
    }
  }

  /**
   * Answers before the body is read. What of it is here already is thrown away; where more is to
   * come the connection ends, and a client that waits to be told to send is told not to.
   */
  void refuse(Answer answer) {
    boolean kept =
        !answer.closes()
            && !request.getHeaders().contains(HttpHeader.EXPECT)
            && request.consumeAvailable();
    answer(kept ? answer : answer.closing());
  }
}
