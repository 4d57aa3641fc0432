package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CassandraCluster;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * A Cassandra of three nodes of which some fail. The driver goes round one that is away; the engine
 * waits where too few replicas are left.
 */
@FaultSuite
@SuiteOnly
class CassandraClusterIT {

  private static final Duration BOUND = Duration.ofMinutes(2);

  /** Longer than a timeout, a back-off and the next attempt on a busy machine. */
  private static final Duration STANDSTILL = Duration.ofSeconds(15);

  private static final int PER_SECOND = 5_000;
  private static final int MAX_BACKOFF_MS = 2_000;

  private final Servers servers;
  private final CassandraCluster cluster;
  @AutoClose private final ConnectWorker worker;

  CassandraClusterIT(Servers servers) {
    this.servers = servers;
    this.cluster = servers.ownCluster();
    this.worker = Scenario.worker(servers, "fault-cluster", "512m");
  }

  @AfterEach
  void heal() {
    cluster.heal();
  }

  @Test
  void oneNodeIsKilledUnderLoadAndNothingStops() throws Exception {
    CassandraNode node = cluster.node(1);
    goOn(RecordKind.POINTS, "killed", Outage.of(node::kill, node::start));
  }

  @Test
  void oneNodeIsFrozenUnderLoadAndNothingStops() throws Exception {
    CassandraNode node = cluster.node(1);
    goOn(RecordKind.FLOWS, "frozen", Outage.of(node::suspend, node::resume));
  }

  /** Fifteen seconds of records are committed while the cluster is without a node. */
  private void goOn(RecordKind records, String name, Outage outage) throws Exception {
    try (Scenario scenario = scenario(records, name)) {
      scenario.deploy(config(scenario, 3));
      try (Load load = scenario.load(PER_SECOND).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", PER_SECOND);
        scenario.during(
            outage,
            () -> {
              awaitMore(scenario, 15 * PER_SECOND);
              assertThat(scenario.states()).containsOnly("RUNNING");
            });
        scenario.judge(load.end());
      }
    }
  }

  @Test
  void eachNodeInTurnIsRestartedUnderLoad() throws Exception {
    try (Scenario scenario = scenario(RecordKind.FLOWS, "rolling")) {
      scenario.deploy(config(scenario, 3));
      try (Load load = scenario.load(PER_SECOND).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", PER_SECOND);
        scenario.struck();
        for (int i = 0; i < 3; i++) {
          cluster.node(i).terminate();
          awaitMore(scenario, 2 * PER_SECOND);
          cluster.node(i).start();
          cluster.awaitAgreement();
        }
        scenario.healed();
        scenario.judge(load.end());
      }
    }
  }

  /** The one that is left answers at once that it cannot: that must not become a hot loop. */
  @Test
  void twoNodesAreKilledAndTheTaskBacksOff() throws Exception {
    try (Scenario scenario = scenario(RecordKind.FLOWS, "two-killed")) {
      scenario.deploy(config(scenario, 3));
      try (Load load = scenario.load(PER_SECOND).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", PER_SECOND);
        scenario.during(
            Outage.of(this::killTwo, cluster::heal),
            () -> {
              scenario.awaitOutage(Duration.ofSeconds(6));
              long frozen = scenario.committed();
              long failed = scenario.total(Metric.ATTEMPTS_FAILED_TOTAL);
              long since = scenario.largest(Metric.STORE_UNAVAILABLE_MS);
              scenario.awaitOutage(Duration.ofMillis(since).plusSeconds(15));
              long lasted = scenario.largest(Metric.STORE_UNAVAILABLE_MS) - since;
              // A wait is at least half as long as the longest one by now, and each task ends it
              // with one attempt.
              assertThat(scenario.total(Metric.ATTEMPTS_FAILED_TOTAL) - failed)
                  .isBetween(1L, 2 * (lasted / (MAX_BACKOFF_MS / 2) + 2));
              assertThat(scenario.committed()).isEqualTo(frozen).isLessThan(scenario.produced());
              assertThat(scenario.states()).containsOnly("RUNNING");
            });
        scenario.judge(load.end());
      }
    }
  }

  private void killTwo() {
    cluster.node(1).kill();
    cluster.node(2).kill();
    Await.until(
        "the last node to know that it is alone", BOUND, () -> cluster.node(0).liveNodes() == 1);
  }

