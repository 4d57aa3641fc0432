package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Mongo;
import io.datapoints.connect.kit.Restartable;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.kit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Both stores under steady input while something fails every few seconds. The system properties
 * {@code soak.minutes}, {@code soak.rate} (records a second into each store) and {@code soak.seed}
 * say how long, how much and which faults.
 */
@Tag("soak")
@ExtendWith(ServersExtension.class)
class SoakIT {

  /** Each key is written many times, so the last value must win through all of it. */
  private static final int KEYS = 20_000;

  private static final int LINES_A_MINUTE = 400;

  private final long minutes = Long.getLong("soak.minutes", 10);
  private final int rate = Integer.getInteger("soak.rate", 4_000);
  private final long seed = Long.getLong("soak.seed", System.nanoTime());

  @Test
  void bothStoresOutliveAFaultEveryFewSeconds(Servers servers) throws Exception {
    System.out.println("soak.seed=" + seed + " soak.minutes=" + minutes + " soak.rate=" + rate);
    Cassandra cassandra = servers.cassandra();
    Mongo mongo = servers.ownMongo();
    String database = servers.mongoDatabase("soak");
    try (TcpProxy toCassandra = new TcpProxy(cassandra.address(), servers.ports());
        TcpProxy toMongo = new TcpProxy(mongo.address(), servers.ports());
        ConnectWorker pointWorker = Scenario.worker(servers, "soak-points", "512m");
        ConnectWorker flowWorker = Scenario.worker(servers, "soak-flows", "512m");
        Scenario points =
            new Scenario(
                servers,
                pointWorker,
                new CassandraDestination(cassandra, toCassandra.contactPoint(), RecordKind.POINTS),
                "soak-points");
        Scenario flows =
            new Scenario(
                servers,
                flowWorker,
                new MongoDestination(
                    mongo.uriThrough(toMongo), mongo.uri(), database, RecordKind.FLOWS),
                "soak-flows")) {
      List<Scenario> both = List.of(points, flows);
      for (Scenario scenario : both) {
        scenario.about(minutes + " minutes, seed " + seed);
        scenario.mayLog(LINES_A_MINUTE * minutes);
        scenario.deploy();
      }
      List<Soak.Named> faults = new ArrayList<>();
      faults.addAll(network("Cassandra", toCassandra));
      faults.addAll(network("MongoDB", toMongo));
      faults.add(frozen("Cassandra", cassandra));
      faults.add(frozen("MongoDB", mongo));
      faults.add(frozen("worker of points", pointWorker));
      faults.add(frozen("worker of flows", flowWorker));
      faults.add(killed("Cassandra", cassandra));
      faults.add(killed("worker of points", pointWorker));
      faults.add(killed("worker of flows", flowWorker));
      try (Load pointLoad = load(points).begin(servers.kafka());
          Load flowLoad = load(flows).begin(servers.kafka())) {
        for (Scenario scenario : both) {
          scenario.awaitCommitted("the first commits", rate);
          scenario.struck();
        }
        assertThat(new Soak(faults, new SplittableRandom(seed)).run(Duration.ofMinutes(minutes)))
            .isGreaterThanOrEqualTo(Math.toIntExact(minutes));
        for (Scenario scenario : both) {
          scenario.healed();
          scenario.awaitRecovery();
        }
        points.judge(pointLoad.end());
        flows.judge(flowLoad.end());
      }
    }
  }

  /** As much as the longest run needs, unless it is ended. */
  private Workload load(Scenario scenario) {
    int records = Math.toIntExact(rate * 60L * (2 * minutes + 5));
    return scenario.workload(records).perSecond(rate).withBadEvery(5_000).cycling(KEYS);
  }

  private static List<Soak.Named> network(String store, TcpProxy proxy) {
    List<Soak.Named> faults = new ArrayList<>();
    for (TcpProxy.Mode mode : TcpProxy.Mode.values()) {
      if (mode != TcpProxy.Mode.PASS) {
        String name = mode.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        faults.add(
            new Soak.Named(
                "network of " + store + ": " + name,
                Outage.of(() -> proxy.mode(mode), () -> proxy.mode(TcpProxy.Mode.PASS))));
      }
    }
    return faults;
  }

  private static Soak.Named frozen(String name, Restartable server) {
    return new Soak.Named(name + " frozen", Outage.of(server::suspend, server::resume));
  }

  private static Soak.Named killed(String name, Restartable server) {
    return new Soak.Named(name + " killed", Outage.of(server::kill, server::restart));
  }
}
