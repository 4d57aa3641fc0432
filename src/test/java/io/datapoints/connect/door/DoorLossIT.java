package io.datapoints.connect.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.DoorServer;
import io.datapoints.connect.kit.KafkaBroker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever happens while clients send and repeat: each point that was answered 204 is in the topic.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorLossIT {

  private static final String TOPIC = "loss";
  private static final int SOME = 100;

  @AutoClose private final KafkaBroker broker;
  @AutoClose private final ConnectWorker worker;
  private final Servers servers;
  private final DoorClient client;
  private long first;

  DoorLossIT(Servers servers) {
    this.servers = servers;
    broker = servers.ownKafka();
    broker.createTopic(TOPIC, 3);
    int port = servers.ports().next();
    client = new DoorClient(port);
    worker =
        servers.worker(
            broker,
            DoorSettings.open("door-loss", port, TOPIC)
                .property("datapoints.http.answer.timeout.ms", "2000"));
  }

  private interface Fault {
    void strike(RepeatingClients clients);
  }

  private void keepsAllThrough(Fault fault) throws IOException {
    keepsAllThrough(client, TOPIC, fault);
  }

  private void keepsAllThrough(DoorClient client, String topic, Fault fault) throws IOException {
    first += 1_000_000;
    try (RepeatingClients clients = new RepeatingClients(client, "loss", first)) {
      clients.awaitMore(SOME);
      fault.strike(clients);
      clients.awaitMore(SOME);
      Set<Long> acknowledged = clients.end();
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(2 * SOME);
      assertThat(SentPoints.in(broker, topic)).containsAll(acknowledged);
      assertThat(clients.others()).isEmpty();
    }
  }

  @Test
  void theBrokerIsKilled() throws IOException {
    keepsAllThrough(
        clients -> {
          broker.kill();
          clients.awaitUnavailable();
          broker.restart();
        });
  }

  @Test
  void theBrokerIsFrozen() throws IOException {
    keepsAllThrough(
        clients -> {
          broker.suspend();
          clients.awaitUnavailable();
          broker.resume();
        });
  }

  @Test
  void theWorkerIsKilled() throws IOException {
    keepsAllThrough(
        clients -> {
          worker.kill();
          worker.restart();
        });
  }

  @Test
  void theWorkerIsToldToEndAndComesBack() throws IOException {
    keepsAllThrough(clients -> worker.restart());
  }

  /** One of the two replicas that have to be in sync goes away. */
  @Test
  void tooFewReplicasAreInSync() throws Exception {
    String topic = "loss.in.sync";
    int port = servers.ports().next();
    Map<String, String> properties =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "datapoints.http.listeners",
            "http://127.0.0.1:" + port,
            "datapoints.http.topic",
            topic,
            "datapoints.http.answer.timeout.ms",
            "2000");
    try (KafkaBroker second = servers.besides(broker);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic wanted =
          new NewTopic(topic, Map.of(0, List.of(1, 2))).configs(Map.of("min.insync.replicas", "2"));
      admin.createTopics(List.of(wanted)).all().get();
      try (DoorServer door = servers.door(port, properties)) {
        assertThat(door.name()).isNotEmpty();
        keepsAllThrough(
            new DoorClient(port),
            topic,
            clients -> {
              second.kill();
              clients.awaitUnavailable();
              clients.awaitUnavailable();
              second.restart();
            });
      }
    }
  }
}
