package io.datapoints.connect.quickstart;

import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.FreePorts;
import io.datapoints.connect.kit.KafkaBroker;
import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.MavenClasspath;
import io.datapoints.connect.kit.Server;
import io.datapoints.connect.kit.WorkerSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The four servers. Those that need not wait for one another start at the same time, each with a
 * line when it is ready.
 */
final class Stage implements AutoCloseable {

  private final PrintStream out;
  private final Path directory;
  private final MavenClasspath maven = new MavenClasspath();
  private final KafkaBroker kafka;
  private final ConnectWorker worker;
  private final CassandraNode cassandra;
  private final KairosServer kairos;
  private boolean closed;

  /** Servers below the directory, which is removed at the end; none is started yet. */
  Stage(PrintStream out, Path directory, Path archive, String keyspace) {
    this.out = out;
    this.directory = directory;
    remove(directory);
    FreePorts ports = new FreePorts();
    this.kafka = new KafkaBroker(directory.resolve("kafka"), maven, ports);
    this.worker =
        new ConnectWorker(
            directory.resolve("connect"),
            maven,
            ports,
            kafka.bootstrapServers(),
            WorkerSettings.defaults().archive(archive));
    this.cassandra =
        new CassandraNode(
            directory.resolve("cassandra"), maven, ports, CassandraNode.Profile.TEST.heap("1g"));
    this.kairos =
        new KairosServer(
            directory.resolve("kairosdb"),
            maven,
            ports,
            cassandra.contactPoint(),
            keyspace,
            List.of());
  }

  /** Starts all of them and returns when the last one is ready. */
  void start() {
    CompletableFuture<Void> messaging =
        CompletableFuture.runAsync(
            () -> {
              start("Kafka " + KafkaBroker.VERSION, kafka.bootstrapServers(), kafka);
              start("Kafka Connect, the archive installed", worker.rest().root(), worker);
            });
    start("Cassandra " + CassandraNode.VERSION, cassandra.contactPoint(), cassandra);
    start("KairosDB " + KairosServer.VERSION, kairos.root(), kairos);
    messaging.join();
  }

  private void start(String title, String address, Server server) {
    server.start();
    out.println(
        String.format(
            Locale.ROOT,
            "  ✓ %-38s %-24s %5.1f s",
            title,
            address,
            server.startTime().toMillis() / 1000.0));
  }

  KafkaBroker kafka() {
    return kafka;
  }

  ConnectWorker worker() {
    return worker;
  }

  CassandraNode cassandra() {
    return cassandra;
  }

  KairosServer kairos() {
    return kairos;
  }

  /** Ends all of them and removes what they wrote. Does nothing the second time. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Stream.of(kairos, worker, kafka, cassandra).forEach(Server::close);
      maven.close();
      remove(directory);
    }
  }

  private static void remove(Path directory) {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
