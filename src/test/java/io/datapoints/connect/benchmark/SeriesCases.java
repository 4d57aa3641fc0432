package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.LogSince;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Few and many series, one row a record, into each of Cassandra's layouts, and beside them plain
 * loops over the driver with batches of one or of several partitions.
 */
final class SeriesCases {

  /** A host of a metric is one of another as well. */
  static final int METRICS = 100;

  private static final int FEW = 1_000;
  private static final int MANY = 100_000;

  /** More than a task caches anything of, so that what a miss takes is compiled too. */
  private static final int MANY_OF_WARM_UP = 50_000;

  private static final RawDriver.Shape ALONE = RawDriver.Shape.acrossPartitions(1);
  private static final RawDriver.Shape TEN = RawDriver.Shape.acrossPartitions(10);

  /** The server warns of it, hence the last of all. */
  private static final RawDriver.Shape THIRTY = RawDriver.Shape.acrossPartitions(30);

  private static final List<SeriesCase> ALL =
      List.of(
          new SeriesCase(Layout.POINTS, FEW, List.of(RawDriver.Shape.ONE_PARTITION)),
          new SeriesCase(Layout.MIXED, MANY, List.of(TEN)),
          new SeriesCase(Layout.POINTS, 10 * MANY, List.of(TEN)),
          new SeriesCase(Layout.FLOWS, FEW, List.of(RawDriver.Shape.ONE_PARTITION)),
          new SeriesCase(Layout.FLOWS, MANY, List.of(TEN)),
          new SeriesCase(Layout.TABLE, FEW, List.of(RawDriver.Shape.ONE_PARTITION)),
          new SeriesCase(Layout.TABLE, MANY, List.of(TEN)),
          new SeriesCase(Layout.POINTS, MANY, List.of(ALONE, TEN, THIRTY)));

  private final BenchmarkSettings settings;
  private final Cases cases;
  private final SinkRun sink;
  private final CassandraNode cassandra;
  private final CqlSession session;
  private final Report report;
  private final RawDriver driver;
  private final Set<String> warmTables = new HashSet<>();

  SeriesCases(
      BenchmarkSettings settings,
      Cases cases,
      SinkRun sink,
      CassandraNode cassandra,
      CqlSession session,
      Report report) {
    this.settings = settings;
    this.cases = cases;
    this.sink = sink;
    this.cassandra = cassandra;
    this.session = session;
    this.report = report;
    this.driver = new RawDriver(session, cassandra);
  }

  /** What differs between the layouts. */
  private enum Layout {
    POINTS("data_points", "key"),
    MIXED("data_points", "key"),
    FLOWS("metrics", "source_ip, dest_ip, protocol"),
    TABLE("latest", "source_ip, dest_ip, protocol");

    final String table;
    final String partitionKey;

    Layout(String table, String partitionKey) {
      this.table = table;
      this.partitionKey = partitionKey;
    }

    boolean isIndexed() {
      return this == POINTS || this == MIXED;
    }

    TopicContent content(String name, int keys, int rows) {
      return switch (this) {
        case POINTS -> points(name, keys, rows / keys);
        case MIXED -> new SkewedPoints(points(name, keys, rows / keys));
        case FLOWS, TABLE -> new FlowContent(name, keys, rows / keys);
      };
    }

    private static Workload points(String name, int keys, int pointsPerSeries) {
      return new Workload(name, METRICS, keys, pointsPerSeries, 1);
    }

    RawRows raw(TopicContent content, String keyspace) {
      if (content instanceof FlowContent flows) {
        return flows.raw(keyspace + "." + table);
      }
      return (content instanceof SkewedPoints skewed ? skewed.workload() : (Workload) content)
          .raw(keyspace);
    }

    Map<String, String> config(String topic, String keyspace) {
      return switch (this) {
        case POINTS, MIXED -> Map.of();
        case FLOWS -> Map.of("layout", "flows");
        case TABLE -> {
          Map<String, String> config =
              new HashMap<>(TableCases.mapping(topic, keyspace + "." + table, "DESC"));
          config.put("layout", "table");
          yield config;
        }
      };
    }
  }

  private record SeriesCase(Layout layout, int keys, List<RawDriver.Shape> loops) {

    /** As {@code benchmark.series.cases} names it. */
    String name() {
      return layout.name().toLowerCase(Locale.ROOT) + "-" + keys;
    }

    int rows(BenchmarkSettings settings) {
      int rows = keys == FEW ? 3 * settings.seriesRows() : settings.seriesRows();
      return Math.max(rows, 2 * keys);
    }
  }

  /** The names of all cases, separated by commas. */
  static String names() {
    return ALL.stream().map(SeriesCase::name).collect(Collectors.joining(","));
  }

