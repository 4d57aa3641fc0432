package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.http.RawConnection.Answered;
import io.datapoints.connect.intake.Intakes;
import io.datapoints.connect.kit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDoorTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String PATH = "/api/v1/datapoints";
  private static final byte[] POINT = OpenDoor.POINT.getBytes(UTF_8);

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static void hasKairosDbsHeaders(Answered answer) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/json;charset=utf-8");
    assertThat(answer.header("Pragma")).isEqualTo("no-cache");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(answer.header("Expires")).isEqualTo("0");
  }

  @Test
  void whatIsAnswered204IsInTheLog() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = door.post(PATH, "", POINT);

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      hasKairosDbsHeaders(answer);
      assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
      assertThat(answer.header("Server")).isNull();
      assertThat(door.log.records())
          .singleElement()
          .satisfies(record -> assertThat(record.value()).contains("1600000000000"));
    }
  }

  @Test
  void nothingIsAnsweredBeforeTheLogHasIt() throws Exception {
    try (OpenDoor door = OpenDoor.with();
        RawConnection connection = door.connect()) {
      door.log.hold();
      connection.post(OpenDoor.POINT);
      Await.until("the record", BOUND, () -> door.log.held() == 1);
      assertThat(door.intake.requestsInFlight()).isEqualTo(1);

      door.log.release(null);

      assertThat(connection.answer().status()).isEqualTo(204);
    }
  }

  @Test
  void whatTheLogDoesNotTakeIsToBeSentAgain() throws IOException {
    try (OpenDoor door = OpenDoor.with("retry.after.s", "3")) {
      door.log.fail(new IOException("away"));

      Answered answer = door.post(PATH, "", POINT);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).startsWith("{\"errors\":[\"").doesNotContain("away");
      assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After")))).isBetween(1, 3);
    }
  }

  @Test
  void badPointsAreNamedAndTheGoodOnesAreInTheLog() throws IOException {
    String two =
        "[{\"name\":\"bad\",\"datapoints\":[[1600000000000,1]],\"tags\":{}},"
            + OpenDoor.POINT.substring(1);
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = door.post(PATH, "", two.getBytes(UTF_8));

      assertThat(answer.status()).isEqualTo(400);
      hasKairosDbsHeaders(answer);
      assertThat(new ObjectMapper().readTree(answer.body()).get("errors")).hasSize(1);
      assertThat(door.log.records()).hasSize(1);
    }
  }

  @Test
  void anEmptyBodyIsNoJson() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = door.post(PATH, "", new byte[0]);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).startsWith("{\"errors\":[\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/datapoints | Content-Encoding: gzip",
        "/api/v1/datapoints | Content-Encoding: GZIP",
        "/api/v1/datapoints | Content-Type: application/gzip",
        "/api/v1/datapoints | Content-Type: Application/GZIP; x=y",
        "/api/v1/datapoints/gzip | Content-Type: application/json",
        "/api/v1/datapoints/ | Content-Encoding: gzip",
      })
  void gzipIsToldInThreeWays(String path, String header) throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(door.post(path, header + "\r\n", gzip(POINT)).status()).isEqualTo(204);
      assertThat(door.log.records()).hasSize(1);
      assertThat(door.post(path, header + "\r\n", POINT).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, identity", "snappy", "deflate", "br"})
  void otherEncodingsAreRefusedBeforeTheBodyIsRead(String encoding) throws IOException {
    try (OpenDoor door = OpenDoor.with();
        RawConnection connection = door.connect()) {
      Answered answer =
          connection
              .send(
                  "POST /api/v1/datapoints HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n"
                      + "Expect: 100-continue\r\nContent-Encoding: "
                      + encoding
                      + "\r\n\r\n")
              .answer();

      assertThat(answer.status()).isEqualTo(415);
      assertThat(answer.header("Accept-Encoding")).isEqualTo("gzip");
      assertThat(answer.header("Connection")).isEqualTo("close");
    }
  }

  @Test
  void identityIsNoEncoding() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(door.post(PATH, "Content-Encoding: identity\r\n", POINT).status()).isEqualTo(204);
    }
  }

  @Test
  void aClientThatWaitsToBeToldToSendIsTold() throws IOException {
    try (OpenDoor door = OpenDoor.with();
        RawConnection connection = door.connect()) {
      connection.send(
          "POST /api/v1/datapoints HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
              + POINT.length
              + "\r\n\r\n");
      assertThat(connection.answer().status()).isEqualTo(100);

      assertThat(connection.send(POINT).answer().status()).isEqualTo(204);
    }
  }

  @Test
  void aClientThatWaitsIsToldWhenThereIsNoUse() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      String head = "POST /api/v1/datapoints HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n";
      try (RawConnection connection = door.connect()) {
        Answered answer = connection.send(head + "Content-Length: 1048577\r\n\r\n").answer();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).startsWith("{\"errors\":[");
      }
      door.log.fault("The topic is not there.");
      try (RawConnection connection = door.connect()) {
        Answered answer = connection.send(head + "Content-Length: 9\r\n\r\n").answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("The topic is not there.");
        assertThat(answer.header("Retry-After")).isNotNull();
      }
    }
  }

  @Test
  void aRefusedBodyThatIsHereDoesNotEndTheConnection() throws IOException {
    try (OpenDoor door = OpenDoor.with();
        RawConnection connection = door.connect()) {
      door.log.fault("away");
      assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(503);
      door.log.fault(null);

      assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
    }
  }

  @Test
  void requestsInFlightAreBounded() throws Exception {
    try (OpenDoor door = OpenDoor.with(Intakes.config(64 << 20, 1, Intakes.NEVER));
        RawConnection first = door.connect()) {
      door.log.hold();
      first.post(OpenDoor.POINT);
      Await.until("the record", BOUND, () -> door.log.held() == 1);

      assertThat(door.post(PATH, "", POINT).status()).isEqualTo(503);

      door.log.release(null);
      assertThat(first.answer().status()).isEqualTo(204);
    }
  }

  @Test
  void theVersionIsKairosDbsAndOurs() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = door.get("/api/v1/version");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body())
          .isEqualTo("{\"version\": \"KairosDB 1.3.0 (kafka-connect-datapoints 1.2.3)\"}\n");
      hasKairosDbsHeaders(answer);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/datapoints/index, 204",
    "HEAD, /api/v1/health/check, 204",
    "GET, /, 404",
    "GET, /api/v1, 404",
    "GET, /api/v2/datapoints, 404",
    "PUT, /api/v1/datapoints, 405",
    "GET, /api/v1/datapoints, 405",
    "POST, /api/v1/version, 405",
    "OPTIONS, /api/v1/datapoints, 200",
    "OPTIONS, /nowhere, 404",
  })
  void otherPathsHaveTheirStatus(String method, String path, int status) throws IOException {
    try (OpenDoor door = OpenDoor.with();
        RawConnection connection = door.connect()) {
      Answered answer = connection.request(method, path, "").answer();

      assertThat(answer.status()).isEqualTo(status);
      if (status == 405 || (method.equals("OPTIONS") && status == 200)) {
        assertThat(answer.header("Allow")).contains("OPTIONS");
      }
      if (status >= 400) {
        assertThat(answer.body()).startsWith("{\"errors\":[");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/datapoints/query, QUERY",
    "GET, /api/v1/datapoints/query, QUERY",
    "POST, /api/v1/datapoints/query/tags, QUERY",
    "GET, /api/v1/metricnames, QUERY",
    "GET, /api/v1/tagnames, QUERY",
    "GET, /api/v1/tagvalues, QUERY",
    "GET, /api/v1/metadata/a/b, QUERY",
    "GET, /api/v1/rollups, QUERY",
    "GET, /api/v1/features, QUERY",
    "GET, /api/v1/admin/x, QUERY",
    "OPTIONS, /api/v1/datapoints/query, QUERY",
    "POST, /api/v1/datapoints/delete, DELETE",
    "DELETE, /api/v1/metric/a, DELETE",
  })
  void whatIsNoIngestionIsForbiddenInKairosDbsWords(String method, String path, String kind)
      throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = door.ask(method, path, "");

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body())
          .isEqualTo(
              "{\"errors\": [\"Forbidden: "
                  + kind
                  + " API methods are disabled on this KairosDB instance.\"]}");
    }
  }

  @Test
  void withCorsOptionsAnswersAsKairosDbDoes() throws IOException {
    try (OpenDoor door = OpenDoor.with("cors.origins", "*")) {
      Answered answer =
          door.ask(
              "OPTIONS",
              PATH,
              "Access-Control-Request-Headers: x-a\r\nAccess-Control-Request-Method: POST\r\n");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
      assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo("x-a");
      assertThat(answer.header("Access-Control-Allow_Method")).isEqualTo("POST");
      assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("POST, GET, OPTIONS");
      assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("86400");
      assertThat(door.post(PATH, "", POINT).header("Access-Control-Allow-Origin")).isEqualTo("*");
    }
  }

  @Test
  void onlyNamedOriginsAreLetIn() throws IOException {
    try (OpenDoor door = OpenDoor.with("cors.origins", "https://a.example,https://b.example")) {
      assertThat(
              door.ask("GET", "/api/v1/version", "Origin: https://b.example\r\n")
                  .header("Access-Control-Allow-Origin"))
          .isEqualTo("https://b.example");
      assertThat(
              door.ask("GET", "/api/v1/version", "Origin: https://c.example\r\n")
                  .header("Access-Control-Allow-Origin"))
          .isNull();
    }
  }

  @Test
  void healthIsThatOfTheLogAndTheMemory() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(door.get("/api/v1/health/check").status()).isEqualTo(204);
      assertThat(door.get("/health/ready").status()).isEqualTo(200);
      assertThat(door.get("/api/v1/health/status").body())
          .isEqualTo("[\"Kafka-Producer: OK\",\"Buffer: OK\"]");

      door.log.fault("The topic is not there.");

      assertThat(door.get("/api/v1/health/check").status()).isEqualTo(503);
      assertThat(door.get("/api/v1/health/status").body())
          .isEqualTo("[\"Kafka-Producer: FAIL\",\"Buffer: OK\"]");
      assertThat(door.get("/health/ready").status()).isEqualTo(503);
      assertThat(door.get("/health").body()).contains("unhealthy", "The topic is not there.");
      assertThat(door.get("/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void exactCompatibilityHasKairosDbsStatusOfHealth() throws IOException {
    try (OpenDoor door = OpenDoor.with("compatibility", "exact")) {
      door.log.fault("away");

      assertThat(door.get("/api/v1/health/check").status()).isEqualTo(500);
    }
  }

  @Test
  void jmxTextAndJsonShowTheSameNumbers() throws IOException, JMException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(door.post(PATH, "", POINT).status()).isEqualTo(204);

      assertThat(door.metric("datapoints_http_points_accepted_total")).isEqualTo(1);
      assertThat(door.metric("kairosdb_datapoints_ingested_total")).isEqualTo(1);
      assertThat(door.metric("datapoints_http_answer_seconds_count")).isEqualTo(1);
      assertThat(door.get("/metrics").header("Content-Type")).contains("version=0.0.4");
      assertThat(door.get("/api/v1/metrics").body())
          .contains("{\"name\":\"points-accepted-total\",\"tags\":{},\"value\":1}");
      assertThat(
              ManagementFactory.getPlatformMBeanServer()
                  .getAttribute(
                      new ObjectName("datapoints.connect:type=http-door"), "points-accepted-total"))
          .isEqualTo(1L);
    }
  }

  @Test
  void requestsAreCountedByPathAndStatus() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(door.get("/some/where").status()).isEqualTo(404);
      String name = "datapoints_http_requests_total{path=\"other\",status=\"4xx\"}";

      Await.until(
          "the count",
          BOUND,
          () -> door.get("/metrics").body().lines().anyMatch(line -> line.equals(name + " 1")));
    }
  }

  @Test
  void aPortInUseIsNamedInOneSentence() {
    try (OpenDoor door = OpenDoor.with()) {
      String listeners = "http://127.0.0.1:" + door.address().getPort();

      assertThatThrownBy(() -> OpenDoor.with("listeners", listeners))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("datapoints.http.listeners")
          .hasMessageContaining(listeners)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void severalListenersAreOneDoor() throws IOException {
    try (OpenDoor door = OpenDoor.with("listeners", "http://127.0.0.1:0,http://127.0.0.1:0")) {
      assertThat(door.door.addresses()).hasSize(2).doesNotHaveDuplicates();
      for (int i : List.of(0, 1)) {
        try (RawConnection connection = new RawConnection(door.door.addresses().get(i))) {
          assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
        }
      }
    }
  }
}
