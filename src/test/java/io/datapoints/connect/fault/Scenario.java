package io.datapoints.connect.fault;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.audit.AuditedArchive;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.WorkerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One topic on its way into one store, with an auditor in the worker, and the judgement at the end.
 */
final class Scenario implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(5);

  private final String name;
  private final Kafka kafka;
  private final Destination destination;
  private final Path auditLog;
  final ConnectWorker worker;
  private long struckAt = System.nanoTime();
  private long healedAt = struckAt;

  /**
   * A scenario with a topic of four partitions.
   *
   * @param worker has the audited archive, and stays the caller's
   */
  Scenario(Servers servers, ConnectWorker worker, Destination destination, String name) {
    this.name = name;
    this.kafka = servers.kafka();
    this.destination = destination;
    this.worker = worker;
    this.auditLog = worker.directory().toAbsolutePath().resolve(name + ".audit.log");
    kafka.createTopic(name, 4);
    kafka.createTopic(errors(), 1);
  }

  /** A worker with the audited archive, in a group of its own, which the caller closes. */
  static ConnectWorker worker(Servers servers, String group, String heap) {
    Path directory = Path.of(System.getProperty("datapoints.workdir", "target/servers"), group);
    Path archive = AuditedArchive.of(Servers.archive().orElseThrow(), directory.toAbsolutePath());
    return servers.worker(WorkerSettings.defaults().archive(archive).group(group).heap(heap));
  }

  String errors() {
    return name + ".errors";
  }

  Map<String, String> config() {
    Map<String, String> config = new HashMap<>(destination.settings(name));
    config.put("audit.log", auditLog.toString());
    config.put("topics", name);
    config.put("tasks.max", "2");
    config.put("linger.ms", "200");
    config.put("retry.backoff.max.ms", "2000");
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", errors());
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    return config;
  }

  /** So many records that suit the destination. */
  Workload workload(int records) {
    return Workload.of(name, destination.records(), records);
  }

  void deploy() throws IOException {
    deploy(config());
  }

  void deploy(Map<String, String> config) throws IOException {
    worker.rest().putConnector(name, config);
    worker.rest().awaitRunning(name);
  }

  /** The fault begins now. */
  void struck() {
    struckAt = System.nanoTime();
  }

  /** The fault is over: from now on counts the time to recover. */
  void healed() {
    healedAt = System.nanoTime();
  }

  /** The state of the connector and its tasks. */
  List<String> states() throws IOException {
    return worker.rest().states(name);
  }

  long committed() {
    return kafka.committedOffsets("connect-" + name).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  void awaitCommitted(String what, long records) {
    Await.until(what, BOUND, () -> committed() >= records);
  }

  /** Returns once every task has been without its store for so long. */
  void awaitOutage(Duration atLeast) {
    Await.until(
        "an outage of " + atLeast,
        BOUND,
        () ->
            values("StoreUnavailableMs").stream().min(naturalOrder()).orElse(0L)
                > atLeast.toMillis());
  }

  /** The largest value of a figure among the tasks. */
  long largest(String attribute) throws IOException {
    return values(attribute).stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** A figure of each task. */
  private List<Long> values(String attribute) throws IOException {
    List<Long> values = new ArrayList<>();
    String tasks = "io.datapoints.connect:type=sink-task-metrics,connector=" + name + ",*";
    for (String bean : worker.beans(tasks)) {
      values.add(((Number) worker.attribute(bean, attribute)).longValue());
    }
    return values;
  }

  /** Whether the first task has paused its partitions. */
  Object paused() throws IOException {
    return worker.attribute(
        "io.datapoints.connect:type=sink-task-metrics,connector=" + name + ",task=0", "Paused");
  }

  /** How many dead letters there are. */
  long deadLetters() {
    return kafka.endOffset(errors());
  }

  /**
   * Everything good is there with its value, the dead letters are the bad ones, and law 1 held
   * throughout.
   */
  void judge(Workload workload) throws IOException {
    judgeStored(workload.records(), workload.expected(), workload.deadLetters());
    assertAudit();
  }

  /** This is there and nothing else, and these are the dead letters. */
  void judgeStored(long records, Map<String, Long> expected, List<String> deadLetters)
      throws IOException {
    awaitCommitted("all offsets of " + name + " committed", records);
    long now = System.nanoTime();
    System.out.printf(
        "%s: fault %d ms, recovered after %d ms%n",
        name, (healedAt - struckAt) / 1_000_000, (now - healedAt) / 1_000_000);
    assertThat(states()).containsOnly("RUNNING");
    Map<String, Long> stored = destination.stored(name);
    assertThat(stored.size()).isEqualTo(expected.size());
    assertThat(stored.equals(expected)).as("each sample has the value of its record").isTrue();
    // A rebalance or a restart in mid-outage may report a record again, as it may write one again.
    assertThat(
            kafka.records(errors()).stream()
                .map(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(deadLetters);
  }

  private void assertAudit() throws IOException {
    assertThat(violations()).isEmpty();
    assertThat(Files.readAllLines(auditLog)).anyMatch(line -> line.startsWith("OK"));
  }

  /** The records that were committed before they could be read. */
  List<String> violations() throws IOException {
    return Files.readAllLines(auditLog).stream()
        .filter(line -> line.startsWith("VIOLATION"))
        .toList();
  }

  /** The sum of a figure over the tasks. */
  long total(String attribute) throws IOException {
    return values(attribute).stream().mapToLong(Long::longValue).sum();
  }

  /** Removes the connector, and what it wrote where that is in the way. */
  @Override
  public void close() throws IOException {
    if (worker.process().isAlive()) {
      worker.rest().deleteConnector(name);
    }
    destination.clear(name);
  }
}
