package io.datapoints.connect.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.WorkerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The archive as workers load it: both versions, each way to find plugins, with a door or not. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorInWorkersIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String[] CONNECTORS = {
    "io.datapoints.connect.CassandraDatapointSinkConnector",
    "io.datapoints.connect.MongoDatapointSinkConnector"
  };

  private static final Pattern LOG = Pattern.compile("--- (\\S+\\.log)");

  private final Servers servers;

  DoorInWorkersIT(Servers servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @CsvSource({
    "3.9.1, service_load",
    "3.9.1, hybrid_warn",
    "3.9.1, hybrid_fail",
    "3.9.1, only_scan",
    "4.3.1, service_load",
    "4.3.1, hybrid_warn",
    "4.3.1, hybrid_fail",
    "4.3.1, only_scan",
  })
  void aWorkerFindsAllPluginsAndOpensTheDoorThatItNames(String version, String discovery)
      throws IOException {
    String name = "door-%s-%s".formatted(version, discovery).replaceAll("[._]", "-");
    servers.kafka().createTopic(name, 1);
    int port = servers.ports().next();
    WorkerSettings settings =
        DoorSettings.open(name, port, name)
            .version(version)
            .property("plugin.discovery", discovery);
    try (ConnectWorker worker = servers.worker(settings)) {
      awaitTaken(port);
      assertThat(servers.kafka().endOffset(name)).isPositive();
      assertListsAll(worker);
      worker.terminate();
      assertThat(Files.readString(worker.process().log()))
          .contains("The door is open at [http://127.0.0.1:" + port, "The door is closed");
    }
  }

  @ParameterizedTest
  @CsvSource({"3.9.1", "4.3.1"})
  void aWorkerThatNamesNoDoorHasNone(String version) throws IOException {
    String group = "no-door-" + version.replace('.', '-');
    try (ConnectWorker worker = servers.worker(DoorSettings.closed(group).version(version))) {
      assertListsAll(worker);
      assertThat(worker.threads()).noneMatch(each -> each.startsWith("datapoints-http"));
    }
  }

  /** Also with a log that is free of complaints. */
  private static void assertListsAll(ConnectWorker worker) throws IOException {
    assertThat(worker.rest().plugins()).contains(CONNECTORS);
    List<String> log = Files.readAllLines(worker.process().log());
    assertThat(log).noneMatch(line -> line.contains(" ERROR "));
    assertThat(log)
        .filteredOn(line -> line.contains(" WARN "))
        .filteredOn(line -> line.contains("io.datapoints") || line.contains("plugin"))
        .allMatch(
            line ->
                // The tests have one broker; and a scan that finds service files calls itself idle.
                line.contains("has one replica")
                    || line.contains("All plugins have ServiceLoader manifests"));
    assertThat(log).anyMatch(line -> line.contains("Added plugin '" + DoorSettings.EXTENSION));
  }

  private static void awaitTaken(int port) {
    DoorClient client = new DoorClient(port);
    Await.until(
        "a point to be taken",
        BOUND,
        () -> client.post(SentPoints.body("door", 1, 1)).status() == 204);
  }

  @Test
  void aStandaloneWorkerHasTheDoorToo() throws IOException {
    servers.kafka().createTopic("door-standalone", 1);
    int port = servers.ports().next();
    Path directory =
        Files.createDirectories(
            Path.of(System.getProperty("datapoints.workdir", "target/servers"), "door-standalone")
                .toAbsolutePath());
    Path connector = directory.resolve("any.properties");
    Files.writeString(
        connector,
        """
        name=door-standalone
        connector.class=io.datapoints.connect.CassandraDatapointSinkConnector
        topics=door-standalone
        dry.run=true
        validate.connect=false
        """);
    WorkerSettings settings =
        DoorSettings.open("door-standalone", port, "door-standalone")
            .connector(connector)
            .property("offset.storage.file.filename", directory.resolve("offsets").toString());
    try (ConnectWorker worker = servers.worker(settings)) {
      awaitTaken(port);
      assertThat(worker.rest().plugins()).contains(CONNECTORS);
    }
  }

  @Test
  void aWrongSettingEndsTheWorkerWithItsName() throws IOException {
    WorkerSettings settings =
        DoorSettings.open("door-wrong", servers.ports().next(), "any")
            .property("datapoints.http.topc", "metrics");
    assertThat(logOfFailed(settings))
        .contains(
            "The door cannot start: datapoints.http.topc is not a setting of the door; did you mean"
                + " datapoints.http.topic",
            "take " + DoorSettings.EXTENSION + " out of rest.extension.classes");
  }

  @Test
  void aTakenPortEndsTheWorkerWithItsNumber() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      WorkerSettings settings = DoorSettings.open("door-taken", taken.getLocalPort(), "any");
      assertThat(logOfFailed(settings))
          .contains(
              "The door cannot start: datapoints.http.listeners: cannot listen on"
                  + " http://127.0.0.1:"
                  + taken.getLocalPort(),
              "take " + DoorSettings.EXTENSION + " out of rest.extension.classes");
    }
  }

  /** What a worker wrote that ended by itself, with the status that Connect has for extensions. */
  private String logOfFailed(WorkerSettings settings) throws IOException {
    Throwable failure = catchThrowable(() -> servers.worker(settings).close());
    assertThat(failure).hasMessageContaining("ended with status 3");
    Matcher file = LOG.matcher(String.valueOf(failure.getMessage()));
    assertThat(file.find()).isTrue();
    return Files.readString(Path.of(file.group(1)));
  }

  @Test
  void aMissingTopicIsSaidAndCreatedWhereThatIsAsked() throws IOException {
    int port = servers.ports().next();
    WorkerSettings settings =
        DoorSettings.open("door-creates", port, "door-created")
            .property("datapoints.http.topic.create", "true")
            .property("datapoints.http.topic.create.partitions", "4")
            .property("datapoints.http.topic.create.replication.factor", "1");
    try (ConnectWorker worker = servers.worker(settings)) {
      awaitTaken(port);
      assertThat(servers.kafka().topics().endOffsets("door-created")).hasSize(4);
      assertThat(Set.copyOf(Files.readAllLines(worker.process().log())))
          .anyMatch(line -> line.contains("has one replica"));
    }
  }
}
