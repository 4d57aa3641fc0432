package io.datapoints.connect.http;

import io.datapoints.connect.http.protocol.Answer;
import io.datapoints.connect.http.protocol.Protocol;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers, with the headers that KairosDB's have. Thread safe. */
final class Responder {

  private final Cors cors;
  private volatile boolean closing;

  /** The connections bound their number. */
  private final Set<Discard> discards = ConcurrentHashMap.newKeySet();

  Responder(Cors cors) {
    this.cors = cors;
  }

  /** From now on each answer is the last one on its connection. */
  void closeConnections() {
    closing = true;
  }

  /**
   * Writes an answer, and ends the request and its connection after the client has sent what it
   * has. Does not block. Nobody else may wait for more of the request.
   */
  void writeLast(
      Request request, Response response, Callback callback, Answer answer, Protocol protocol) {
    Callback written = Callback.from(() -> discard(request, callback), callback::failed);
    write(request, response, written, answer.closing(), protocol);
  }

  private void discard(Request request, Callback callback) {
    Discard discard = new Discard(request, callback, discards);
    discards.add(discard);
    discard.run();
  }

  /** Ends connections whose clients go on for too long; now and then. */
  void check() {
    long now = System.nanoTime();
    discards.forEach(each -> each.check(now));
  }

  /** Writes an answer and ends the request. Does not block. */
  void write(
      Request request, Response response, Callback callback, Answer answer, Protocol protocol) {
    Answer.Body body = answer.body(protocol);
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, body.type());
    headers.put(HttpHeader.PRAGMA, "no-cache");
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
    headers.put(HttpHeader.EXPIRES, "0");
    cors.addTo(headers, request.getHeaders());
    answer.headers().forEach(header -> headers.add(header.name(), header.value()));
    if (closing || answer.closes()) {
      headers.put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, ByteBuffer.wrap(body.bytes()), callback);
  }
}
