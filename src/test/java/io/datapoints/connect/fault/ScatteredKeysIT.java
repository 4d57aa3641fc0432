package io.datapoints.connect.fault;

import static io.datapoints.connect.store.cassandra.TestStores.RECORD_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.audit.AuditedConnector;
import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CassandraCluster;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.cassandra.EngineRun;
import io.datapoints.connect.store.cassandra.TestFlows;
import io.datapoints.connect.store.cassandra.TestStores;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three nodes of Cassandra and records that hardly ever are of the same partition as another one
 * that waits, so that partitions share batches. A batch goes to a node that holds all of them, and
 * partitions whose node is away do not hold up the others.
 */
@FaultSuite
class ScatteredKeysIT {

  private static final Duration BOUND = Duration.ofMinutes(2);

  /** Each is a mutation of its own for the three nodes, which sync it before they answer. */
  private static final int PER_SECOND = 2_000;

  /** How long something has to be unwritten for the node to be away. */
  private static final Duration AWAY = Duration.ofSeconds(5);

  private static final int ROUNDS = 4;
  private static final int ROWS_A_ROUND = 15;

  private final Servers servers;
  private final CassandraCluster cluster;
  @AutoClose private final ConnectWorker worker;

  ScatteredKeysIT(Servers servers) {
    this.servers = servers;
    this.cluster = servers.ownCluster();
    // A commit waits for what a node that is away holds, and nothing is read meanwhile: as with the
    // default of a minute, that must not be most of the time.
    this.worker =
        servers.worker(
            Scenario.settings("fault-scattered", "512m")
                .property("offset.flush.interval.ms", "10000"));
  }

  @AfterEach
  void heal() {
    cluster.heal();
  }

  /** What nodes did for a batch of several partitions, as they have traced it. */
  private record Traced(InetAddress coordinator, Map<InetAddress, Integer> partitions) {

    int ofCoordinator() {
      return partitions.getOrDefault(coordinator, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"kairosdb, 1", "kairosdb, 3", "flows, 1", "flows, 3"})
  void aBatchGoesToANodeThatHoldsAllItsPartitions(String layout, int replicas) throws Exception {
    String keyspace = "traced_" + layout + "_" + replicas;
    boolean flows = layout.equals("flows");
    List<String> tables =
        flows ? List.of("metrics") : List.of("data_points", "row_keys", "row_key_time_index");
    Map<String, String> settings = Map.of("cassandra.replication", replication(replicas));
    try (EngineRun run = new EngineRun(TestStores.ofLayout(cluster, keyspace, layout, settings));
        CqlSession session = cluster.session()) {
      session.execute("TRUNCATE system_traces.sessions");
      session.execute("TRUNCATE system_traces.events");
      for (int rows = ROWS_A_ROUND; rows <= ROUNDS * ROWS_A_ROUND; rows += ROWS_A_ROUND) {
        int first = rows - ROWS_A_ROUND;
        IntFunction<Sample> content = flows ? n -> flow(first + n) : n -> point(first + n);
        cluster.trace(1);
        run.write(ROWS_A_ROUND, content);
        cluster.trace(0);
        // A node forgets traces when too many wait to be written.
        for (String table : tables) {
          awaitTraced(session, table, rows);
        }
      }
      for (String table : tables) {
        List<Traced> requests = traced(session, table);
        if (replicas == 1) {
          assertThat(requests)
              .allSatisfy(
                  each -> assertThat(each.partitions()).containsOnlyKeys(each.coordinator()));
        }
        assertThat(requests).hasSizeLessThan(ROUNDS * ROWS_A_ROUND / 2);
      }
    } finally {
      cluster.trace(0);
    }
  }

  /**
   * Returns once the nodes that were asked to write are known to have written all rows themselves.
   */
  private static void awaitTraced(CqlSession session, String table, int rows) {
    Await.until(
        "traces of " + rows + " partitions of " + table + " on their coordinators",
        BOUND,
        () -> traced(session, table).stream().mapToInt(Traced::ofCoordinator).sum() >= rows);
  }

  /** The requests that wrote to this table; each row is another partition of it. */
  private static List<Traced> traced(CqlSession session, String table) {
    Map<UUID, Traced> requests = new HashMap<>();
    session
        .execute("SELECT session_id, coordinator FROM system_traces.sessions")
        .forEach(
            row ->
                requests.put(row.getUuid(0), new Traced(row.getInetAddress(1), new HashMap<>())));
    session
        .execute("SELECT session_id, source, activity FROM system_traces.events")
        .forEach(
            row -> {
              Traced request = requests.get(row.getUuid(0));
              if (request != null
                  && ("Adding to " + table + " memtable").equals(row.getString(2))) {
                request.partitions().merge(row.getInetAddress(1), 1, Integer::sum);
              }
            });
    return requests.values().stream().filter(each -> !each.partitions().isEmpty()).toList();
  }

