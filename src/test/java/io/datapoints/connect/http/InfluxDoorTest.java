package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.http.RawConnection.Answered;
import io.datapoints.connect.http.credentials.ClientFiles;
import io.datapoints.connect.intake.MemoryLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** InfluxDB's line protocol at the door, in the words of its two versions. */
class InfluxDoorTest {

  private static final String LINES =
      """
      cpu,host=a user=1.5,system=2i 1700000000000000000
      cpu,host=a user=2.5 1700000001000000000
      """;

  @TempDir private Path directory;

  private static Answered post(OpenDoor door, String path, String lines) throws IOException {
    return door.post(path, "", lines.getBytes(UTF_8));
  }

  private static List<String> values(OpenDoor door) {
    return door.log.records().stream().map(MemoryLog.Sent::value).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/write", "/write?db=telegraf&rp=", "/api/v2/write?org=o&bucket=b"})
  void eachSeriesOfTheLinesIsARecord(String path) throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = post(door, path, LINES);

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(door.log.records())
          .containsExactly(
              new MemoryLog.Sent(
                  "{\"name\":\"cpu.user\",\"tags\":{\"host\":\"a\"}}",
                  "{\"name\":\"cpu.user\",\"tags\":{\"host\":\"a\"},\"datapoints\":"
                      + "[[1700000000000,1.5,\"double\"],[1700000001000,2.5,\"double\"]]}"),
              new MemoryLog.Sent(
                  "{\"name\":\"cpu.system\",\"tags\":{\"host\":\"a\"}}",
                  "{\"name\":\"cpu.system\",\"tags\":{\"host\":\"a\"},\"datapoints\":"
                      + "[[1700000000000,2,\"long\"]]}"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/write?precision=n, 1700000000000000000",
    "/write?precision=ns, 1700000000000000000",
    "/write?precision=u, 1700000000000000",
    "/write?precision=%C2%B5, 1700000000000000",
    "/write?precision=ms, 1700000000000",
    "/write?precision=s, 1700000000",
    "/write?precision=, 1700000000000000000",
    "/api/v2/write?precision=us, 1700000000000000",
    "/api/v2/write?precision=s, 1700000000",
  })
  void theRequestSaysTheUnitOfItsTimes(String path, String time) throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(post(door, path, "m,h=a f=1 " + time).status()).isEqualTo(204);
      assertThat(values(door)).singleElement().asString().contains("[[1700000000000,1.0,");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/write?precision=d | {\"error\":\"precision must be ns, u, ms, s, m or h.\"}",
        "/api/v2/write?precision=h"
            + " | {\"code\":\"invalid\",\"message\":\"precision must be ns, us, ms or s.\"}",
      })
  void anotherUnitIsRefused(String path, String body) throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = post(door, path, LINES);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo(body);
      assertThat(door.log.records()).isEmpty();
    }
  }

  @Test
  void aLineWithoutATimeHasThatOfTheRequest() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      long before = System.currentTimeMillis();
      assertThat(post(door, "/write", "m,h=a f=1").status()).isEqualTo(204);
      String value = values(door).get(0);
      String time = value.substring(value.indexOf("[[") + 2, value.lastIndexOf(",1.0"));
      assertThat(Long.parseLong(time)).isBetween(before, System.currentTimeMillis());
    }
  }

  @Test
  void badLinesAreCountedAndTheOthersAreStored() throws IOException {
    String some = "m,h=a f=1 0\nbad\nm,h=a f=1e999 0\nm,h=b f=2 0";
    try (OpenDoor door = OpenDoor.with()) {
      Answered first = post(door, "/write", some);
      assertThat(first.status()).isEqualTo(400);
      assertThat(first.body())
          .startsWith("{\"error\":\"partial write: line 2 has no field. ")
          .endsWith(" dropped=2\"}");
      Answered second = post(door, "/api/v2/write", some);
      assertThat(second.status()).isEqualTo(400);
      assertThat(second.body())
          .startsWith("{\"code\":\"invalid\",\"message\":\"partial write: line 2 has no field. ");
      assertThat(values(door)).hasSize(4).allMatch(value -> value.contains("\"h\":"));
    }
  }

  @Test
  void linesThatSayNothingAreNoError() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      for (String nothing : List.of("", "\n", "# a comment\n")) {
        assertThat(post(door, "/write", nothing).status()).isEqualTo(204);
      }
      assertThat(door.log.records()).isEmpty();
    }
  }

  @Test
  void compressedLinesAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(LINES.getBytes(UTF_8));
    }
    try (OpenDoor door = OpenDoor.with()) {
      String gzip = "Content-Encoding: gzip\r\n";
      assertThat(door.post("/write", gzip, bytes.toByteArray()).status()).isEqualTo(204);
      assertThat(door.log.records()).hasSize(2);
      Answered damaged = door.post("/write", gzip, LINES.getBytes(UTF_8));
      assertThat(damaged.status()).isEqualTo(400);
      assertThat(damaged.body()).contains("partial write: The request body is damaged");
      Answered unknown = door.post("/write", "Content-Encoding: br\r\n", new byte[1]);
      assertThat(unknown.status()).isEqualTo(415);
      assertThat(unknown.body()).startsWith("{\"error\":");
    }
  }

  @Test
  void whatTheLogDoesNotTakeIsToBeSentAgain() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      door.log.fail(new IOException("away"));

      Answered answer = post(door, "/api/v2/write", LINES);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isNotNull();
      assertThat(answer.body()).startsWith("{\"code\":\"unavailable\",\"message\":");
    }
  }

  @Test
  void sendersFindOutThatItIsThere() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      for (String method : List.of("GET", "HEAD")) {
        Answered ping = door.ask(method, "/ping", "");
        assertThat(ping.status()).isEqualTo(204);
        assertThat(ping.header("X-Influxdb-Version")).startsWith("1.");
      }
    }
  }

  @Test
  void theStatementThatTelegrafBeginsWithIsAnswered() throws IOException {
    String done = "{\"results\":[{\"statement_id\":0}]}";
    String type = "Content-Type: application/x-www-form-urlencoded\r\n";
    try (OpenDoor door = OpenDoor.with()) {
      Answered form = door.post("/query", type, "q=CREATE+DATABASE+%22telegraf%22".getBytes(UTF_8));
      assertThat(form.status()).isEqualTo(200);
      assertThat(form.body()).isEqualTo(done);
      assertThat(door.post("/query?q=create%20database%20a", type, new byte[0]).body())
          .isEqualTo(done);
      assertThat(door.get("/query?q=CREATE%20DATABASE%20a").body()).isEqualTo(done);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q=SHOW+DATABASES", "q=DROP+DATABASE+a", "q=created", "x=y", ""})
  void otherStatementsAreForADatabase(String form) throws IOException {
    String type = "Content-Type: application/x-www-form-urlencoded\r\n";
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = door.post("/query", type, form.getBytes(UTF_8));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).startsWith("{\"error\":");
      assertThat(door.get("/query?" + form).status()).isEqualTo(403);
    }
  }

  @Test
  void aFormIsShort() throws IOException {
    String type = "Content-Type: application/x-www-form-urlencoded\r\n";
    try (OpenDoor door = OpenDoor.with()) {
      byte[] form = ("q=" + "a".repeat(100_000)).getBytes(UTF_8);
      assertThat(door.post("/query", type, form).status()).isEqualTo(400);
      try (RawConnection connection = door.connect()) {
        String chunk = "q=" + "a".repeat(0x2ffe);
        connection.request("POST", "/query", type + "Transfer-Encoding: chunked\r\n");
        assertThat(connection.send("3000\r\n" + chunk + "\r\n0\r\n\r\n").answer().status())
            .isEqualTo(400);
      }
    }
  }

  @Test
  void credentialsAreTakenInEachFormThatSendersHave() throws IOException {
    Path passwords = directory.resolve("passwords");
    Path tokens = directory.resolve("tokens");
    Files.writeString(passwords, ClientFiles.password("ann", "s3cret"));
    Files.writeString(tokens, ClientFiles.token("ann", "t0ken"));
    String basic = Base64.getEncoder().encodeToString("ann:s3cret".getBytes(UTF_8));
    try (OpenDoor door =
        OpenDoor.with(
            "auth", "basic,bearer",
            "auth.basic.file", passwords.toString(),
            "auth.bearer.file", tokens.toString())) {
      assertThat(asks(door, "/write", "Basic " + basic)).isEqualTo(204);
      assertThat(asks(door, "/write?u=ann&p=s3cret", "")).isEqualTo(204);
      assertThat(asks(door, "/write", "Token ann:s3cret")).isEqualTo(204);
      assertThat(asks(door, "/api/v2/write", "Token t0ken")).isEqualTo(204);
      assertThat(asks(door, "/api/v2/write", "Bearer t0ken")).isEqualTo(204);

      assertThat(asks(door, "/write", "")).isEqualTo(401);
      assertThat(asks(door, "/write?u=ann&p=other", "")).isEqualTo(401);
      assertThat(asks(door, "/write?u=ann", "")).isEqualTo(401);
      assertThat(asks(door, "/api/v2/write?u=ann&p=s3cret", "")).isEqualTo(401);
      assertThat(asks(door, "/api/v2/write", "Token other")).isEqualTo(401);
      assertThat(door.get("/query?q=CREATE%20DATABASE%20a").status()).isEqualTo(401);
      assertThat(door.get("/ping").status()).isEqualTo(204);
    }
  }

  private static int asks(OpenDoor door, String path, String authorization) throws IOException {
    String header = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
    return door.post(path, header, LINES.getBytes(UTF_8)).status();
  }

  @Test
  void aDamagedQueryIsRefused() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(post(door, "/write?precision=%zz", LINES).status()).isEqualTo(400);
      assertThat(post(door, "/write?precision=%C3", LINES).status()).isEqualTo(400);
    }
  }
}
