package io.datapoints.connect.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.http.RawConnection.Answered;
import io.datapoints.connect.kit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** How the door ends: nobody is left without an answer. */
class HttpCloseTest {

  private static final Duration BOUND = Duration.ofSeconds(60);

  /** Posts on one connection until the door ends it; all statuses, 0 for no answer. */
  private static List<Integer> untilTurnedAway(RawConnection connection, CountDownLatch begun) {
    List<Integer> statuses = new ArrayList<>();
    try (connection) {
      Answered answer;
      do {
        answer = connection.post(OpenDoor.POINT).answerOrEnd();
        statuses.add(answer == null ? 0 : answer.status());
        begun.countDown();
      } while (answer != null && answer.header("Connection") == null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return statuses;
  }

  @Disabled("OPEN FAULT: now and then a 503 that follows a 204 at once is lost, and not sent")
  @Test
  void underLoadEachRequestHasItsAnswer() throws Exception {
    int clients = 20;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try (OpenDoor door = OpenDoor.with()) {
      CountDownLatch begun = new CountDownLatch(10 * clients);
      List<CompletableFuture<List<Integer>>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        RawConnection connection = door.connect();
        all.add(CompletableFuture.supplyAsync(() -> untilTurnedAway(connection, begun), threads));
      }
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

      door.door.close();

      int stored = 0;
      for (CompletableFuture<List<Integer>> each : all) {
        List<Integer> statuses = each.get(60, TimeUnit.SECONDS);
        assertThat(statuses).isSubsetOf(204, 503);
        stored += (int) statuses.stream().filter(status -> status == 204).count();
      }
      assertThat(door.log.records()).hasSize(stored);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatIsInFlightIsFinished() throws Exception {
    try (OpenDoor door = OpenDoor.with("drain.timeout.ms", "60000");
        RawConnection connection = door.connect()) {
      door.log.hold();
      connection.post(OpenDoor.POINT);
      Await.until("the record", BOUND, () -> door.log.held() == 1);
      CompletableFuture<Void> closing = CompletableFuture.runAsync(door.door::close);
      Await.until("the end of admission", BOUND, door.intake::isDraining);

      door.log.release(null);

      Answered answer = connection.answer();
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Connection")).isEqualTo("close");
      closing.get(60, TimeUnit.SECONDS);
      assertThat(connection.ends()).isTrue();
    }
  }

  @Test
  void whatDoesNotEndInTimeIsAnsweredThatItIsUnknown() throws Exception {
    try (OpenDoor door = OpenDoor.with("drain.timeout.ms", "50");
        RawConnection waiting = door.connect();
        RawConnection sending = door.connect()) {
      door.log.hold();
      waiting.post(OpenDoor.POINT);
      sending.send("POST /api/v1/datapoints HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n[");
      Await.until("both", BOUND, () -> door.intake.requestsInFlight() == 2);
      Await.until("the record", BOUND, () -> door.log.held() == 1);

      door.door.close();

      for (RawConnection each : List.of(waiting, sending)) {
        Answered answer = each.answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("Not all points are known to be stored");
        assertThat(each.ends()).isTrue();
      }
      door.log.release(null);
      assertThat(door.intake.requestsInFlight()).isZero();
    }
  }

  @Test
  void readinessEndsFirst() throws Exception {
    try (OpenDoor door = OpenDoor.with("drain.delay.ms", "600000");
        RawConnection connection = door.connect()) {
      Thread closing = new Thread(door.door::close);
      closing.start();
      Await.until("readiness to end", BOUND, () -> door.get("/health/ready").status() == 503);

      assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);

      closing.interrupt();
      closing.join();
      assertThat(door.intake.isDraining()).isTrue();
    }
  }
}
