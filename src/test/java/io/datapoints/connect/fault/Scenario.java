package io.datapoints.connect.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.audit.AuditedArchive;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Footprint;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One topic on its way into one store, with an auditor in the worker, and the judgement at the end.
 */
final class Scenario implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final String BUFFER_BYTES = "buffer.max.bytes";
  private static final String[] IDLE = {
    Metric.ROWS_BUFFERED.metricName(),
    Metric.BYTES_BUFFERED.metricName(),
    Metric.BATCHES_IN_FLIGHT.metricName(),
    Metric.STORE_UNAVAILABLE_MS.metricName(),
    Metric.OLDEST_UNWRITTEN_AGE_MS.metricName()
  };

  /** The table of the run. */
  private static final Path TABLE =
      Path.of(System.getProperty("datapoints.workdir", "target/servers"), "faults.md");

  private static final int LOAD_PERCENT = Integer.getInteger("datapoints.load.percent", 100);

  private final String name;
  private String title = "";
  private final Kafka kafka;
  private final Destination destination;
  private final Path auditLog;
  final ConnectWorker worker;
  private final Footprint footprint;
  private final Watch watch;
  private final WorkerLog log;
  private long bufferBytes;
  private boolean deployed;
  private boolean mayFail;
  private long logLines = 300;

  /**
   * A scenario with a topic of four partitions.
   *
   * @param worker has the audited archive, and stays the caller's
   */
  Scenario(Servers servers, ConnectWorker worker, Destination destination, String name)
      throws IOException {
    this(servers.kafka(), worker, destination, name);
  }

  /** As the other one, on another broker, which is that of the worker. */
  Scenario(Kafka kafka, ConnectWorker worker, Destination destination, String name)
      throws IOException {
    this.name = name;
    this.kafka = kafka;
    this.destination = destination;
    this.worker = worker;
    this.auditLog = worker.directory().toAbsolutePath().resolve(name + ".audit.log");
    this.footprint = Footprint.of(worker);
    this.watch = new Watch(name, worker, kafka);
    this.log = WorkerLog.from(worker.process().log());
    kafka.createTopic(name, 4);
    kafka.createTopic(errors(), 1);
  }

  /** A worker with the audited archive, in a group of its own, which the caller closes. */
  static ConnectWorker worker(Servers servers, String group, String heap) {
    return servers.worker(settings(group, heap));
  }

  /** Such a worker's settings. */
  static WorkerSettings settings(String group, String heap) {
    Path directory = Path.of(System.getProperty("datapoints.workdir", "target/servers"), group);
    Path archive = AuditedArchive.of(Servers.archive().orElseThrow(), directory.toAbsolutePath());
    return WorkerSettings.defaults().archive(archive).group(group).heap(heap);
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
    config.put(BUFFER_BYTES, Long.toString(64 * 1024 * 1024));
    config.put("retry.backoff.max.ms", "2000");
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", errors());
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    return config;
  }

  /** Has every row tried so often within a minute that only the rules of refusals protect it. */
  Map<String, String> impatientConfig() {
    Map<String, String> config = config();
    config.put("retry.backoff.max.ms", "100");
    return config;
  }

  /** So many records that suit the destination. */
  Workload workload(int records) {
    return Workload.of(name, destination.records(), records);
  }

  /** Input with a bad record here and there, for five minutes unless it is ended. */
  Workload load(int perSecond) {
    return goodLoad(perSecond).withBadEvery(1_000);
  }

  /** Input without a bad record, for five minutes unless it is ended. */
  Workload goodLoad(int perSecond) {
    return workload(perSecond * 300).perSecond(perSecond);
  }

  void deploy() throws IOException {
    deploy(config());
  }

  void deploy(Map<String, String> config) throws IOException {
    bufferBytes = Long.parseLong(config.getOrDefault(BUFFER_BYTES, "0"));
    worker.rest().putConnector(name, config);
    worker.rest().awaitRunning(name);
    if (!deployed) {
      watch.begin();
      deployed = true;
    }
  }

  /** What tells this scenario from others of the same test, for the table. */
  Scenario about(String what) {
    title = ": " + what;
    return this;
  }

  /** A state of FAILED is no defect here: an operator has something to do. */
  void mayFail() {
    mayFail = true;
  }

  /** The fault begins now. */
  void struck() {
    watch.struck();
  }

  /** The fault is over: from now on counts the time to recover. */
  void healed() {
    watch.healed();
  }

  /** Has a fault for as long as something else takes. */
  void during(Outage fault, Outage.Course course) throws Exception {
    struck();
    fault.begin();
    try {
      course.run();
    } finally {
      fault.end();
    }
    healed();
  }

  /** As much of this load as the run has: all of it where the suite has the machine for itself. */
  static int share(int load) {
    return load * LOAD_PERCENT / 100;
  }

  /** Loses the store under load for so long that nothing can be committed any more. */
  void outlive(Outage outage) throws Exception {
    deploy();
    try (Load load = load(share(5_000)).begin(kafka)) {
      awaitCommitted("the first commits", share(5_000));
      during(
          outage,
          () -> {
            // What was acknowledged before is committed with the flush under way at most; then
            // nothing may be.
            awaitOutage(Duration.ofSeconds(6));
            long frozen = committed();
            awaitOutage(Duration.ofSeconds(12));
            assertThat(committed()).isEqualTo(frozen).isLessThan(produced());
            assertThat(states()).containsOnly("RUNNING");
          });
      awaitRecovery();
      judge(load.end());
    }
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

  /** How many records are in the topic. */
  long produced() {
    return kafka.endOffset(name);
  }

  /** Returns once all is committed that was produced before the fault was over. */
  void awaitRecovery() {
    Await.until("the recovery of " + name, BOUND, () -> watch.recovery().isPresent());
  }

  /** Returns once so many records are in the topic. */
  void awaitProduced(long records) {
    Await.until(records + " records in " + name, BOUND, () -> kafka.endOffset(name) >= records);
  }

  /** Returns once every task has been without its store for so long. */
  void awaitOutage(Duration atLeast) {
    Await.until(
        "an outage of " + atLeast,
        BOUND,
        () ->
            values(Metric.STORE_UNAVAILABLE_MS).stream().min(naturalOrder()).orElse(0L)
                > atLeast.toMillis());
  }

  /** Returns once every task has had a row for so long that the store does not take. */
  void awaitUnwritten(Duration atLeast) {
    Await.until(
        "a row unwritten for " + atLeast,
        BOUND,
        () -> least(Metric.OLDEST_UNWRITTEN_AGE_MS) > atLeast.toMillis());
  }

  /** The smallest value of a figure among the tasks. */
  long least(Metric metric) throws IOException {
    return values(metric).stream().mapToLong(Long::longValue).min().orElse(0);
  }

  /** The largest value of a figure among the tasks. */
  long largest(Metric metric) throws IOException {
    return values(metric).stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** A figure of each task. */
  private List<Long> values(Metric metric) throws IOException {
    String attribute = metric.metricName();
    List<Long> values = new ArrayList<>();
    for (Map<String, Object> task : worker.attributes(Watch.beans(name), attribute).values()) {
      values.add(((Number) Objects.requireNonNull(task.get(attribute))).longValue());
    }
    return values;
  }

  /** Whether the first task has paused its partitions. */
  boolean paused() throws IOException {
    return worker
        .attribute(
            "kafka.connect:type=plugins,connector=" + name + ",task=0",
            Metric.PARTITIONS_PAUSED.metricName())
        .equals(1L);
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
    awaitNothingHeld();
    if (watch.fault().isPresent()) {
      awaitRecovery();
    }
    Map<String, Long> stored = destination.stored(name);
    long lost =
        expected.entrySet().stream()
            .filter(sample -> !sample.getValue().equals(stored.get(sample.getKey())))
            .count();
    long extra = stored.keySet().stream().filter(key -> !expected.containsKey(key)).count();
    List<ByteBuffer> letters =
        kafka.records(errors()).stream().map(letter -> ByteBuffer.wrap(letter.value())).toList();
    // A worker that dies between the report of a record and its commit reports it again.
    List<ByteBuffer> distinct = letters.stream().distinct().toList();
    Evidence evidence =
        new Evidence(
            destination.store(),
            Evidence.sentence() + title,
            records,
            lost,
            extra,
            letters.size() - distinct.size(),
            watch.fault(),
            watch.recovery(),
            watch.bytesHeld(),
            watch.resident(),
            log.lines());
    evidence.append(TABLE);
    assertThat(evidence.lost()).as("samples lost").isZero();
    assertThat(evidence.extra()).as("samples that nobody sent").isZero();
    assertThat(distinct.stream().map(letter -> UTF_8.decode(letter.duplicate()).toString()))
        .containsExactlyInAnyOrderElementsOf(deadLetters);
    assertConduct(evidence);
  }

  /** How it went meanwhile: states, memory, log. */
  private void assertConduct(Evidence evidence) throws IOException {
    assertThat(states()).containsOnly("RUNNING");
    assertThat(watch.looks()).isPositive();
    if (!mayFail) {
      assertThat(watch.states()).doesNotContain("FAILED");
    }
    // One poll may lie above the mark, since the consumer is asked to stop only after it.
    assertThat(evidence.bytesHeld()).isLessThanOrEqualTo(bufferBytes + 1_000_000);
    assertThat(evidence.logLines()).as("lines of the worker's log").isLessThanOrEqualTo(logLines);
  }

  /** The figures say that all is done. */
  private void awaitNothingHeld() {
    Await.until(
        "figures of tasks that hold nothing",
        BOUND,
        () ->
            worker.attributes(Watch.beans(name), IDLE).values().stream()
                .allMatch(task -> task.values().stream().allMatch(value -> value.equals(0L))));
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

  /** How many records its tasks were given, in those of their lives that were not cut short. */
  long received() throws IOException {
    long ended =
        Files.readAllLines(auditLog).stream()
            .filter(line -> line.startsWith("RECEIVED "))
            .mapToLong(line -> Long.parseLong(line.substring("RECEIVED ".length())))
            .sum();
    return worker.process().isAlive() ? ended + total(Metric.RECORDS_RECEIVED_TOTAL) : ended;
  }

  /** Returns once so many tasks have partitions. */
  void awaitShared(int tasks) {
    Await.until("partitions for " + tasks, BOUND, () -> members().size() == tasks);
  }

  /** The ids of the consumers that read the topic. */
  Set<String> members() {
    return kafka.topics().members("connect-" + name);
  }

  /** The worker may log so many lines, since so much happens to it. */
  void mayLog(long lines) {
    logLines = lines;
  }

  /** Restarts what has failed with the usual settings, and returns once everything runs. */
  void revive() throws IOException {
    worker.rest().putConnector(name, config());
    worker.rest().restart(name);
    Await.until("the end of the failure", BOUND, () -> !states().contains("FAILED"));
    deploy();
  }

  /** The sum of a figure over the tasks. */
  long total(Metric metric) throws IOException {
    return values(metric).stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Removes the connector, waits until the worker has let go of all that it took for it, and frees
   * what the scenario wrote where that is in the way.
   */
  @Override
  public void close() throws IOException {
    watch.close();
    if (worker.process().isAlive()) {
      worker.rest().deleteConnector(name);
      footprint.awaitReturn(worker);
    }
    destination.clear(name);
  }
}