  private static Sample flow(int number) {
    Conversation pair =
        new Conversation("10.0." + number / 250 + "." + number % 250, "10.1.0.1", "tcp");
    return TestFlows.flow(pair, number, 1, 443, number, TestFlows.origin(number, RECORD_TIME))
        .sample();
  }

  /** Each of a metric of its own. */
  private static Sample point(int number) {
    return TestStores.point(TestStores.series("m" + number, "h", "a"), RECORD_TIME, number);
  }

  @Test
  void neighboursOfAFrozenNodeAreWritten() throws Exception {
    neighbours(RecordKind.SCATTERED_FLOWS, "frozen", frozen());
  }

  @SuiteOnly
  @Test
  void neighboursOfAFrozenNodeAreWrittenWithTheirIndex() throws Exception {
    neighbours(RecordKind.SCATTERED_POINTS, "frozen", frozen());
  }

  @SuiteOnly
  @Test
  void neighboursOfAKilledNodeAreWritten() throws Exception {
    neighbours(RecordKind.SCATTERED_FLOWS, "killed", killed());
  }

  @SuiteOnly
  @Test
  void neighboursOfAKilledNodeAreWrittenWithTheirIndex() throws Exception {
    neighbours(RecordKind.SCATTERED_POINTS, "killed", killed());
  }

  private Outage frozen() {
    CassandraNode node = cluster.node(1);
    return Outage.of(node::suspend, node::resume);
  }

  private Outage killed() {
    CassandraNode node = cluster.node(1);
    return Outage.of(node::kill, cluster::heal);
  }

  /** With one replica, what the node holds waits for it, and nothing else does. */
  private void neighbours(RecordKind records, String name, Outage outage) throws Exception {
    int perSecond = Scenario.share(PER_SECOND);
    try (Scenario scenario = scenario(records, name)) {
      Map<String, String> config = config(scenario, 1);
      // To read what is there takes the auditor seconds where a node is away.
      config.put(AuditedConnector.ASIDE, "true");
      scenario.deploy(config);
      try (Load load = scenario.load(perSecond).begin(servers.kafka())) {
        scenario.awaitCommitted("a record of each series", records.series());
        try (LiveNeighbours neighbours =
            new LiveNeighbours(
                cluster,
                cluster.node(1),
                records,
                CassandraDestination.keyspace(name(records, name)))) {
          // What waits from the start is no fault's.
          neighbours.awaitSampleWritten(scenario);
          String before = longest(scenario, neighbours, 10);
          scenario.during(
              outage,
              () -> {
                String after = longest(scenario, neighbours, 25);
                neighbours.awaitWritten(scenario);
                scenario.awaitUnwritten(AWAY);
                assertThat(scenario.states()).containsOnly("RUNNING");
                scenario.about("after " + after + ", before it after " + before);
              });
        }
        scenario.judge(load.end());
      }
    }
  }

  /** The longest that neighbours waited in so many seconds, fewer where the load has less. */
  private static String longest(Scenario scenario, LiveNeighbours neighbours, int seconds) {
    Duration longest = Duration.ZERO;
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < Scenario.share(seconds) * 1_000_000_000L) {
      Duration waited = neighbours.awaitSampleWritten(scenario);
      longest = waited.compareTo(longest) > 0 ? waited : longest;
    }
    return String.format(Locale.ROOT, "%.1f s", longest.toMillis() / 1_000.0);
  }

  @SuiteOnly
  @Test
  void scatteredKeysAreWrittenWhileANodeIsFrozen() throws Exception {
    goOn(RecordKind.SCATTERED_POINTS, "frozen-3", frozen());
  }

  @SuiteOnly
  @Test
  void scatteredKeysAreWrittenWhileANodeIsKilled() throws Exception {
    goOn(RecordKind.SCATTERED_FLOWS, "killed-3", killed());
  }

  /** With three replicas, records are committed while the cluster is without a node. */
  private void goOn(RecordKind records, String name, Outage outage) throws Exception {
    try (Scenario scenario = scenario(records, name)) {
      scenario.deploy(config(scenario, 3));
      try (Load load = scenario.load(PER_SECOND / 2).begin(servers.kafka())) {
        scenario.awaitCommitted("a record of each series", records.series());
        scenario.during(
            outage,
            () -> {
              long before = scenario.committed();
              scenario.awaitCommitted("many more", before + 3L * records.series());
              assertThat(scenario.states()).containsOnly("RUNNING");
            });
        scenario.judge(load.end());
      }
    }
  }

  private Scenario scenario(RecordKind records, String name) throws IOException {
    CassandraDestination destination = new CassandraDestination(cluster, records);
    return new Scenario(servers, worker, destination, name(records, name));
  }

  private static String name(RecordKind records, String name) {
    return "fault-scattered-" + name + "-" + records.layout();
  }

  private static Map<String, String> config(Scenario scenario, int replicas) {
    Map<String, String> config = scenario.config();
    config.put("cassandra.replication", replication(replicas));
    return config;
  }

  private static String replication(int replicas) {
    return "{'class': 'NetworkTopologyStrategy', 'datacenter1': " + replicas + "}";
  }
}
