package io.datapoints.connect.pipeline;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.ConnectRest;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One connector of the built archive, from a topic of its own into a keyspace or collection. */
public final class Pipeline implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(3);

  private final String name;
  private final int partitions;
  private final Kafka kafka;
  private final ConnectRest rest;
  private final Map<String, String> config = new HashMap<>();

  /**
   * Makes a topic of the name with one partition, and a configuration with a keyspace of the name,
   * underscores for hyphens. Nothing runs yet.
   */
  public Pipeline(Servers servers, ConnectWorker worker, String name) {
    this(servers, worker, name, 1);
  }

  /** With so many partitions. */
  public Pipeline(Servers servers, ConnectWorker worker, String name, int partitions) {
    this(servers, worker, servers.cassandra(), name, partitions);
  }

  /** Into a Cassandra of the caller's own. */
  public Pipeline(
      Servers servers, ConnectWorker worker, Cassandra cassandra, String name, int partitions) {
    this(servers.kafka(), worker, name, partitions, "CassandraDatapointSinkConnector");
    with("cassandra.contact.points", cassandra.contactPoint());
    with("cassandra.local.datacenter", cassandra.localDatacenter());
    with("cassandra.keyspace", name.replace('-', '_'));
  }

  private Pipeline(
      Kafka kafka, ConnectWorker worker, String name, int partitions, String connector) {
    this.name = name;
    this.partitions = partitions;
    this.kafka = kafka;
    this.rest = worker.rest();
    kafka.createTopic(name, partitions);
    with("connector.class", "io.datapoints.connect." + connector);
    with("topics", name);
    with("linger.ms", "50");
  }

  /** Into a collection of the name, in this database of the shared MongoDB. */
  public static Pipeline toMongo(
      Servers servers, ConnectWorker worker, String database, String name, int partitions) {
    return new Pipeline(servers.kafka(), worker, name, partitions, "MongoDatapointSinkConnector")
        .with("mongodb.uri", servers.mongo().uri())
        .with("mongodb.database", database)
        .with("mongodb.collection", name);
  }

  /** Changes one setting, before {@link #deploy()} or for the next one. */
  public Pipeline with(String setting, String value) {
    config.put(setting, value);
    return this;
  }

  /** Has bad records put into a topic named {@link #errors()}, with the reason in a header. */
  public Pipeline withDeadLetters() {
    return with("errors.tolerance", "all")
        .with("errors.deadletterqueue.topic.name", errors())
        .with("errors.deadletterqueue.topic.replication.factor", "1")
        .with("errors.deadletterqueue.context.headers.enable", "true");
  }

  /** The name of the topic for bad records. */
  public String errors() {
    return name + ".errors";
  }

  /** The reasons of the dead letters, in order. */
  public List<String> reasons() {
    return kafka.records(errors()).stream()
        .map(letter -> letter.headers().lastHeader("__connect.errors.exception.message").value())
        .map(reason -> new String(reason, StandardCharsets.UTF_8))
        .toList();
  }

  /** The name of the connector and its topic. */
  public String name() {
    return name;
  }

  /** The keyspace it writes to. */
  public String keyspace() {
    return String.valueOf(config.get("cassandra.keyspace"));
  }

  /** The settings, a copy. */
  public Map<String, String> config() {
    return new HashMap<>(config);
  }

  /** Starts the connector and returns once it runs. */
  public Pipeline deploy() throws IOException {
    rest.putConnector(name, config);
    rest.awaitRunning(name);
    return this;
  }

  /**
   * Produces one record each, to the partitions in turn; returns once the broker has them. They
   * keep their order where there is one partition.
   */
  public void send(String... values) {
    send(
        Arrays.stream(values)
            .map(each -> each.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  /** As the other method. */
  public void send(byte[]... values) {
    produce(Arrays.asList(values));
  }

  /** Produces one record without a value. */
  public void sendTombstone() {
    produce(Collections.singletonList(null));
  }

  private void produce(List<byte @Nullable []> values) {
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      @Nullable Future<RecordMetadata> last = null;
      int number = 0;
      for (byte @Nullable [] value : values) {
        last = producer.send(new ProducerRecord<>(name, number++ % partitions, null, value));
      }
      producer.flush();
      if (last != null) {
        last.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many records of the topic are committed. */
  public long committed() {
    return kafka.committedOffsets("connect-" + name).entrySet().stream()
        .filter(each -> each.getKey().topic().equals(name))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * Returns once everything that is in the topic is committed.
   *
   * @throws IllegalStateException at once when the connector has failed, with its trace
   */
  public void awaitCommitted() {
    long end = kafka.endOffset(name);
    Await.until(
        "the commit of " + end + " records of " + name,
        BOUND,
        () -> {
          if (rest.states(name).contains("FAILED")) {
            throw new IllegalStateException(name + " failed: " + rest.trace(name));
          }
          return committed() == end;
        });
  }

  /** Takes the tasks down. */
  public void stop() throws IOException {
    rest.stop(name);
    Await.until("the stop of " + name, BOUND, () -> rest.states(name).equals(List.of("STOPPED")));
  }

  /** Forgets, of a stopped connector, what it has committed. */
  public void rewind() {
    Map<TopicPartition, Long> start = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      start.put(new TopicPartition(name, partition), 0L);
    }
    // The last task may still be leaving its consumer group.
    Await.until(
        "the offsets of " + name + " to be altered",
        BOUND,
        () -> {
          rest.alterOffsets(name, start);
          return true;
        });
  }

  /** Ends {@link #stop()}, and returns once the connector runs. */
  public void resume() throws IOException {
    rest.resume(name);
    rest.awaitRunning(name);
  }

  /** {@link #send(String...)} and {@link #awaitCommitted()}. */
  public void deliver(String... values) {
    send(values);
    awaitCommitted();
  }

  /** Removes the connector. */
  @Override
  public void close() throws IOException {
    rest.deleteConnector(name);
  }
}
