package io.datapoints.connect.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.DoorServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The door without a worker. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorProcessIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final int SIGTERM = 143;

  private final Servers servers;

  DoorProcessIT(Servers servers) {
    this.servers = servers;
  }

  private Map<String, String> properties(int port, String topic) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", servers.kafka().bootstrapServers());
    properties.put("datapoints.http.listeners", "http://127.0.0.1:" + port);
    properties.put("datapoints.http.topic", topic);
    return properties;
  }

  @Test
  void takesPointsAndLosesNoneWhenItIsToldToEndUnderLoad() throws IOException {
    servers.kafka().createTopic("process", 2);
    int port = servers.ports().next();
    try (DoorServer door = servers.door(port, properties(port, "process"));
        RepeatingClients clients = new RepeatingClients(new DoorClient(port), "process", 0)) {
      clients.awaitMore(100);
      door.terminate();
      assertThat(door.process().awaitExit(BOUND)).isEqualTo(SIGTERM);
      door.start();
      clients.awaitMore(100);
      Set<Long> acknowledged = clients.end();
      assertThat(SentPoints.in(servers.kafka(), "process")).containsAll(acknowledged);
      assertThat(clients.others()).isEmpty();
      assertThat(Files.readString(door.process().log()))
          .contains("The door is open at [http://127.0.0.1:" + port, "The door is closed");
    }
  }

  @Test
  void readsItsSettingsThroughConfigProviders() throws IOException {
    servers.kafka().createTopic("process.provided", 1);
    int port = servers.ports().next();
    Path file = Files.createTempFile("door", ".properties");
    Files.writeString(file, "topic=process.provided\n");
    Map<String, String> properties = properties(port, "${file:" + file + ":topic}");
    properties.put("config.providers", "file");
    properties.put(
        "config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    try (DoorServer door = servers.door(port, properties)) {
      DoorClient client = new DoorClient(port);
      Await.until(
          "a point to be taken",
          BOUND,
          () -> client.post(SentPoints.body("process", 1, 1)).status() == 204);
      assertThat(servers.kafka().endOffset("process.provided")).isPositive();
      door.terminate();
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aWrongSettingEndsItWithOneSentence() {
    int port = servers.ports().next();
    Map<String, String> properties = properties(port, "any");
    properties.put("datapoints.http.producer.acks", "1");
    assertThatThrownBy(() -> servers.door(port, properties))
        .hasMessageContainingAll(
            "ended with status 2",
            "The door cannot start: datapoints.http.producer.acks can only be all")
        .hasMessageNotContaining("\tat ");
  }

  @Test
  void aTakenPortEndsItWithOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      // What took the port would keep a question waiting.
      int asked = servers.ports().next();
      assertThatThrownBy(() -> servers.door(asked, properties(port, "any")))
          .hasMessageContainingAll(
              "ended with status 1", "The door cannot start", Integer.toString(port))
          .hasMessageNotContaining("\tat ");
    }
  }
}
