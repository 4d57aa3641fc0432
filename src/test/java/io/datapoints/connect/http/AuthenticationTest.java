package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.http.RawConnection.Answered;
import io.datapoints.connect.http.credentials.ClientFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {

  private static final String PATH = "/api/v1/datapoints";

  @TempDir private Path directory;
  private Path passwords = Path.of("");
  private Path tokens = Path.of("");

  @BeforeEach
  void files() throws IOException {
    passwords = directory.resolve("passwords");
    tokens = directory.resolve("tokens");
    Files.writeString(passwords, ClientFiles.password("ann", "secret: ü"));
    Files.writeString(tokens, ClientFiles.token("ann", "t0ken"));
  }

  private OpenDoor both(String... more) {
    String[] all = {
      "auth", "basic,bearer",
      "auth.basic.file", passwords.toString(),
      "auth.bearer.file", tokens.toString()
    };
    String[] settings = new String[all.length + more.length];
    System.arraycopy(all, 0, settings, 0, all.length);
    System.arraycopy(more, 0, settings, all.length, more.length);
    return OpenDoor.with(settings);
  }

  private static String basic(String name, String password) {
    String pair = name + ":" + password;
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))
        + "\r\n";
  }

  private static int post(OpenDoor door, String headers) throws IOException {
    return door.post(PATH, headers, OpenDoor.POINT.getBytes(UTF_8)).status();
  }

  @Test
  void oneOfTheSchemesIsEnough() throws IOException {
    try (OpenDoor door = both()) {
      assertThat(post(door, basic("ann", "secret: ü"))).isEqualTo(204);
      assertThat(post(door, basic("ann", "secret: ü"))).isEqualTo(204);
      assertThat(post(door, "Authorization: Bearer t0ken\r\n")).isEqualTo(204);
      assertThat(post(door, "authorization: bearer  t0ken \r\n")).isEqualTo(204);
      assertThat(door.log.records()).hasSize(4);
    }
  }

  @Test
  void whoeverHasNoneIsToldHowAndNothingIsTaken() throws IOException {
    try (OpenDoor door = both();
        RawConnection connection = door.connect()) {
      Answered answer =
          connection
              .request(
                  "POST",
                  PATH,
                  String.join("\r\n", "Expect: 100-continue", "Content-Length: 9", ""))
              .answer();

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).startsWith("{\"errors\":[\"");
      assertThat(answer.headers().get("www-authenticate")).hasSize(2);
      assertThat(door.metric("datapoints_http_authentication_failures_total", "t0ken"))
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Basic YW5uOndyb25n",
    "Basic bm9ib2R5OnNlY3JldA==",
    "Basic ***",
    "Basic",
    "Bearer wrong",
    "Bearer",
    "Digest t0ken",
    "t0ken"
  })
  void wrongCredentialsAreRefused(String authorization) throws IOException {
    try (OpenDoor door = both()) {
      assertThat(post(door, "Authorization: " + authorization + "\r\n")).isEqualTo(401);
      assertThat(door.log.records()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/health/check, 204",
    "GET, /api/v1/health/status, 200",
    "GET, /health/live, 200",
    "GET, /health/ready, 200",
    "GET, /health, 200",
    "OPTIONS, /api/v1/datapoints, 200",
    "GET, /metrics, 401",
    "GET, /api/v1/metrics, 401",
    "GET, /api/v1/version, 401",
    "GET, /api/v1/datapoints/query, 401",
    "GET, /nowhere, 401",
  })
  void healthIsForAnybody(String method, String path, int status) throws IOException {
    try (OpenDoor door = both()) {
      assertThat(door.ask(method, path, "").status()).isEqualTo(status);
    }
  }

  @Test
  void metricsAreForAnybodyWhereASettingSaysSo() throws IOException {
    try (OpenDoor door = both("auth.metrics", "false")) {
      assertThat(door.get("/metrics").status()).isEqualTo(200);
      assertThat(door.get("/api/v1/metrics").status()).isEqualTo(200);
    }
  }

  @Test
  void aBadFileIsNamedByItsPropertyAndLine() throws IOException {
    Files.writeString(passwords, "# clients\nann:secret\n");

    assertThatThrownBy(this::both)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("datapoints.http.auth.basic.file")
        .hasMessageNotContaining("secret");
  }
}
