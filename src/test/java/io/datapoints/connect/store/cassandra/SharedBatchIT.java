package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestStores.open;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static io.datapoints.connect.store.cassandra.TestTables.set;
import static io.datapoints.connect.store.cassandra.TestTables.target;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.cassandra.SharedBatches;
import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.LogSince;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.cassandra.TestTables.Wish;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server says of batches of several partitions, of which each row is one here. */
@ExtendWith(ServersExtension.class)
class SharedBatchIT {

  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final Outcome DURABLE = Outcome.Durable.DURABLE;
  private static final String KEYSPACE = "shared_batch";
  private static final int ROWS = 2_000;

  private static final Pattern WARNING =
      Pattern.compile("Batch for |Unlogged batch covering|exceeding specified|server side warning");

  private static final Pattern SIZE =
      Pattern.compile("Batch for \\[(.+)\\] is of size ([0-9.]+)(KiB|B), exceeding");

  private final Servers servers;

  SharedBatchIT(Servers servers) {
    this.servers = servers;
  }

  /**
   * A table, and the row of each number.
   *
   * @param least how many of them there are in a batch at least, on the average
   */
  private record Shape(
      String name, int least, String columns, List<Assignment> mapping, Cells cells) {

    static Shape of(String name, int least, String columns, Cells cells) {
      List<Assignment> mapping = new ArrayList<>();
      for (String column : columns.split(", (?![^<(]*[>)])", -1)) {
        mapping.add(set(column.split(" ", 2)[0]));
      }
      return new Shape(name, least, columns, mapping, cells);
    }

    void create(CqlSession session) {
      String key = mapping.get(0).column();
      session.execute(
          "CREATE TABLE %s.%s (%s, PRIMARY KEY (%s))".formatted(KEYSPACE, name, columns, key));
    }

    CassandraStore store(Cassandra node) {
      Assignment[] assignments = mapping.toArray(Assignment[]::new);
      return TestTables.named(
          node,
          Map.of("t", List.of(target(KEYSPACE, name, Wish.PLAIN, assignments))),
          Clock.systemUTC());
    }

    Sample sample(int number) {
      return TestTables.cells(number, cells.of(number));
    }
  }

  /** The values of a row. */
  private interface Cells {
    @Nullable Object[] of(int number);
  }

  private static List<Shape> shapes() {
    return List.of(
        Shape.of(
            "seven",
            5,
            "a text, b text, c int, d int, e bigint, f double, g boolean",
            n -> new Object[] {"device-" + n, "text", n, n, (long) n, n + 0.5, true}),
        Shape.of(
            "sixty",
            2,
            IntStream.range(0, 60)
                .mapToObj(i -> "c" + i + " int")
                .collect(Collectors.joining(", ")),
            n -> IntStream.range(0, 60).mapToObj(i -> n + i).toArray()),
        Shape.of(
            "few_of_sixty",
            5,
            IntStream.range(0, 60)
                .mapToObj(i -> "c" + i + " int")
                .collect(Collectors.joining(", ")),
            n -> IntStream.range(0, 60).mapToObj(i -> i < 3 ? n + i : null).toArray()),
        Shape.of(
            "map_of_cells",
            1,
            "a int, m map<int, boolean>",
            n ->
                new Object[] {
                  n, IntStream.range(0, 50).boxed().collect(Collectors.toMap(i -> i, i -> true))
                }),
        Shape.of(
            "set_of_cells",
            2,
            "a int, s set<tinyint>",
            n -> new Object[] {n, IntStream.range(0, 50).boxed().toList()}),
        Shape.of(
            "frozen_map",
            4,
            "a int, m frozen<map<int, boolean>>",
            n ->
                new Object[] {
                  n, IntStream.range(0, 50).boxed().collect(Collectors.toMap(i -> i, i -> true))
                }),
        Shape.of(
            "type_of_cells", 5, "a int, u parts", n -> new Object[] {n, List.of(1, 2, 3, 4, 5, 6)}),
        Shape.of("one_cell", 5, "a int, b tinyint", n -> new Object[] {n, 1}),
        Shape.of(
            "wide",
            2,
            "a int, b text, c text, d text",
            n -> new Object[] {n, "b".repeat(300), "c".repeat(300), "d".repeat(n % 300)}));
  }

