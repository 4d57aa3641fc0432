package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.http.RawConnection.Answered;
import io.datapoints.connect.intake.Intakes;
import io.datapoints.connect.kit.Await;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that do not mean well, or do not work. Nothing here depends on how long it takes. */
class HttpAbuseTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String HEAD = "POST /api/v1/datapoints HTTP/1.1\r\nHost: a\r\n";

  private static void isUnharmed(OpenDoor door) throws IOException {
    try (RawConnection connection = door.connect()) {
      assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
    }
    Await.until(
        "all room to be given back",
        BOUND,
        () -> door.intake.bytesInFlight() == 0 && door.intake.requestsInFlight() == 0);
  }

  @Test
  void aBodyThatDoesNotEndIsAnswered408() throws IOException {
    try (OpenDoor door = OpenDoor.with("body.timeout.ms", "100")) {
      try (RawConnection connection = door.connect()) {
        Answered answer = connection.send(HEAD + "Content-Length: 9\r\n\r\n[").answer();

        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(connection.ends()).isTrue();
      }
      assertThat(door.metric("datapoints_http_slow_senders_total")).isEqualTo(1);
      isUnharmed(door);
    }
  }

  @Test
  void aBodyOfWhichNothingMoreComesIsAnswered408() throws IOException {
    try (OpenDoor door = OpenDoor.with("idle.timeout.ms", "100")) {
      try (RawConnection connection = door.connect()) {
        assertThat(connection.send(HEAD + "Content-Length: 9\r\n\r\n[").answer().status())
            .isEqualTo(408);
      }
      isUnharmed(door);
    }
  }

  @Test
  void headersThatDoNotEndCloseTheConnection() throws IOException {
    try (OpenDoor door = OpenDoor.with("header.timeout.ms", "100")) {
      try (RawConnection connection = door.connect()) {
        assertThat(connection.send(HEAD + "X-A: ").ends()).isTrue();
      }
      try (RawConnection connection = door.connect()) {
        assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
        assertThat(connection.send(HEAD + "X-A: ").ends()).isTrue();
      }
      assertThat(door.metric("datapoints_http_slow_senders_total")).isEqualTo(2);
      isUnharmed(door);
    }
  }

  @Test
  void theLogMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
    try (OpenDoor door = OpenDoor.with("idle.timeout.ms", "100", "header.timeout.ms", "100");
        RawConnection waiting = door.connect();
        RawConnection idle = door.connect()) {
      door.log.hold();
      waiting.post(OpenDoor.POINT);
      Await.until("the record", BOUND, () -> door.log.held() == 1);
      // This one began later, so that the other has waited for longer.
      assertThat(idle.ends()).isTrue();

      door.log.release(null);

      assertThat(waiting.answer().status()).isEqualTo(204);
    }
  }

  @Test
  void tooManyHeadersAreAnswered431() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      Answered answer = door.ask("GET", "/api/v1/version", "X-A: " + "a".repeat(9000) + "\r\n");

      assertThat(answer.status()).isEqualTo(431);
      assertThat(answer.body()).startsWith("{\"errors\":[\"");
      isUnharmed(door);
    }
  }

  @Test
  void headersWithoutEndAreNotReadToTheirEnd() throws Exception {
    try (OpenDoor door = OpenDoor.with();
        RawConnection connection = door.connect()) {
      connection.send(HEAD);
      byte[] many = "X-A: aaaaaaaaaaaaaaaa\r\n".repeat(3_000).getBytes(UTF_8);
      // More than all buffers between the two hold.
      assertThat(sendUntilItFails(connection, many, 100 << 20)).isFalse();
      isUnharmed(door);
    }
  }

  @Test
  void aLongUriIsAnswered414() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      assertThat(door.get("/api/v1/version?" + "a".repeat(2_100)).status()).isEqualTo(414);
    }
  }

  @Test
  void whatIsNoHttpIsRefusedInOurForm() throws IOException {
    try (OpenDoor door = OpenDoor.with();
        RawConnection connection = door.connect()) {
      Answered answer = connection.send("put load 1 2 host=a\r\n\r\n").answer();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).startsWith("{\"errors\":[\"").doesNotContain("load");
      assertThat(connection.ends()).isTrue();
    }
  }

  @Test
  void aBodyShorterThanDeclaredGivesItsRoomBack() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      try (RawConnection connection = door.connect()) {
        connection.send(HEAD + "Content-Length: 1000\r\n\r\n" + OpenDoor.POINT).finish();
        Answered answer = connection.answerOrEnd();
        assertThat(answer == null ? 400 : answer.status()).isEqualTo(400);
      }
      assertThat(door.log.records()).isEmpty();
      isUnharmed(door);
    }
  }

  @Test
  void whatComesBehindADeclaredBodyIsNoPartOfIt() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      try (RawConnection connection = door.connect()) {
        connection.post(OpenDoor.POINT).send("xxxx\r\n\r\n");
        assertThat(connection.answer().status()).isEqualTo(204);
        assertThat(connection.answer().status()).isEqualTo(400);
        assertThat(connection.ends()).isTrue();
      }
      assertThat(door.log.records()).hasSize(1);
    }
  }

  @Test
  void aConnectionThatIsGoneGivesItsRoomBack() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      RawConnection connection = door.connect();
      connection.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n3\r\n[ [\r\n");
      Await.until("the request", BOUND, () -> door.intake.requestsInFlight() == 1);
      connection.close();

      Await.until("the room", BOUND, () -> door.intake.requestsInFlight() == 0);
      isUnharmed(door);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    try (OpenDoor door = OpenDoor.with();
        RawConnection connection = door.connect()) {
      String get = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n";
      StringBuilder many = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        many.append(get.formatted("/api/v1/version")).append(get.formatted("/nowhere"));
      }
      connection.send(many.toString());

      for (int i = 0; i < 50; i++) {
        assertThat(connection.answer().status()).isEqualTo(200);
        assertThat(connection.answer().status()).isEqualTo(404);
      }
    }
  }

  @Test
  void aHundredMebibytesOfBlanksAreNotReadToTheirEnd() throws Exception {
    try (OpenDoor door = OpenDoor.with();
        RawConnection connection = door.connect()) {
      connection.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      byte[] blanks = new byte[64 * 1024];
      Arrays.fill(blanks, (byte) ' ');
      CompletableFuture<Boolean> sent =
          CompletableFuture.supplyAsync(
              () ->
                  sendUntilItFails(
                      connection,
                      ("10000\r\n" + new String(blanks, UTF_8) + "\r\n").getBytes(UTF_8),
                      100 << 20));
      Answered answer = connection.answerOrEnd();

      assertThat(answer == null ? 413 : answer.status()).isEqualTo(413);
      assertThat(sent.get(60, TimeUnit.SECONDS)).isFalse();
      isUnharmed(door);
    }
  }

  /** Whether all of it could be sent. */
  private static boolean sendUntilItFails(RawConnection connection, byte[] part, int bytes) {
    try {
      for (int sent = 0; sent < bytes; sent += part.length) {
        connection.send(part);
      }
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  void aChunkedBodyBeyondTheMemoryIsAnswered503() throws IOException {
    try (OpenDoor door = OpenDoor.with(Intakes.config(64 * 1024, 10, Intakes.NEVER));
        RawConnection connection = door.connect()) {
      connection.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      connection.send("20000\r\n" + " ".repeat(0x20000) + "\r\n");
      Answered answer = connection.answerOrEnd();

      assertThat(answer == null ? 503 : answer.status()).isEqualTo(503);
      isUnharmed(door);
    }
  }

  @Test
  void anAnnouncementTakesNoMemory() throws IOException {
    try (OpenDoor door = OpenDoor.with()) {
      List<RawConnection> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(door.connect().send(HEAD + "Content-Length: 1000000\r\n\r\n "));
      }
      Await.until("all of them", BOUND, () -> door.intake.requestsInFlight() == 50);

      assertThat(door.intake.bytesInFlight()).isLessThan(50 * 20_000);

      for (RawConnection each : all) {
        each.close();
      }
      Await.until("the room", BOUND, () -> door.intake.requestsInFlight() == 0);
      isUnharmed(door);
    }
  }

  @Test
  void connectionsOfAnAddressAreBoundedAndGiveTheirPlacesBack() throws IOException {
    try (OpenDoor door = OpenDoor.with("max.connections.per.address", "3")) {
      for (int round = 0; round < 3; round++) {
        List<RawConnection> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          RawConnection connection = door.connect();
          assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
          open.add(connection);
        }
        try (RawConnection beyond = door.connect()) {
          assertThat(isTurnedAway(beyond)).isTrue();
        }
        for (RawConnection each : open) {
          each.close();
        }
        Await.until("a place", BOUND, () -> isFree(door));
      }
      Await.until(
          "the count", BOUND, () -> door.metric("datapoints_http_connections_refused_total") >= 3);
    }
  }

  private static boolean isTurnedAway(RawConnection connection) throws IOException {
    try {
      return connection.post(OpenDoor.POINT).answerOrEnd() == null;
    } catch (SocketException broken) {
      return true;
    }
  }

  /** Whether three connections at once are let in. */
  private static boolean isFree(OpenDoor door) throws IOException {
    try (RawConnection first = door.connect();
        RawConnection second = door.connect();
        RawConnection third = door.connect()) {
      return !isTurnedAway(first) && !isTurnedAway(second) && !isTurnedAway(third);
    }
  }

  @Test
  void connectionsInTotalWaitUntilOneCloses() throws Exception {
    try (OpenDoor door = OpenDoor.with("max.connections", "2")) {
      RawConnection first = door.connect();
      RawConnection second = door.connect();
      assertThat(first.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
      assertThat(second.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
      try (RawConnection third = door.connect()) {
        third.post(OpenDoor.POINT);
        assertThat(first.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
        assertThat(door.log.records()).hasSize(3);

        second.close();

        assertThat(third.answer().status()).isEqualTo(204);
      }
      first.close();
      isUnharmed(door);
    }
  }

  @Test
  void manyNewConnectionsWaitForTheNextSecond() throws IOException {
    try (OpenDoor door = OpenDoor.with("max.accepts.per.s", "2")) {
      for (int i = 0; i < 5; i++) {
        assertThat(door.get("/api/v1/version").status()).isEqualTo(200);
      }
    }
  }
}
