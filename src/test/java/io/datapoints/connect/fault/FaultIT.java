package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each scenario ends with the same judgement: every good point is present with the value of its
 * record, the dead letters are exactly the bad records, and at no commit was an offset ahead of
 * what Cassandra held.
 */
@ExtendWith(ServersExtension.class)
class FaultIT {

  private static final Duration BOUND = Duration.ofMinutes(3);

  private final Servers servers;
  private final Cassandra cassandra;

  FaultIT(Servers servers) {
    this.servers = servers;
    this.cassandra = servers.cassandra();
  }

  @Test
  void cassandraIsKilledUnderLoadAndComesBack() throws Exception {
    try (Scenario scenario = new Scenario(servers, cassandra, "fault-cassandra-killed", "512m")) {
      scenario.deploy(scenario.config());
      Workload workload =
          Workload.of("fault-cassandra-killed", 60_000).perSecond(5_000).withBadEvery(1_000);
      CompletableFuture<Void> load = workload.start(servers.kafka());
      scenario.awaitCommitted("the first commits", 5_000);
      cassandra.kill();
      try {
        // What was acknowledged before is committed with the flush under way at most; then nothing
        // may be.
        Await.until("the outage is noticed", BOUND, () -> unavailable(scenario) > 6_000);
        long frozen = scenario.committed();
        Await.until("commits in the outage", BOUND, () -> unavailable(scenario) > 12_000);
        assertThat(scenario.committed()).isEqualTo(frozen).isLessThan(60_000);
        assertThat(scenario.worker.rest().states("fault-cassandra-killed")).containsOnly("RUNNING");
      } finally {
        cassandra.restart();
      }
      load.join();
      scenario.judge(workload);
    }
  }

  @Test
  void theWorkerIsKilledInMidFlushAndComesBack() throws Exception {
    try (Scenario scenario = new Scenario(servers, cassandra, "fault-worker-killed", "512m")) {
      scenario.deploy(scenario.config());
      Workload workload = Workload.of("fault-worker-killed", 60_000).perSecond(5_000);
      CompletableFuture<Void> load = workload.start(servers.kafka());
      for (int committed : new int[] {5_000, 20_000}) {
        scenario.awaitCommitted(committed + " records", committed);
        Await.until("batches in flight", BOUND, () -> attribute(scenario, "BatchesInFlight") > 0);
        scenario.worker.kill();
        scenario.worker.restart();
        scenario.worker.rest().awaitRunning("fault-worker-killed");
      }
      load.join();
      scenario.judge(workload);
    }
  }

  @Test
  void oneBadRecordInTwentyThousandStopsNothing() throws Exception {
    try (Scenario scenario = new Scenario(servers, cassandra, "fault-one-bad", "512m")) {
      Workload workload = Workload.of("fault-one-bad", 100_000).withBadEvery(20_000);
      workload.send(servers.kafka());
      scenario.deploy(scenario.config());
      scenario.judge(workload);
      assertThat(workload.deadLetters()).hasSize(5);
      assertThat(servers.kafka().endOffset("fault-one-bad.errors")).isEqualTo(5);
    }
  }

  @Test
  void aTopicOfNothingButBadRecordsComesToItsEnd() throws Exception {
    try (Scenario scenario = new Scenario(servers, cassandra, "fault-all-bad", "512m")) {
      Workload workload = Workload.of("fault-all-bad", 20_000).withBadEvery(1);
      workload.send(servers.kafka());
      scenario.deploy(scenario.config());
      scenario.awaitCommitted("all bad records", 20_000);
      assertThat(servers.kafka().endOffset("fault-all-bad.errors")).isEqualTo(20_000);
    }
  }

  @Test
  void cassandraIsAbsentWhenTheConnectorStarts() throws Exception {
    try (Scenario scenario = new Scenario(servers, cassandra, "fault-absent", "512m")) {
      Workload workload = Workload.of("fault-absent", 20_000).withBadEvery(1_000);
      cassandra.kill();
      try {
        workload.send(servers.kafka());
        scenario.deploy(scenario.config());
        Await.until("the outage is noticed", BOUND, () -> unavailable(scenario) > 5_000);
        assertThat(scenario.committed()).isZero();
        assertThat(servers.kafka().endOffset("fault-absent.errors")).isZero();
      } finally {
        cassandra.restart();
      }
      scenario.judge(workload);
    }
  }

  /** A minute without Cassandra at full input: what the task holds stays under its settings. */
  @Test
  void memoryStaysBoundedInAnOutageAtFullInput() throws Exception {
    try (Scenario scenario = new Scenario(servers, cassandra, "fault-memory", "256m")) {
      Map<String, String> config = scenario.config();
      config.put("tasks.max", "1");
      config.put("buffer.max.bytes", "16777216");
      scenario.deploy(config);
      Workload workload = Workload.of("fault-memory", 600_000).padded(300);
      CompletableFuture<Void> load = workload.start(servers.kafka());
      scenario.awaitCommitted("the first commits", 1_000);
      cassandra.kill();
      try {
        Await.until("a minute of outage", BOUND, () -> unavailable(scenario) > 60_000);
        load.join();
        assertThat(scenario.worker.attribute(bean("fault-memory"), "Paused")).isEqualTo(true);
        // One poll may lie above the mark, since the consumer is asked to stop only after it.
        assertThat(attribute(scenario, "BytesHeld"))
            .isBetween(8_388_608L, 16_777_216L + 1_000_000L);
        assertThat(scenario.worker.rest().states("fault-memory")).containsOnly("RUNNING");
      } finally {
        cassandra.restart();
      }
      scenario.judge(workload);
    }
  }

  private static long unavailable(Scenario scenario) throws IOException {
    return attribute(scenario, "StoreUnavailableMs");
  }

  /** The largest value among the tasks. */
  private static long attribute(Scenario scenario, String name) throws IOException {
    long largest = 0;
    for (String bean : scenario.worker.beans("io.datapoints.connect:type=sink-task-metrics,*")) {
      largest = Math.max(largest, (Long) scenario.worker.attribute(bean, name));
    }
    return largest;
  }

  private static String bean(String connector) {
    return "io.datapoints.connect:type=sink-task-metrics,connector=" + connector + ",task=0";
  }
}
