package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.metrics.Metric;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores that take longer than the deadlines of the framework and of the consumer group. */
@FaultSuite
@SuiteOnly
class StalledStoreFaultIT {

  private final Servers servers;
  @AutoClose private final ConnectWorker worker;

  StalledStoreFaultIT(Servers servers) {
    this.servers = servers;
    this.worker =
        servers.worker(
            Scenario.settings("fault-stalled", "512m")
                .property("offset.flush.timeout.ms", "1000")
                .property("task.shutdown.graceful.timeout.ms", "1000"));
  }

  @Test
  void flushesThatTakeLongerThanTheFrameworkWaitsCostTimeOnly() throws Exception {
    String name = SharedStore.MONGODB.scenario("slow");
    String uri = servers.mongo().uri();
    try (TcpProxy proxy = new TcpProxy(servers.mongo().address(), servers.ports());
        Scenario scenario =
            new Scenario(
                servers,
                worker,
                new MongoDestination(
                    servers.mongo().uriThrough(proxy),
                    uri,
                    servers.mongoDatabase("faults"),
                    RecordKind.POINTS),
                name)) {
      scenario.deploy();
      try (Load load = scenario.load(2_500).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 5_000);
        // The one that creates the schema joins later than the other.
        scenario.awaitShared(2);
        Set<String> members = scenario.members();
        scenario.during(
            Outage.of(() -> proxy.delay(Duration.ofMillis(700)), () -> proxy.delay(Duration.ZERO)),
            () -> {
              scenario.awaitCommitted("commits through the delay", scenario.committed() + 5_000);
              assertThat(scenario.members()).isEqualTo(members);
            });
        scenario.judge(load.end());
        assertThat(scenario.members()).isEqualTo(members);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOutageLongerThanThePollIntervalCausesNoRebalance(SharedStore store) throws Exception {
    String name = store.scenario("poll-interval");
    try (Scenario scenario = new Scenario(servers, worker, store.destination(servers), name)) {
      Map<String, String> config = scenario.config();
      config.put("consumer.override.max.poll.interval.ms", "10000");
      scenario.deploy(config);
      try (Load load = scenario.load(2_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 5_000);
        // The one that creates the schema joins later than the other.
        scenario.awaitShared(2);
        Set<String> members = scenario.members();
        scenario.during(
            store.frozen(servers),
            () -> {
              scenario.awaitOutage(Duration.ofSeconds(6));
              long committed = scenario.committed();
              scenario.awaitOutage(Duration.ofSeconds(25));
              assertThat(scenario.committed()).isEqualTo(committed);
              assertThat(scenario.states()).containsOnly("RUNNING");
              assertThat(scenario.members()).isEqualTo(members);
            });
        scenario.judge(load.end());
        assertThat(scenario.members()).isEqualTo(members);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tasksThatCannotEndInTimeRunBesideTheirSuccessors(SharedStore store) throws Exception {
    String name = store.scenario("zombie");
    try (Scenario scenario = new Scenario(servers, worker, store.destination(servers), name)) {
      scenario.deploy();
      try (Load load = scenario.goodLoad(2_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 5_000);
        scenario.during(
            store.frozen(servers),
            () -> {
              scenario.awaitOutage(Duration.ofSeconds(3));
              new Operator(worker, name).restart(2);
              assertThat(Files.readString(worker.process().log()))
                  // A flush that was nearly over lets its task end in time.
                  .containsPattern("Graceful stop of task " + name + "-[01] failed");
            });
        scenario.judge(load.end());
      }
      assertThat(scenario.largest(Metric.RECORDS_RECEIVED_TOTAL))
          .as("figures of the successors")
          .isPositive();
    }
  }
}
