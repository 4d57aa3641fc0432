package io.datapoints.connect.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datapoints.connect.kit.Mongo;
import io.datapoints.connect.kit.Restartable;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * A MongoDB behind a network that fails, since the emulator would lose its data if it were killed;
 * and one that is frozen. What is for the suite only here, each build sees with Cassandra.
 */
class MongoFaultIT extends StoreFaultTest {

  private final Mongo mongo;
  private final String database;
  @AutoClose private final TcpProxy proxy;

  MongoFaultIT(Servers servers) {
    super(servers, "fault-mongodb");
    this.mongo = servers.ownMongo();
    this.database = servers.mongoDatabase("faults");
    this.proxy = new TcpProxy(mongo.address(), servers.ports());
  }

  @Override
  Destination destination() {
    return behindNetwork(RecordKind.FLOWS);
  }

  @Override
  Destination behindNetwork() {
    return behindNetwork(RecordKind.POINTS);
  }

  private Destination behindNetwork(RecordKind kind) {
    return new MongoDestination(mongo.uriThrough(proxy), mongo.uri(), database, kind);
  }

  @Override
  TcpProxy proxy() {
    return proxy;
  }

  @Override
  Restartable server() {
    assumeTrue(mongo.emulated(), "somebody else's MongoDB is not frozen");
    return mongo;
  }

  @Override
  Outage outage() {
    return Outage.of(() -> proxy.mode(TcpProxy.Mode.REFUSE), () -> proxy.mode(TcpProxy.Mode.PASS));
  }

  @Override
  Duration longOutage() {
    return Duration.ofSeconds(15);
  }

  @Override
  int longOutageRecords() {
    return 100_000;
  }

  @SuiteOnly
  @Test
  @Override
  void theStoreIsGoneUnderLoadAndComesBack() throws Exception {
    super.theStoreIsGoneUnderLoadAndComesBack();
  }

  @SuiteOnly
  @Test
  @Override
  void theWorkerIsKilledInMidFlushAndComesBack() throws Exception {
    super.theWorkerIsKilledInMidFlushAndComesBack();
  }
}
