package io.datapoints.connect.door;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A client of the door. Thread safe. */
final class DoorClient {

  /** What one answer may take on a busy machine, above every answer timeout of the tests. */
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String root;

  /** A client of the door on this port of the machine. */
  DoorClient(int port) {
    this.root = "http://127.0.0.1:" + port;
  }

  /** One answer. */
  record Answer(int status, Optional<String> retryAfter, String body) {

    private static Answer of(HttpResponse<String> response) {
      return new Answer(
          response.statusCode(), response.headers().firstValue("Retry-After"), response.body());
    }
  }

  /** {@code POST /api/v1/datapoints}. */
  Answer post(String json) throws IOException {
    return send(request("/api/v1/datapoints").POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** The same, without waiting. */
  CompletableFuture<Answer> postLater(String json) {
    return http.sendAsync(
            request("/api/v1/datapoints").POST(HttpRequest.BodyPublishers.ofString(json)).build(),
            HttpResponse.BodyHandlers.ofString())
        .thenApply(Answer::of);
  }

  Answer get(String path) throws IOException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(BOUND);
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    try {
      return Answer.of(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
