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
    this(servers, servers.ownMongo(), servers.mongoDatabase("faults"));
  }

  private MongoFaultIT(Servers servers, Mongo mongo, String database) {
    this(servers, mongo, database, new TcpProxy(mongo.address(), servers.ports()));
  }

  private MongoFaultIT(Servers servers, Mongo mongo, String database, TcpProxy proxy) {
    super(
        servers,
        "fault-mongodb",
        new MongoDestination(mongo.uriThrough(proxy), mongo.uri(), database, RecordKind.FLOWS),
        worsening(proxy, TcpProxy.Mode.REFUSE));
    this.mongo = mongo;
    this.database = database;
    this.proxy = proxy;
  }

  private static Outage worsening(TcpProxy proxy, TcpProxy.Mode mode) {
    return new Outage() {
      @Override
      public void begin() {
        proxy.mode(mode);
      }

      @Override
      public void end() {
        proxy.mode(TcpProxy.Mode.PASS);
      }
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = TcpProxy.Mode.class,
      names = {"BLACK_HOLE", "RESET"})
  void theNetworkSwallowsOrResetsAndRecovers(TcpProxy.Mode mode) throws Exception {
    try (Scenario scenario = scenario(points(), mode.name().toLowerCase(Locale.ROOT))) {
      outlive(scenario, worsening(proxy, mode));
    }
  }

  @Test
  void theServerIsFrozenUnderLoadAndThaws() throws Exception {
    assumeTrue(mongo.emulated(), "somebody else's MongoDB is not frozen");
    try (Scenario scenario = scenario(points(), "frozen")) {
      outlive(
          scenario,
          new Outage() {
            @Override
            public void begin() {
              mongo.suspend();
            }

            @Override
            public void end() {
              mongo.resume();
            }
          });
    }
  }

  private Destination points() {
    return new MongoDestination(mongo.uriThrough(proxy), mongo.uri(), database, RecordKind.POINTS);
  }

  @Override
  Duration longOutage() {
    return Duration.ofSeconds(15);
  }

  @Override
  int longOutageRecords() {
    return 150_000;
  }
}
