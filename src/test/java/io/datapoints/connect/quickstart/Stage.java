package io.datapoints.connect.quickstart;

import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.KafkaBroker;
import io.datapoints.connect.kit.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Kafka, a Connect worker with the archive, and the stores of a demonstration. */
final class Stage implements AutoCloseable {

  private final Place place;
  private final KafkaBroker kafka;
  private final ConnectWorker worker;
  private final Demonstration demonstration;
  private boolean closed;

  /** Servers below the place's directory, which is removed at the end; none is started yet. */
  Stage(Place place, Path archive, Demonstration demonstration) {
    this.place = place;
    this.demonstration = demonstration;
    this.kafka = new KafkaBroker(place.directory().resolve("kafka"), place.maven(), place.ports());
    this.worker =
        new ConnectWorker(
            place.directory().resolve("connect"),
            place.maven(),
            place.ports(),
            kafka.bootstrapServers(),
            settings(archive, demonstration.workerProperties()));
  }

  private static WorkerSettings settings(Path archive, Map<String, String> properties) {
    WorkerSettings settings = WorkerSettings.defaults().archive(archive).asInProduction();
    for (Map.Entry<String, String> each : properties.entrySet()) {
      settings = settings.property(each.getKey(), each.getValue());
    }
    return settings;
  }

  /** A Cassandra of a demonstration, not started yet. */
  static CassandraNode cassandra(Place place) {
    return new CassandraNode(
        place.directory().resolve("cassandra"),
        place.maven(),
        place.ports(),
        CassandraNode.Profile.TEST.heap("1g"));
  }

  /** Starts all of them, at the same time where they can, and returns when all are ready. */
  void start(Starts starts) {
    CompletableFuture<Void> messaging =
        CompletableFuture.runAsync(
            () -> {
              starts.start("Kafka " + KafkaBroker.VERSION, kafka, kafka::bootstrapServers);
              starts.start(
                  "Kafka Connect, the archive installed", worker, () -> worker.rest().root());
            });
    demonstration.start(starts);
    messaging.join();
  }

  KafkaBroker kafka() {
    return kafka;
  }

  ConnectWorker worker() {
    return worker;
  }

  Demonstration demonstration() {
    return demonstration;
  }

  /** Ends all of them and removes what they wrote. Does nothing the second time. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      worker.close();
      demonstration.close();
      kafka.close();
      place.maven().close();
      remove(place.directory());
    }
  }

  /** Removes a directory with all that is in it. */
  static void remove(Path directory) {
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
