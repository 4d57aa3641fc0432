package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.WorkerSettings;
import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that end, die or freeze under load, alone and in pairs. */
@FaultSuite
@SuiteOnly
class WorkerFaultIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final int TASKS = 4;

  private final Servers servers;

  WorkerFaultIT(Servers servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerThatIsToldToEndLeavesNothingToRepeat(SharedStore store) throws Exception {
    String name = store.scenario("worker-ends");
    Destination destination = store.destination(servers);
    try (ConnectWorker worker = Scenario.worker(servers, name, "512m");
        Scenario scenario = new Scenario(servers, worker, destination, name)) {
      scenario.deploy();
      scenario.awaitShared(2);
      try (Load load = scenario.goodLoad(3_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 10_000);
        scenario.struck();
        assertThat(worker.process().terminate(BOUND)).as("it ends by itself").isTrue();
        long committed = scenario.committed();
        assertThat(committed).isLessThan(scenario.produced());
        assertThat(scenario.received()).isEqualTo(committed);
        assertThat(destination.stored(name)).hasSize(Math.toIntExact(committed));
        worker.restart();
        worker.rest().awaitRunning(name);
        scenario.healed();
        scenario.judge(load.end());
      }
    }
  }

  /**
   * By default the others wait five minutes for the return of a lost worker. When it was their
   * leader, they do not wait.
   */
  @ParameterizedTest
  @CsvSource({"CASSANDRA, 0, leader", "CASSANDRA, 10, member", "MONGODB, 0, member"})
  void theTasksOfAKilledWorkerMoveToTheOther(SharedStore store, int delaySeconds, String killed)
      throws Exception {
    String name = store.scenario(killed + "-lost");
    WorkerSettings settings =
        pair(name).property("scheduled.rebalance.max.delay.ms", delaySeconds + "000");
    try (ConnectWorker leader = servers.worker(settings);
        ConnectWorker member = servers.worker(settings)) {
      boolean leaderDies = killed.equals("leader");
      ConnectWorker victim = leaderDies ? leader : member;
      ConnectWorker survivor = leaderDies ? member : leader;
      try (Scenario scenario = new Scenario(servers, survivor, store.destination(servers), name)) {
        scenario.about("the " + killed + ", rebalance delay " + delaySeconds + " s");
        share(scenario, victim, name);
        try (Load load = scenario.goodLoad(3_000).begin(servers.kafka())) {
          scenario.awaitCommitted("the first commits", 10_000);
          scenario.struck();
          victim.kill();
          awaitTasks(survivor, name, TASKS);
          scenario.healed();
          scenario.judge(load.end());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFrozenWorkerLosesItsTasksAndComesBack(SharedStore store) throws Exception {
    String name = store.scenario("worker-frozen");
    WorkerSettings settings = pair(name);
    try (ConnectWorker zombie = servers.worker(settings);
        ConnectWorker survivor = servers.worker(settings);
        Scenario scenario = new Scenario(servers, survivor, store.destination(servers), name)) {
      share(scenario, zombie, name);
      try (Load load = scenario.goodLoad(3_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 5_000);
        Await.until("batches in flight", BOUND, () -> inFlight(zombie, name));
        scenario.during(
            Outage.of(zombie::suspend, zombie::resume),
            () -> {
              awaitTasks(survivor, name, TASKS);
              scenario.awaitCommitted("records of all partitions", scenario.committed() + 15_000);
            });
        awaitTasks(survivor, name, TASKS / 2);
        awaitTasks(zombie, name, TASKS / 2);
        scenario.judge(load.end());
      }
    }
  }

  /** The main path, and the hardest end, on the oldest Kafka Connect that is supported. */
  @ParameterizedTest
  @EnumSource
  void anOlderWorkerIsKilledAndComesBack(SharedStore store) throws Exception {
    String name = store.scenario("worker-older");
    try (ConnectWorker worker = servers.worker(Scenario.settings(name, "512m").version("3.9.1"));
        Scenario scenario = new Scenario(servers, worker, store.destination(servers), name)) {
      scenario.deploy();
      try (Load load = scenario.load(4_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 10_000);
        scenario.struck();
        worker.kill();
        worker.restart();
        worker.rest().awaitRunning(name);
        scenario.healed();
        scenario.judge(load.end());
      }
    }
  }

  /**
   * Polls begin with bad records, which are reported while the good ones behind them wait for a
   * store that is frozen. No commit may pass these, since they die with the worker.
   */
  @ParameterizedTest
  @EnumSource
  void aWorkerIsKilledWhileGoodRecordsWaitBehindBadOnes(SharedStore store) throws Exception {
    String name = store.scenario("worker-bad-first");
    try (ConnectWorker worker = Scenario.worker(servers, name, "512m");
        Scenario scenario = new Scenario(servers, worker, store.destination(servers), name)) {
      Map<String, String> config = missedSoon(scenario.config());
      // Half a second's records: enough for a poll to begin in one run and to end in the next.
      config.put("consumer.override.fetch.min.bytes", "1000000");
      scenario.deploy(config);
      try (Load load = scenario.goodLoad(1_500).withBadRuns(1_000).begin(servers.kafka())) {
        for (int kill = 0; kill < 2; kill++) {
          scenario.awaitCommitted("more commits", scenario.committed() + 2_000);
          Await.until(
              "nothing but bad records", BOUND, () -> scenario.largest(Metric.ROWS_BUFFERED) == 0);
          scenario.during(
              store.frozen(servers),
              () -> {
                // Commits are due every second.
                scenario.awaitOutage(Duration.ofSeconds(3));
                worker.kill();
              });
          worker.restart();
          worker.rest().awaitRunning(name);
          scenario.healed();
        }
        scenario.judge(load.end());
      }
    }
  }

  /** Workers that miss one another after six seconds, the least that a broker allows. */
  private static WorkerSettings pair(String group) {
    return Scenario.settings(group, "384m")
        .property("session.timeout.ms", "6000")
        .property("heartbeat.interval.ms", "1500");
  }

  /** Nothing reaches the tasks, whose position is then the framework's: none is read again. */
  @Test
  void aTopicOfWhichATransformDropsEverythingIsReadOnce() throws Exception {
    String name = SharedStore.CASSANDRA.scenario("filtered");
    Destination destination = SharedStore.CASSANDRA.destination(servers);
    try (ConnectWorker worker = Scenario.worker(servers, name, "512m");
        Scenario scenario = new Scenario(servers, worker, destination, name)) {
      Map<String, String> config = scenario.config();
      config.put("transforms", "drop");
      config.put("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter");
      config.put("consumer.override.session.timeout.ms", "6000");
      config.put("consumer.override.heartbeat.interval.ms", "1500");
      scenario.deploy(config);
      try (Load load = scenario.load(3_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 10_000);
        scenario.struck();
        worker.kill();
        long committed = scenario.committed();
        worker.restart();
        worker.rest().awaitRunning(name);
        scenario.healed();
        Workload sent = load.end();
        scenario.judgeStored(sent.records(), Map.of(), List.of());
        assertThat(read(worker, name)).isLessThanOrEqualTo(sent.records() - committed);
      }
    }
  }

  /** Records that the tasks of this worker read, before any transform. */
  private static long read(ConnectWorker worker, String name) throws IOException {
    String read = "sink-record-read-total";
    String beans = "kafka.connect:type=sink-task-metrics,connector=" + name + ",task=*";
    return worker.attributes(beans, read).values().stream()
        .mapToLong(task -> ((Number) Objects.requireNonNull(task.get(read))).longValue())
        .sum();
  }

  /** Deploys four tasks, two on each worker. */
  private static void share(Scenario scenario, ConnectWorker other, String name)
      throws IOException {
    Map<String, String> config = missedSoon(scenario.config());
    config.put("tasks.max", Integer.toString(TASKS));
    scenario.deploy(config);
    awaitTasks(scenario.worker, name, TASKS / 2);
    awaitTasks(other, name, TASKS / 2);
  }

  /** By default it is three quarters of a minute before dead consumers are missed. */
  private static Map<String, String> missedSoon(Map<String, String> config) {
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("consumer.override.heartbeat.interval.ms", "1500");
    return config;
  }

  private static void awaitTasks(ConnectWorker worker, String name, int count) {
    Await.until(
        count + " tasks on " + worker.name(),
        BOUND,
        () -> worker.beans(Watch.beans(name)).size() == count);
  }

  private static boolean inFlight(ConnectWorker worker, String name) throws IOException {
    String inFlight = Metric.BATCHES_IN_FLIGHT.metricName();
    return worker.attributes(Watch.beans(name), inFlight).values().stream()
        .anyMatch(task -> !Long.valueOf(0).equals(task.get(inFlight)));
  }
}
