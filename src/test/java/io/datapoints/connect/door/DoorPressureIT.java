package io.datapoints.connect.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.KafkaBroker;
import io.datapoints.connect.kit.Retained;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Far more comes than Kafka takes, which is nothing. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorPressureIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String TOPIC = "pressure";
  private static final long BUDGET = 8L * 1024 * 1024;
  private static final int REQUESTS = 1_000;
  private static final int CONNECTION_BYTES = 32 * 1024;
  private static final int POINTS_OF_A_BODY = 5_000;

  @AutoClose private final KafkaBroker broker;
  @AutoClose private final ConnectWorker worker;
  private final DoorClient client;

  DoorPressureIT(Servers servers) {
    broker = servers.ownKafka();
    broker.createTopic(TOPIC, 1);
    int port = servers.ports().next();
    client = new DoorClient(port);
    worker =
        servers.worker(
            broker,
            DoorSettings.open("door-pressure", port, TOPIC)
                .heap("256m")
                .property("datapoints.http.answer.timeout.ms", "3000")
                .property("datapoints.http.max.connections.per.address", "2000")
                .property("datapoints.http.max.in.flight.bytes", Long.toString(BUDGET)));
  }

  /** About 100 KB. */
  private static String body() {
    StringBuilder body =
        new StringBuilder("[{\"name\":\"pressure\",\"tags\":{\"a\":\"b\"},\"datapoints\":[");
    for (int point = 0; point < POINTS_OF_A_BODY; point++) {
      body.append(point == 0 ? "[" : ",[").append(SentPoints.time(point)).append(",1234]");
    }
    return body.append("]}]").toString();
  }

  @Test
  void whatCannotBeTakenIsRefusedInTimeAndTheWorkerStaysWell() throws IOException {
    awaitTaken();
    long before = Retained.of(worker).heap();
    broker.suspend();
    List<CompletableFuture<DoorClient.Answer>> answers = new ArrayList<>();
    String body = body();
    for (int request = 0; request < REQUESTS; request++) {
      answers.add(client.postLater(body));
    }
    // The worker's own API, which needs no broker for this.
    assertThat(worker.rest().plugins()).isNotEmpty();
    List<DoorClient.Answer> seen = new ArrayList<>();
    for (CompletableFuture<DoorClient.Answer> answer : answers) {
      seen.add(answer.join());
    }
    assertThat(seen)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(503);
              assertThat(answer.retryAfter()).isPresent();
              assertThat(answer.body()).startsWith("{\"errors\":[");
            });
    // What is in flight is held once as it came, and once in the producer's buffer; and connections
    // that are kept have buffers.
    assertThat(Retained.of(worker).heap() - before)
        .isLessThan(3 * BUDGET + (long) REQUESTS * CONNECTION_BYTES);
    assertThat(worker.rest().plugins()).isNotEmpty();

    broker.resume();
    awaitTaken();
  }

  private void awaitTaken() {
    Await.until(
        "a point to be taken",
        BOUND,
        () -> client.post(SentPoints.body("pressure", 1, 1)).status() == 204);
  }
}
