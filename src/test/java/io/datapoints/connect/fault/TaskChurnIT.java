package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Footprint;
import io.datapoints.connect.kit.Retained;
import io.datapoints.connect.kit.Servers;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks that come and go under load, as operators and rebalances will have it. */
@FaultSuite
@SuiteOnly
class TaskChurnIT {

  private static final int RESTARTS = 100;

  private final Servers servers;
  @AutoClose private final ConnectWorker worker;

  TaskChurnIT(Servers servers) {
    this.servers = servers;
    this.worker = Scenario.worker(servers, "fault-churn", "512m");
  }

  /** Every three seconds, since that is how long each share of the load takes. */
  @ParameterizedTest
  @EnumSource
  void theNumberOfTasksChangesTwentyTimes(SharedStore store) throws Exception {
    int rounds = 20;
    int share = 9_000;
    int[] counts = {4, 1, 3, 2};
    String name = store.scenario("storm");
    Operator operator = new Operator(worker, name);
    try (Scenario scenario = scenario(store, name)) {
      scenario.deploy();
      Workload workload = scenario.workload((rounds + 1) * share).perSecond(3_000);
      CompletableFuture<Void> load = workload.start(servers.kafka());
      scenario.struck();
      for (int round = 0; round < rounds; round++) {
        scenario.awaitCommitted("round " + round, (long) round * share);
        operator.setTasks(scenario.config(), counts[round % counts.length]);
      }
      scenario.healed();
      load.join();
      scenario.judge(workload);
      // A rebalance may repeat what came since the last commit, which is due every second.
      assertThat(scenario.received() - workload.records()).isBetween(0L, rounds * 3_000L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHundredRestartsLeaveNothingBehind(SharedStore store) throws Exception {
    Footprint before = Footprint.of(worker);
    restart(store, "warm", RESTARTS / 10);
    before.awaitReturn(worker);
    Retained warm = Retained.of(worker);
    restart(store, "restarts", RESTARTS);
    before.awaitReturn(worker);
    Retained after = Retained.of(worker);
    System.out.printf("%s: %s, then %s%n", store, warm, after);
    // Less than a class and less than 50 kB for each restart.
    assertThat(after.classes()).isLessThan(warm.classes() + RESTARTS);
    assertThat(after.heap()).isLessThan(warm.heap() + RESTARTS * 50_000L);
  }

  private void restart(SharedStore store, String what, int times) throws Exception {
    String name = store.scenario(what);
    Operator operator = new Operator(worker, name);
    try (Scenario scenario = scenario(store, name)) {
      scenario.deploy();
      scenario.mayLog(40L * times);
      try (Load load = scenario.load(500).begin(servers.kafka())) {
        scenario.struck();
        for (int restart = 0; restart < times; restart++) {
          operator.restart(2);
        }
        scenario.healed();
        scenario.judge(load.end());
      }
    }
  }

  /** What Connect keeps of a batch goes by the new name, what the engine keeps by the old one. */
  @ParameterizedTest
  @EnumSource
  void partitionsOfRenamedTopicsMoveInAnOutage(SharedStore store) throws Exception {
    String name = store.scenario("renamed");
    Operator operator = new Operator(worker, name);
    try (Scenario scenario = scenario(store, name)) {
      Map<String, String> config = scenario.config();
      config.put("transforms", "rename");
      config.put("transforms.rename.type", "org.apache.kafka.connect.transforms.RegexRouter");
      config.put("transforms.rename.regex", ".*");
      config.put("transforms.rename.replacement", "elsewhere");
      scenario.deploy(config);
      try (Load load = scenario.load(2_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 5_000);
        scenario.during(
            store.frozen(servers),
            () -> {
              for (int tasks : new int[] {4, 1, 3}) {
                scenario.awaitOutage(Duration.ofSeconds(3));
                operator.setTasks(config, tasks);
              }
            });
        scenario.judge(load.end());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void offsetsAreMovedBackAndForthUnderLoad(SharedStore store) throws Exception {
    String name = store.scenario("offsets");
    Operator operator = new Operator(worker, name);
    try (Scenario scenario = scenario(store, name)) {
      scenario.deploy();
      try (Load load = scenario.goodLoad(2_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 10_000);
        scenario.struck();
        Map<TopicPartition, Long> reached = worker.rest().offsets(name);
        Map<TopicPartition, Long> start = new HashMap<>(reached);
        start.replaceAll((partition, offset) -> 0L);
        operator.move(start);
        scenario.awaitCommitted("commits of the replay", 1_000);
        operator.move(reached);
        operator.move(start);
        scenario.healed();
        scenario.judge(load.end());
      }
      assertThat(scenario.received()).isGreaterThan(scenario.produced());
    }
  }

  @ParameterizedTest
  @EnumSource
  void pausedAndResumedUnderLoadAndInAnOutage(SharedStore store) throws Exception {
    String name = store.scenario("paused");
    Operator operator = new Operator(worker, name);
    try (Scenario scenario = scenario(store, name)) {
      scenario.deploy();
      try (Load load = scenario.load(2_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 5_000);
        operator.pauseAndResume();
        scenario.awaitCommitted("more commits", scenario.committed() + 5_000);
        scenario.during(
            store.frozen(servers),
            () -> {
              scenario.awaitOutage(Duration.ofSeconds(3));
              operator.pauseAndResume();
              scenario.awaitOutage(Duration.ofSeconds(8));
              operator.pauseAndResume();
            });
        scenario.judge(load.end());
      }
    }
  }

  private Scenario scenario(SharedStore store, String name) throws IOException {
    return new Scenario(servers, worker, store.destination(servers), name);
  }
}