  private static Sample flow(int number) {
    Conversation pair =
        new Conversation("10.0." + number / 250 + "." + number % 250, "10.1.0.1", "tcp");
    return TestFlows.flow(pair, number, 1, 443, number, TestFlows.origin(number, RECORD_TIME))
        .sample();
  }

  /** Ten series a metric. */
  private static Sample datapoint(int number, int time) {
    return point(series("m" + number % (ROWS / 10), "h", "" + number), RECORD_TIME + time, number);
  }

  /** Besides the sizes that a server warns of, this is what {@link SharedBatches} relies on. */
  @Test
  void aServerCountsNoMoreThanWhatARowSays() throws IOException {
    try (CassandraNode node = refusing();
        CqlSession session = keyspace(node)) {
      for (Shape shape : shapes()) {
        shape.create(session);
        try (CassandraStore store = shape.store(node)) {
          compare(node, KEYSPACE + "." + shape.name(), store, shape::sample);
        }
      }
      for (String ttl : List.of("0", "86400")) {
        String keyspace = KEYSPACE + "_flows_" + ttl;
        Map<String, String> settings = Map.of("flows.ttl.seconds", ttl);
        try (CassandraStore store = TestStores.ofLayout(node, keyspace, "flows", settings)) {
          compare(node, keyspace + ".metrics", store, SharedBatchIT::flow);
        }
      }
      try (CassandraStore store =
          TestStores.ofLayout(node, KEYSPACE + "_points", "kairosdb", Map.of())) {
        for (int ttl : new int[] {0, 86_400}) {
          compare(
              node,
              KEYSPACE + "_points.data_points",
              store,
              n -> point(series("m", "h", "" + n), RECORD_TIME, new Value.LongValue(n), ttl, n));
        }
      }
    }
  }

  /** Writes one batch of some partitions, and reads what the server says of it. */
  private static void compare(
      CassandraNode node, String table, CassandraStore store, IntFunction<Sample> content)
      throws IOException {
    assertThat(open(store)).isEqualTo(DURABLE);
    LogSince log = LogSince.now(node.process().log());
    List<Row> rows =
        IntStream.range(0, 5).mapToObj(n -> TestStores.row(store, content.apply(n))).toList();
    TestStores.await(store.write(rows));
    double counted =
        Await.value(
            "the size of a batch for " + table,
            BOUND,
            () -> sizes(log, table).stream().findFirst());
    assertThat((double) rows.stream().mapToLong(Row::bytes).sum())
        .as(table)
        .isBetween(counted, 2.5 * counted);
  }

  private static List<Double> sizes(LogSince log, String table) throws IOException {
    return log.lines().stream()
        .map(SIZE::matcher)
        .filter(Matcher::find)
        .filter(line -> line.group(1).equals(table))
        .map(line -> Double.parseDouble(line.group(2)) * (line.group(3).equals("B") ? 1 : 1024))
        .toList();
  }

  @Test
  void aServerWithItsDefaultsHasNothingToWarnOf() throws IOException {
    assumeTrue(servers.cassandra() instanceof CassandraNode, "needs the log of the server");
    CassandraNode node = (CassandraNode) servers.cassandra();
    try (Heard heard = new Heard(node);
        CqlSession session = keyspace(node)) {
      try (EngineRun run =
          new EngineRun(TestStores.ofLayout(node, KEYSPACE + "_p", "kairosdb", Map.of()))) {
        run.write(ROWS, n -> datapoint(n, 0));
        run.write(ROWS, n -> datapoint(n, 1));
        assertThat(run.partitionsABatch()).isGreaterThan(5);
      }
      try (EngineRun run =
          new EngineRun(TestStores.ofLayout(node, KEYSPACE + "_f", "flows", Map.of()))) {
        run.write(ROWS, SharedBatchIT::flow);
        assertThat(run.partitionsABatch()).isGreaterThan(5);
      }
      for (Shape shape : shapes()) {
        shape.create(session);
        try (EngineRun run = new EngineRun(shape.store(node))) {
          run.write(ROWS / 4, shape::sample);
          assertThat(run.partitionsABatch()).as(shape.name()).isGreaterThan(shape.least());
        }
      }
      assertThat(heard.warnings()).isEmpty();
    }
  }

