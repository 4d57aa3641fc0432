package io.datapoints.connect.door;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A request as data, so that several servers can be given the same. Each method makes a copy. */
final class Request {

  static final String DATAPOINTS = "/api/v1/datapoints";

  private static final Duration BOUND = Duration.ofSeconds(90);

  private final String method;
  private final String path;
  private final SortedMap<String, String> headers;
  private final byte[] body;
  private final boolean chunked;
  private final boolean alone;

  private Request(
      String method,
      String path,
      SortedMap<String, String> headers,
      byte[] body,
      boolean chunked,
      boolean alone) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
    this.chunked = chunked;
    this.alone = alone;
  }

  /** Without a body. */
  static Request of(String method, String path) {
    return new Request(method, path, new TreeMap<>(), new byte[0], false, false);
  }

  /** A body for the door, without a word about what it is. */
  static Request post(byte[] body) {
    return new Request("POST", DATAPOINTS, new TreeMap<>(), body, false, false);
  }

  /** The same, of a text. */
  static Request post(String body) {
    return post(body.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON, as nearly every client sends it. */
  static Request json(String body) {
    return post(body).with("Content-Type", "application/json");
  }

  Request with(String header, String value) {
    SortedMap<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Request(method, path, more, body, chunked, alone);
  }

  Request method(String other) {
    return new Request(other, path, headers, body, chunked, alone);
  }

  Request path(String other) {
    return new Request(method, other, headers, body, chunked, alone);
  }

  /** With the body in chunks, its length not announced. */
  Request inChunks() {
    return new Request(method, path, headers, body, true, alone);
  }

  /** Never on a connection that another request was on. */
  Request onAConnectionOfItsOwn() {
    return new Request(method, path, headers, body, chunked, true);
  }

  /** With the body compressed; no header says so. */
  Request gzip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Request(method, path, headers, bytes.toByteArray(), chunked, alone);
  }

  /**
   * Sends it.
   *
   * @param root {@code http://host:port}
   */
  Answer to(HttpClient client, String root) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path)).timeout(BOUND).method(method, publisher());
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          (alone ? newClient() : client)
              .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      SortedMap<String, String> answered = new TreeMap<>();
      for (Map.Entry<String, List<String>> each : response.headers().map().entrySet()) {
        answered.put(each.getKey(), String.join(", ", each.getValue()));
      }
      return new Answer(response.statusCode(), answered, response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A client as the requests need it. */
  static HttpClient newClient() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private BodyPublisher publisher() {
    if (chunked) {
      return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }
    return body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
  }

  @Override
  public String toString() {
    return method + " " + path + " " + headers;
  }
}
