package io.datapoints.connect.quickstart;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Kafka;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts Kafka, Kafka Connect with the built archive, Cassandra and KairosDB on this machine, sends
 * an hour of metrics through the connector and shows that all of them arrived. Stays up, with the
 * metrics of this machine flowing, until it is interrupted, and then leaves nothing behind.
 *
 * <p>System properties: {@code datapoints.archive}, {@code datapoints.workdir}, {@code
 * quickstart.connector} (the connector's JSON file), {@code quickstart.points} and {@code
 * quickstart.exit} (true to end after the report, with a failure if the counts do not agree).
 */
public final class Quickstart {

  private static final Duration BOUND = Duration.ofMinutes(10);
  private static final int PARTITIONS = 4;
  private static final int SAMPLE_MILLIS = 1_000;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  // The build insists on JDK 17, which has no console where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private final boolean terminal = System.console() != null;

  private final Report report = new Report(out);
  private final ConnectorFile connector;
  private final Stage stage;

  private Quickstart() throws IOException {
    Path archive = Path.of(System.getProperty("datapoints.archive", "")).toAbsolutePath();
    if (!Files.isRegularFile(archive)) {
      throw new IllegalStateException(archive + " is not there; build it with mvn package");
    }
    Path file =
        Path.of(System.getProperty("quickstart.connector", "config/kairosdb-cassandra.json"));
    ConnectorFile asWritten = ConnectorFile.read(file);
    Path directory =
        Path.of(System.getProperty("datapoints.workdir", "target/quickstart")).toAbsolutePath();
    this.stage = new Stage(out, directory, archive, asWritten.keyspace());
    this.connector =
        asWritten.with(
            Map.of(
                "cassandra.contact.points", stage.cassandra().contactPoint(),
                "cassandra.local.datacenter", stage.cassandra().localDatacenter()));
  }

  /** Runs it; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    new Quickstart().run(Boolean.getBoolean("quickstart.exit"));
  }

  private void run(boolean exit) throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              interrupted.countDown();
              stage.close();
            },
            "quickstart-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try (stage) {
      perform(exit, interrupted);
    } catch (Exception e) {
      // Once interrupted, whatever fails does so because its servers are gone.
      if (interrupted.getCount() > 0) {
        throw e;
      }
    } finally {
      if (interrupted.getCount() > 0) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  private void perform(boolean exit, CountDownLatch interrupted) throws Exception {
    out.println("\n  Starting (the first time downloads the servers from Maven Central)");
    stage.start();
    deploy();
    try (Feed feed = new Feed(stage.kafka().producer(), connector.topic())) {
      boolean agree = stream(feed);
      if (!exit) {
        stayUp(feed, interrupted);
      } else if (!agree) {
        throw new IllegalStateException("the counts do not agree");
      }
    }
  }

  private void deploy() throws IOException {
    Kafka kafka = stage.kafka();
    kafka.createTopic(connector.topic(), PARTITIONS);
    kafka.createTopic(connector.deadLetterTopic(), 1);
    stage.worker().rest().putConnector(connector.name(), connector.config());
    stage.worker().rest().awaitRunning(connector.name());
    out.println("  ✓ connector " + connector.name() + " is running\n");
  }

  /** Sends the hour, waits for it to arrive and reports; answers whether the counts agree. */
  private boolean stream(Feed feed) throws IOException {
    long begin = System.nanoTime();
    long now = System.currentTimeMillis();
    History history = new History(1, now, Integer.getInteger("quickstart.points", 200_000));
    send(history, feed, begin);
    awaitCommit(feed, begin);
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    Kafka kafka = stage.kafka();
    Counts counts;
    try (CqlSession session = stage.cassandra().session()) {
      counts =
          new Counts(
              feed.points(),
              feed.badRecords(),
              kafka.endOffset(connector.topic()),
              committed(),
              new StoredPoints(session, connector.keyspace()).count(),
              kafka.endOffset(connector.deadLetterTopic()),
              time);
    }
    report.counts(counts);
    report.chart(stage.kairos(), now);
    report.addresses(stage, connector);
    return counts.agree();
  }

  private void send(History history, Feed feed, long begin) {
    ProgressBar bar = new ProgressBar(out, terminal, "sent", history.size(), begin);
    MachineMetrics machine = new MachineMetrics();
    long[] nextSample = {System.currentTimeMillis()};
    history.forEach(
        point -> {
          feed.send(point);
          long now = System.currentTimeMillis();
          if (now >= nextSample[0]) {
            nextSample[0] = now + SAMPLE_MILLIS;
            machine.sample(now).forEach(feed::send);
          }
          bar.update(Math.min(feed.points(), history.size()));
        });
    feed.flush();
    bar.finish();
  }

  private void awaitCommit(Feed feed, long begin) {
    long sent = feed.points() + feed.badRecords();
    ProgressBar bar = new ProgressBar(out, terminal, "committed", sent, begin);
    Await.until(
        "the connector to commit everything",
        BOUND,
        () -> {
          if (stage.worker().rest().states(connector.name()).contains("FAILED")) {
            throw new IllegalStateException(stage.worker().rest().trace(connector.name()));
          }
          long committed = committed();
          bar.update(committed);
          return committed >= sent;
        });
    bar.finish();
  }

  private long committed() {
    return stage.kafka().committedOffsets("connect-" + connector.name()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private void stayUp(Feed feed, CountDownLatch interrupted) throws InterruptedException {
    out.println(
        "\n  The metrics of this machine keep flowing (machine.*). Ctrl-C ends everything.");
    MachineMetrics machine = new MachineMetrics();
    while (!interrupted.await(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
      machine.sample(System.currentTimeMillis()).forEach(feed::send);
      feed.flush();
    }
  }
}
