package io.datapoints.connect.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP with one server. */
final class Http {

  private static final Duration BOUND = Duration.ofSeconds(90);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final String root;

  /**
   * @param root {@code http://host:port}
   */
  Http(String root) {
    this.root = root;
  }

  String root() {
    return root;
  }

  ObjectMapper json() {
    return json;
  }

  /** Sends a request and returns whatever comes back. */
  Answer send(String method, String path, @Nullable String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(BOUND)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(method + " " + path, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** One answer; {@code body} may be empty. */
  record Answer(String request, int status, String body) {

    boolean isSuccess() {
      return status / 100 == 2;
    }

    /**
     * This answer, if it is a success.
     *
     * @throws IOException otherwise, with the server's own words
     */
    Answer orFail() throws IOException {
      if (!isSuccess()) {
        throw new IOException(request + " answered " + status + ": " + body);
      }
      return this;
    }
  }

  /** The body as JSON; a missing node if there is none. */
  JsonNode parse(Answer answer) throws IOException {
    return json.readTree(answer.body());
  }
}