  /** Without replicas, a third of the series has nowhere to go; the others do not wait for it. */
  @Test
  void aThirdOfTheStoreFailsAndTheRestIsWrittenOnce() throws Exception {
    try (Scenario scenario = scenario(RecordKind.FLOWS, "third");
        Load load = scenario.load(PER_SECOND).begin(servers.kafka())) {
      Map<String, String> config = config(scenario, 1);
      config.put("buffer.max.rows", "10000");
      scenario.deploy(config);
      scenario.awaitCommitted("the first commits", PER_SECOND);
      scenario.struck();
      cluster.node(1).kill();
      // In the end what is held is only what has nowhere to go, and all the rest is written.
      awaitStandstill(scenario);
      long frozen = scenario.committed();
      long written = scenario.total(Metric.ROWS_WRITTEN_TOTAL);
      assertThat(written).isGreaterThan(frozen);
      long since = scenario.least(Metric.STORE_UNAVAILABLE_MS);
      scenario.awaitOutage(Duration.ofMillis(since).plusSeconds(10));
      assertThat(scenario.total(Metric.ROWS_WRITTEN_TOTAL))
          .isEqualTo(written)
          .isLessThan(scenario.total(Metric.RECORDS_RECEIVED_TOTAL));
      assertThat(scenario.committed()).isEqualTo(frozen);
      assertThat(scenario.paused()).isTrue();
      // One poll may lie above the mark, since the consumer is asked to stop only after it.
      assertThat(scenario.largest(Metric.ROWS_BUFFERED)).isLessThan(10_000 + 1_000);
      assertThat(scenario.states()).containsOnly("RUNNING");
      cluster.heal();
      scenario.healed();
      scenario.judge(load.end());
    }
  }

  /** Returns once nothing has been written for some seconds by tasks that hold all they may. */
  private static void awaitStandstill(Scenario scenario) {
    AtomicLong written = new AtomicLong(-1);
    AtomicLong since = new AtomicLong();
    Await.until(
        "a standstill",
        BOUND,
        () -> {
          long now = scenario.total(Metric.ROWS_WRITTEN_TOTAL);
          if (written.getAndSet(now) != now) {
            since.set(System.nanoTime());
          }
          return scenario.least(Metric.ROWS_BUFFERED) >= 7_500
              && System.nanoTime() - since.get() > STANDSTILL.toNanos();
        });
  }

  /** The frozen node wakes up without the keyspace that it is written to by then. */
  @Test
  void theSchemaIsCreatedWhileOneNodeIsFrozen() throws Exception {
    try (Scenario scenario = scenario(RecordKind.POINTS, "schema")) {
      scenario.struck();
      cluster.node(2).suspend();
      scenario.deploy(config(scenario, 3));
      try (Load load = scenario.load(PER_SECOND).begin(servers.kafka())) {
        awaitMore(scenario, 2 * PER_SECOND);
        cluster.node(2).resume();
        scenario.healed();
        scenario.judge(load.end());
      }
    }
  }

  @Test
  void theOnlyContactPointDiesAfterTheStart() throws Exception {
    try (Scenario scenario = scenario(RecordKind.FLOWS, "contact")) {
      Map<String, String> config = config(scenario, 3);
      config.put("cassandra.contact.points", cluster.node(0).contactPoint());
      scenario.deploy(config);
      try (Load load = scenario.load(PER_SECOND).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", PER_SECOND);
        scenario.struck();
        cluster.node(0).kill();
        awaitMore(scenario, 5 * PER_SECOND);
        scenario.healed();
        scenario.judge(load.end());
      }
    }
  }

  @Test
  void theFirstContactPointIsDeadAtTheStart() throws Exception {
    try (Scenario scenario = scenario(RecordKind.FLOWS, "first-dead");
        Load load = scenario.load(PER_SECOND).begin(servers.kafka())) {
      scenario.struck();
      cluster.node(0).kill();
      scenario.deploy(config(scenario, 3));
      awaitMore(scenario, PER_SECOND);
      scenario.healed();
      scenario.judge(load.end());
    }
  }

  private Scenario scenario(RecordKind records, String name) throws IOException {
    CassandraDestination destination = new CassandraDestination(cluster, records);
    return new Scenario(servers, worker, destination, "fault-cluster-" + name);
  }

  private static Map<String, String> config(Scenario scenario, int replicas) {
    Map<String, String> config = scenario.config();
    config.put(
        "cassandra.replication",
        "{'class': 'NetworkTopologyStrategy', 'datacenter1': " + replicas + "}");
    config.put("retry.backoff.max.ms", Integer.toString(MAX_BACKOFF_MS));
    return config;
  }

  /** Returns once so many more records are committed. */
  private static void awaitMore(Scenario scenario, int records) {
    long before = scenario.committed();
    scenario.awaitCommitted(records + " more after " + before, before + records);
  }
}
