package io.datapoints.connect.quickstart;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectRest;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.pipeline.ConnectorFile;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/** One exhibit shown on a stage: its connector is created, and its hour sent and counted. */
final class Performance implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(10);
  private static final int PARTITIONS = 4;
  private static final int LIVE_MILLIS = 1_000;

  private final PrintStream out;
  private final boolean terminal;
  private final Kafka kafka;
  private final ConnectRest connect;
  private final Exhibit exhibit;
  private final Feed feed;

  Performance(PrintStream out, boolean terminal, Stage stage, Exhibit exhibit) {
    this.out = out;
    this.terminal = terminal;
    this.kafka = stage.kafka();
    this.connect = stage.worker().rest();
    this.exhibit = exhibit;
    Outlet topic = new TopicOutlet(kafka.producer(), exhibit.connector().topics().get(0));
    String door = exhibit.door();
    this.feed =
        new Feed(door == null ? topic : new DoorOutlet(door), topic, exhibit.source().bad());
  }

  /**
   * Shows it.
   *
   * @param now where the hour ends, in milliseconds since the epoch
   * @return whether what came out is what went in
   */
  boolean show(long now) throws IOException {
    deploy();
    Counts counts = stream();
    out.println();
    counts.lines().forEach(out::println);
    out.println();
    exhibit.holdings().answer(now).forEach(line -> out.println(("  " + line).stripTrailing()));
    out.println();
    return counts.agree();
  }

  private void deploy() throws IOException {
    ConnectorFile connector = exhibit.connector();
    connector.topics().forEach(topic -> kafka.createTopic(topic, PARTITIONS));
    kafka.createTopic(connector.deadLetterTopic(), 1);
    connect.putConnector(connector.name(), connector.config());
    connect.awaitRunning(connector.name());
    out.println("  ✓ connector " + connector.name() + " is running\n");
  }

  private Counts stream() {
    long begin = System.nanoTime();
    send(begin);
    awaitCommit(begin);
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    return new Counts(
        exhibit.source().unit(),
        exhibit.store(),
        feed.good(),
        feed.badRecords(),
        exhibit.connector().topics().stream().mapToLong(kafka::endOffset).sum(),
        committed(),
        new Counts.Kept(
            exhibit.source().keptUnit(),
            exhibit.source().kept(feed.good()),
            exhibit.holdings().count()),
        kafka.endOffset(exhibit.connector().deadLetterTopic()),
        time);
  }

  private void send(long begin) {
    Source source = exhibit.source();
    ProgressBar bar = new ProgressBar(out, terminal, "sent", source.size(), begin);
    long[] nextLive = {System.currentTimeMillis()};
    source.history(
        message -> {
          feed.send(message);
          long now = System.currentTimeMillis();
          if (now >= nextLive[0]) {
            nextLive[0] = now + LIVE_MILLIS;
            source.live(now).forEach(feed::send);
          }
          bar.update(Math.min(feed.good(), source.size()));
        });
    feed.flush();
    bar.finish();
  }

  private void awaitCommit(long begin) {
    String name = exhibit.connector().name();
    long sent = feed.good() + feed.badRecords();
    ProgressBar bar = new ProgressBar(out, terminal, "committed", sent, begin);
    Await.until(
        "the connector to commit everything",
        BOUND,
        () -> {
          if (connect.states(name).contains("FAILED")) {
            throw new IllegalStateException(connect.trace(name));
          }
          long committed = committed();
          bar.update(committed);
          return committed >= sent;
        });
    bar.finish();
  }

  private long committed() {
    return kafka.committedOffsets("connect-" + exhibit.connector().name()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** What {@link #live()} sends, in a sentence. */
  String present() {
    return exhibit.source().present();
  }

  /** Sends what there is to say now. */
  void live() {
    exhibit.source().live(System.currentTimeMillis()).forEach(feed::send);
    feed.flush();
  }

  @Override
  public void close() {
    feed.close();
  }
}
