package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers, with the headers that KairosDB's have. Thread safe. */
final class Responder {

  private final Cors cors;
  private volatile boolean closing;

  Responder(Cors cors) {
    this.cors = cors;
  }

  /** From now on each answer is the last one on its connection. */
  void closeConnections() {
    closing = true;
  }

  /** Writes an answer and ends the request. Does not block. */
  void write(Request request, Response response, Callback callback, Answer answer) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
    headers.put(HttpHeader.PRAGMA, "no-cache");
    headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
    headers.put(HttpHeader.EXPIRES, "0");
    cors.addTo(headers, request.getHeaders());
    answer.headers().forEach(header -> headers.add(header.name(), header.value()));
    if (closing || answer.closes()) {
      headers.put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, ByteBuffer.wrap(answer.body().getBytes(UTF_8)), callback);
  }
}