  @Test
  void aServerThatRefusesABatchGetsSmallerOnes() throws IOException {
    try (CassandraNode node = refusing();
        CqlSession session = keyspace(node)) {
      Shape seven = shapes().get(0);
      seven.create(session);
      outlive(node, seven.store(node), seven::sample, seven::sample);
      String text = "x".repeat(100);
      outlive(
          node,
          TestStores.ofLayout(node, KEYSPACE + "_points", "kairosdb", Map.of()),
          n -> point(series("m" + n, "h", "a"), RECORD_TIME, new Value.StringValue(text), 0, n),
          n -> point(series("m" + n, "h", "b"), RECORD_TIME, new Value.StringValue(text), 0, n));
    }
  }

  /** Writes through refusals, of which the first is the last that teaches something. */
  private static void outlive(
      CassandraNode node, CassandraStore store, IntFunction<Sample> first, IntFunction<Sample> then)
      throws IOException {
    try (Heard heard = new Heard(node);
        EngineRun run = new EngineRun(store)) {
      run.write(ROWS / 2, first);
      assertThat(heard.refusals()).isNotEmpty();
      run.write(ROWS / 2, then);
      int refusals = heard.refusals().size();
      run.write(ROWS / 2, first);
      assertThat(heard.refusals()).hasSize(refusals);
      assertThat(heard.own()).filteredOn(line -> line.contains("SharedBatchLimits")).hasSize(1);
      assertThat(run.partitionsABatch()).isGreaterThan(1.5);
      assertThat(run.value(Metric.ROWS_WRITTEN_TOTAL)).isEqualTo(3 * (ROWS / 2));
    }
  }

  @Test
  void whoHasRaisedTheServersLimitsRaisesOurs() throws IOException {
    try (CassandraNode node =
            servers.ownCassandra(
                CassandraNode.Profile.TEST,
                Map.of(
                    "unlogged_batch_across_partitions_warn_threshold", "100",
                    "batch_size_warn_threshold", "100KiB",
                    "batch_size_fail_threshold", "200KiB"));
        Heard heard = new Heard(node)) {
      assertThat(flows(node, 50, 100_000)).isBetween(25.0, 50.0);
      assertThat(flows(node, 50, 1_500)).isBetween(5.0, 12.0);
      assertThat(flows(node, 1, 100_000)).isEqualTo(1);
      assertThat(heard.warnings()).isEmpty();
    }
  }

  /** How many partitions a batch has with these settings. */
  private static double flows(CassandraNode node, int partitions, int bytes) {
    Map<String, String> settings =
        Map.of(
            SharedBatches.MAX_PARTITIONS,
            Integer.toString(partitions),
            SharedBatches.MAX_BYTES,
            Integer.toString(bytes));
    try (EngineRun run = new EngineRun(TestStores.ofLayout(node, KEYSPACE, "flows", settings))) {
      run.write(ROWS, SharedBatchIT::flow);
      return run.partitionsABatch();
    }
  }

  /** It refuses batches above 1 KiB, and says of each other one how large it is. */
  private CassandraNode refusing() {
    return servers.ownCassandra(
        CassandraNode.Profile.TEST,
        Map.of("batch_size_warn_threshold", "0KiB", "batch_size_fail_threshold", "1KiB"));
  }

  private static CqlSession keyspace(Cassandra node) {
    CqlSession session = node.session();
    session.execute(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(KEYSPACE));
    session.execute(
        "CREATE TYPE %s.parts (a int, b int, c int, d int, e int, f int)".formatted(KEYSPACE));
    return session;
  }

  /** What a server and the tasks in this virtual machine have logged meanwhile. */
  private static final class Heard implements AutoCloseable {

    private final LogSince log;
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream ours = new ByteArrayOutputStream();

    Heard(CassandraNode node) throws IOException {
      this.log = LogSince.now(node.process().log());
      System.setErr(new PrintStream(ours, true, UTF_8));
    }

    /** Lines of this virtual machine's log, the driver's among them. */
    List<String> own() {
      return ours.toString(UTF_8).lines().toList();
    }

    /** What either says of batches, be it only to the driver. */
    List<String> warnings() throws IOException {
      return Stream.concat(log.lines().stream(), own().stream())
          .filter(line -> WARNING.matcher(line).find())
          .toList();
    }

    /** The batches that the server refused. */
    List<String> refusals() throws IOException {
      return log.lines().stream()
          .filter(line -> line.contains("ERROR") && SIZE.matcher(line).find())
          .toList();
    }

    @Override
    public void close() {
      System.setErr(before);
    }
  }
}
