package io.datapoints.connect.fault;

import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.KafkaBroker;
import io.datapoints.connect.kit.Servers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that dies and comes back. */
@FaultSuite
@SuiteOnly
class BrokerFaultIT {

  private final Servers servers;

  BrokerFaultIT(Servers servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @EnumSource
  void theBrokerIsKilledUnderLoadAndComesBack(SharedStore store) throws Exception {
    String name = store.scenario("broker");
    try (KafkaBroker broker = servers.ownKafka();
        ConnectWorker worker = servers.worker(broker, Scenario.settings(name, "512m"));
        Scenario scenario = new Scenario(broker, worker, store.destination(servers), name)) {
      scenario.mayLog(2_000);
      scenario.deploy();
      try (Load load = scenario.load(2_000).begin(broker)) {
        for (int committed : new int[] {10_000, 30_000}) {
          scenario.awaitCommitted(committed + " records", committed);
          scenario.struck();
          broker.kill();
          broker.restart();
          // The worker may have left its group and have given up its work until now.
          worker.rest().awaitRunning(name);
          scenario.healed();
        }
        scenario.judge(load.end());
      }
    }
  }
}
