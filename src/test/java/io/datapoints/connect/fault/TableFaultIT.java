package io.datapoints.connect.fault;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.metrics.Metric;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RejectReasons while each record goes to two tables: it is in both, or a dead letter. */
@FaultSuite
@SuiteOnly
class TableFaultIT {

  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Servers servers;
  private final Cassandra cassandra;

  TableFaultIT(Servers servers) {
    this.servers = servers;
    this.cassandra = servers.cassandra();
  }

  @Test
  void theStoreIsGoneWhileRecordsGoToTwoTables() throws Exception {
    outlive(
        "tables-gone", cassandra.contactPoint(), Outage.of(cassandra::kill, cassandra::restart));
  }

  @Test
  void answersAreLostWhileRecordsGoToTwoTables() throws Exception {
    try (TcpProxy proxy = new TcpProxy(cassandra.address(), servers.ports())) {
      outlive(
          "tables-answers",
          proxy.contactPoint(),
          Outage.of(
              () -> proxy.mode(TcpProxy.Mode.SWALLOW_ANSWERS),
              () -> proxy.mode(TcpProxy.Mode.PASS)));
    }
  }

  private void outlive(String name, String contactPoints, Outage outage) throws Exception {
    try (ConnectWorker worker = Scenario.worker(servers, name, "512m");
        Scenario scenario =
            new Scenario(servers, worker, new TableDestination(cassandra, contactPoints), name)) {
      scenario.outlive(outage);
    }
  }

  @Test
  void theWorkerIsKilledWhileRecordsGoToTwoTables() throws Exception {
    String name = "tables-worker";
    try (ConnectWorker mortal = Scenario.worker(servers, name, "512m");
        Scenario scenario =
            new Scenario(
                servers, mortal, new TableDestination(cassandra, cassandra.contactPoint()), name)) {
      Map<String, String> config = scenario.config();
      config.put("consumer.override.session.timeout.ms", "6000");
      config.put("consumer.override.heartbeat.interval.ms", "1500");
      scenario.deploy(config);
      try (Load load = scenario.load(3_000).begin(servers.kafka())) {
        for (int committed : new int[] {5_000, 20_000}) {
          scenario.awaitCommitted(committed + " records", committed);
          Await.until(
              "batches in flight", BOUND, () -> scenario.largest(Metric.BATCHES_IN_FLIGHT) > 0);
          scenario.struck();
          mortal.kill();
          mortal.restart();
          mortal.rest().awaitRunning(name);
          scenario.healed();
        }
        scenario.judge(load.end());
      }
    }
  }
}
