package io.datapoints.connect.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole way: POST, topic, connector, Cassandra, and KairosDB's answer to a query. */
@ExtendWith(ServersExtension.class)
class DoorToStoreIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String NAME = "door-store";
  private static final int SOME = 100;

  private final Servers servers;

  DoorToStoreIT(Servers servers) {
    this.servers = servers;
  }

  @Test
  void whatWasAnswered204IsFoundThoughCassandraWasKilledMeanwhile() throws IOException {
    int port = servers.ports().next();
    Cassandra cassandra = servers.cassandra();
    try (ConnectWorker worker = servers.worker(DoorSettings.open(NAME, port, NAME));
        Pipeline pipeline = new Pipeline(servers, worker, NAME, 2).deploy();
        RepeatingClients clients = new RepeatingClients(new DoorClient(port), "door.store", 0)) {
      clients.awaitMore(SOME);
      pipeline.awaitCommitted();
      cassandra.kill();
      // Its state is of no concern to the door.
      clients.awaitMore(SOME);
      cassandra.restart();
      clients.awaitMore(SOME);
      Set<Long> acknowledged = clients.end();
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(3 * SOME);
      assertThat(clients.others()).isEmpty();
      pipeline.awaitCommitted();
      try (KairosServer kairos = servers.kairos(pipeline.keyspace())) {
        Await.until(
            "KairosDB to find all points", BOUND, () -> found(kairos).containsAll(acknowledged));
        assertThat(found(kairos)).containsAll(acknowledged);
      }
    }
  }

  private static Set<Long> found(KairosServer kairos) throws IOException {
    JsonNode answer =
        kairos.query(
            "{\"start_absolute\":%d,\"metrics\":[{\"name\":\"door.store\"}]}"
                .formatted(SentPoints.BEGIN));
    Set<Long> numbers = new TreeSet<>();
    for (JsonNode result : answer.at("/queries/0/results")) {
      result.path("values").forEach(value -> numbers.add(value.path(1).asLong()));
    }
    return numbers;
  }
}
