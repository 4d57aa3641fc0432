package io.datapoints.connect.http;

import io.datapoints.connect.http.protocol.Answer;
import io.datapoints.connect.http.protocol.Protocol;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request that waits for its answer. It gets the first one that comes, on any thread. */
final class Exchange {

  /** Of a body that may be thrown away at once, each of some KiB. */
  private static final int MOST_PARTS = 16;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Responder responder;
  private final Protocol protocol;
  private final AtomicBoolean answered = new AtomicBoolean();

  /**
   * @param protocol the form of its answer
   */
  Exchange(
      Request request,
      Response response,
      Callback callback,
      Responder responder,
      Protocol protocol) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.responder = responder;
    this.protocol = protocol;
  }

  Request request() {
    return request;
  }

  Protocol protocol() {
    return protocol;
  }

  /** Answers, unless that is done. Does not block. */
  void answer(Answer answer) {
    if (answered.compareAndSet(false, true)) {
      responder.write(request, response, callback, answer, protocol);
    }
  }

  /**
   * Answers, unless that is done, and ends the connection when the client has sent what it has.
   * Does not block. Nobody else may wait for more of the body.
   */
  void answerLast(Answer answer) {
    if (answered.compareAndSet(false, true)) {
      responder.writeLast(request, response, callback, answer, protocol);
    }
  }

  /**
   * Answers before the body is read. What of it is here already is thrown away; where more is to
   * come the connection ends, and a client that waits to be told to send is told not to.
   */
  void refuse(Answer answer) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      answer(answer.closing());
    } else if (!answer.closes() && isReadToEnd()) {
      answer(answer);
    } else {
      answerLast(answer);
    }
  }

  /**
   * Throws away what of the body is here; whether that was all. Jetty's own way fails whatever is
   * read later.
   */
  private boolean isReadToEnd() {
    for (int parts = 0; parts < MOST_PARTS; parts++) {
      Content.Chunk chunk = request.read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        return false;
      }
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        return true;
      }
    }
    return false;
  }
}
