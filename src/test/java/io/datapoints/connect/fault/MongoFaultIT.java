package io.datapoints.connect.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datapoints.connect.kit.Mongo;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A MongoDB behind a network that fails, since the emulator would lose its data if it were killed;
 * and one that is frozen.
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
    return destination(RecordKind.FLOWS);
  }

  private Destination destination(RecordKind kind) {
    return new MongoDestination(mongo.uriThrough(proxy), mongo.uri(), database, kind);
  }

  @Override
  Outage outage() {
    return network(TcpProxy.Mode.REFUSE);
  }

  private Outage network(TcpProxy.Mode fault) {
    return Outage.of(() -> proxy.mode(fault), () -> proxy.mode(TcpProxy.Mode.PASS));
  }

  @ParameterizedTest
  @EnumSource(
      value = TcpProxy.Mode.class,
      names = {"BLACK_HOLE", "RESET"})
  void theNetworkSwallowsOrResetsAndRecovers(TcpProxy.Mode mode) throws Exception {
    try (Scenario scenario =
        scenario(destination(RecordKind.POINTS), mode.name().toLowerCase(Locale.ROOT))) {
      outlive(scenario, network(mode));
    }
  }

  @Test
  void theServerIsFrozenUnderLoadAndThaws() throws Exception {
    assumeTrue(mongo.emulated(), "somebody else's MongoDB is not frozen");
    try (Scenario scenario = scenario(destination(RecordKind.POINTS), "frozen")) {
      outlive(scenario, Outage.of(mongo::suspend, mongo::resume));
    }
  }

  @Override
  Duration longOutage() {
    return Duration.ofSeconds(15);
  }

  @Override
  int longOutageRecords() {
    return 100_000;
  }
}