  void run() throws IOException, InterruptedException {
    for (SeriesCase each : ALL) {
      if (settings.seriesCases().contains(each.name())) {
        measure(each);
      }
    }
  }

  private void measure(SeriesCase each) throws IOException, InterruptedException {
    Layout layout = each.layout();
    String keyspace = "series_" + layout.name().toLowerCase(Locale.ROOT) + "_" + each.keys();
    if (warmTables.add(layout.table)) {
      warmUp(layout, keyspace + "_warmup");
    }
    TopicContent content = layout.content(each.name(), each.keys(), each.rows(settings));
    Map<TopicPartition, Long> ends = cases.fill(content);
    LogSince log = LogSince.now(cassandra.process().log());
    Cases.progress("measuring: " + each.name());
    SinkRun.Outcome run =
        sink.over(each.name(), config(layout, content, keyspace), each.name(), ends);
    report(each, content, ends, run, warnings(log));
    check(each, content, keyspace);
    for (RawDriver.Shape shape : each.loops()) {
      session.execute("TRUNCATE " + keyspace + "." + layout.table);
      String label = "  driver loop, " + shape;
      Cases.progress("measuring:" + label);
      report.add(driver.write(label, content, layout.raw(content, keyspace), shape));
    }
    checkPoints(each, content, keyspace);
    session.execute("DROP KEYSPACE " + keyspace);
  }

  private void warmUp(Layout layout, String prefix) throws IOException, InterruptedException {
    for (int keys : new int[] {FEW, MANY_OF_WARM_UP}) {
      String keyspace = prefix + "_" + keys;
      TopicContent content = layout.content(keyspace, keys, settings.warmUpRows());
      cases.warmUp(config(layout, content, keyspace), content);
      if (keys == MANY_OF_WARM_UP) {
        driver.warmUp(settings, content, layout.raw(content, keyspace), TEN);
      }
      session.execute("DROP KEYSPACE " + keyspace);
    }
  }

  private Map<String, String> config(Layout layout, TopicContent content, String keyspace) {
    Map<String, String> config = new HashMap<>(settings.cassandra(cassandra, keyspace));
    config.putAll(layout.config(content.name(), keyspace));
    return config;
  }

  private static List<String> warnings(LogSince log) throws IOException {
    return log.lines().stream().filter(line -> line.contains(" WARN ")).toList();
  }

  private void report(
      SeriesCase each,
      TopicContent content,
      Map<TopicPartition, Long> ends,
      SinkRun.Outcome run,
      List<String> warnings) {
    double rows = content.rows();
    double once = each.keys() == FEW ? rows / 5 : each.keys();
    if (each.layout() == Layout.POINTS) {
      report(Stretch.between(each.name() + ", cold", run.samples(), ends, 0, once));
    }
    // The tasks do not read all partitions alike: some series may be new for long.
    double all = Stretch.rowsOnceCommitted(run.samples(), ends, once / ends.size());
    report(Stretch.between(each.name() + ", steady", run.samples(), ends, all, rows * 9 / 10));
    report.note(
        String.format(
            Locale.ROOT,
            "%s: %d MiB of the worker's heap in use once all was committed; %d warnings of the"
                + " server",
            each.name(),
            run.heap() >> 20,
            warnings.size()));
    warnings.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).contains("batch"))
        .forEach(line -> report.addFaults(List.of(each.name() + ": the server warned: " + line)));
  }

  private void report(Optional<Measurement> measured) {
    measured.ifPresentOrElse(
        report::add,
        () ->
            report.addFaults(
                List.of("a case went by too quickly to measure: raise benchmark.series.rows")));
  }

  private void check(SeriesCase each, TopicContent content, String keyspace) {
    checkPoints(each, content, keyspace);
    if (each.layout().isIndexed()) {
      long series =
          content instanceof SkewedPoints skewed ? skewed.seriesWithPoints() : content.keys();
      check(each.name(), keyspace + ".row_keys", "metric, table_name, row_time", series);
    }
  }

  private void checkPoints(SeriesCase each, TopicContent content, String keyspace) {
    Layout layout = each.layout();
    check(each.name(), keyspace + "." + layout.table, layout.partitionKey, content.rows());
  }

  /**
   * No row of a case replaces another one of it, so that their number tells whether all are there.
   */
  private void check(String name, String table, String partitionKey, long expected) {
    Cases.progress("counting");
    long rows = RowCount.of(session, table, partitionKey);
    if (rows != expected) {
      report.addFaults(
          List.of(name + ": " + rows + " rows instead of " + expected + " in " + table));
    }
  }
}
